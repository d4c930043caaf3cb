// Every page: is it there, whole, quiet, and readable for everybody?

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { LOOKS, ROOMS, go, items, openBrowser, openPage, serve } from './room.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;
let room;
let places;
before(async () => {
  browser = await openBrowser();
  room = await serve();
  places = await room.places();
});
after(async () => {
  await browser?.close();
  await room?.close();
});

for (const { path } of ROOMS) test(`the page ${path}`, (t) => look(t, path));
for (const kind of ['article', 'pair', 'item']) {
  test(`the page of an ${kind}`.replace('an pair', 'a pair'), (t) => {
    assert.ok(places[kind], `no page links to an address of this kind: ${kind}`);
    return look(t, places[kind]);
  });
}

async function look(t, target) {
  const page = await openPage(t, browser, room);
  await go(page, target);
  await holdsTheFrame(page, target);
  for (const { colorScheme, width, name } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await barriers(page), [], `${target} in ${name}`);
    assert.deepEqual(await tooWide(page), [], `${target} in ${name} is wider than its window`);
  }
  page.seen.clean();
}

/** What every page has. */
async function holdsTheFrame(page, target) {
  const frame = await page.evaluate(() => {
    const links = [...document.querySelectorAll('nav[aria-label="Rooms"] a')];
    const first = document.querySelector('a[href], button, input, select, textarea, summary, [tabindex="0"]');
    return {
      language: document.documentElement.lang,
      title: document.title.trim(),
      headings: document.querySelectorAll('h1').length,
      mains: document.querySelectorAll('main').length,
      skip: first?.getAttribute('href'),
      rooms: links.map((link) => link.getAttribute('href')),
      here: links.filter((link) => link.getAttribute('aria-current') === 'page').map((link) => link.getAttribute('href')),
      scripts: [...document.scripts].map((script) => (script.text.trim() ? 'inline' : script.getAttribute('src'))),
      inline: document.querySelectorAll('style, [style]').length,
    };
  });
  assert.equal(frame.language, 'en');
  assert.notEqual(frame.title, '');
  assert.equal(frame.headings, 1, 'h1');
  assert.equal(frame.mains, 1, 'main');
  assert.equal(await page.locator('main#main').count(), 1, 'main#main');
  assert.equal(frame.skip, '#main', 'the first thing to reach is the link over the navigation');
  for (const { path } of ROOMS.filter((one) => one.key)) assert.ok(frame.rooms.includes(path), `nav has ${path}`);
  assert.deepEqual(frame.here, frame.rooms.includes(target) ? [target] : frame.here, 'aria-current');
  assert.ok(frame.here.length <= 1, 'one page is the current one');
  for (const script of frame.scripts) assert.match(script, /^\/assets\/room\.js(\?|$)/);
  assert.equal(frame.inline, 0, 'inline styles');
}

/** What keeps people out, as axe finds it. */
async function barriers(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      where: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
      nPlaces: nodes.length,
    }));
  });
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

/** What makes a page scroll sideways; a wide table in an area that scrolls by itself does not. */
function tooWide(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const beyond = [...document.querySelectorAll('body *')].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      return width > 0 && right > root.clientWidth + 1;
    });
    const names = beyond.slice(0, 5).map((element) => element.outerHTML.slice(0, 120));
    return [`${root.scrollWidth} of ${root.clientWidth} px`, ...names];
  });
}

test('the skip link leads over the navigation', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  await page.keyboard.press('Tab');
  const skip = page.locator('a[href="#main"]');
  assert.ok(await skip.evaluate((link) => link === document.activeElement), 'it has the focus first');
  const box = await skip.boundingBox();
  assert.ok(box && box.width > 1 && box.x >= 0 && box.y >= 0, 'and is seen then');
  await page.keyboard.press('Enter');
  assert.equal(new URL(page.url()).hash, '#main');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => document.querySelector('main').contains(document.activeElement));
  assert.ok(inside, 'the next thing to reach is in the page');
});

test('the pages that list items have some', async (t) => {
  const page = await openPage(t, browser, room);
  for (const path of ['/statements', '/timeline', '/tensions', '/actors']) {
    await go(page, path);
    const ids = await items(page);
    assert.ok(ids.length > 0, path);
    assert.deepEqual(ids, [...new Set(ids)], `${path} has each item once`);
  }
});

test('an address that is none has a page that says so', async (t) => {
  const page = await openPage(t, browser, room);
  for (const target of ['/nothing', '/articles/nothing', '/items/utterance/nothing', '/sources/pair?a=nothing&b=x']) {
    const response = await page.goto(target);
    assert.equal(response.status(), 404, target);
    assert.equal(await page.locator('h1').count(), 1, target);
    assert.equal(await page.locator('nav[aria-label="Rooms"]').count(), 1, target);
  }
});
