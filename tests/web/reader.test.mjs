// From a record to its words in the article, and back.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { unescaped, COVERAGE, go, items, openBrowser, openPage, serve } from './room.mjs';

let browser;
let room;
before(async () => {
  browser = await openBrowser();
  room = await serve();
});
after(async () => {
  await browser?.close();
  await room?.close();
});

/** Words alone, as marks and line breaks may differ between a card and the article. */
const words = (text) => text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? '';

test('a statement leads to its words, and these lead back', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const [id] = await items(page);
  const card = page.locator(`[data-item="${id}"]`);
  const quoted = words(await card.innerText());
  const link = card.locator('a[href^="/articles/"][href*="#w-"]').first();
  const href = await link.getAttribute('href');
  await link.click();
  await page.waitForURL((url) => url.pathname + url.search + url.hash === href);
  const hash = new URL(page.url()).hash.slice(1);
  const place = page.locator(`[id="${hash}"]`);
  assert.equal(await place.count(), 1, `one place #${hash}`);
  assert.ok(quoted.includes(words(await place.innerText())), 'the card has the words of the place');
  const box = await place.boundingBox();
  assert.ok(box.y >= 0 && box.y < 900, 'the words are in view');

  // The way back stands on the place, in it, around it, or is what describes it.
  const back = await place.evaluate((element) => {
    const near = [element, ...element.querySelectorAll('a'), element.closest('a'), element.parentElement?.closest('a')];
    const described = (element.getAttribute('aria-details') ?? element.getAttribute('aria-describedby') ?? '').split(' ');
    for (const other of described) near.push(...(document.getElementById(other)?.querySelectorAll('a') ?? []));
    const links = near.map((one) => one?.getAttribute('href')).filter((one) => one?.startsWith('/items/'));
    return links[0];
  });
  assert.ok(back, 'the place has a link to its record');
  await page.locator(`a[href="${back}"]`).first().click();
  await page.waitForURL((url) => url.pathname.startsWith('/items/'));
  assert.ok((await page.locator(`main a[href$="#${hash}"]`).count()) > 0, 'the record leads to the same words');
  page.seen.clean();
});

test('an item shows all its words, each where it stands', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const [id] = await items(page);
  await go(page, `/items/${id}`);
  const hrefs = await page.$$eval('main a[href^="/articles/"][href*="#w-"]', (all) => all.map((a) => a.getAttribute('href')));
  assert.ok(hrefs.length > 0);
  for (const href of new Set(hrefs)) {
    const [path, hash] = href.split('#');
    const { status, text } = await room.ask(path);
    assert.equal(status, 200, path);
    assert.ok(new RegExp(`\\bid="?${hash}["\\s>]`).test(text), `${path} has a place ${hash}`);
  }
});

test('every link from the pages to words of articles holds', async () => {
  const articles = new Map();
  const { rooms } = await room.places();
  let nLinks = 0;
  for (const target of rooms) {
    const { text } = await room.ask(target);
    for (const [, href] of text.matchAll(/href="(\/articles\/[^"]+#w-[^"]+)"/g)) {
      const [path, hash] = unescaped(href).split('#');
      if (!articles.has(path)) articles.set(path, (await room.ask(path)).text);
      assert.ok(new RegExp(`\\bid="?${hash}["\\s>]`).test(articles.get(path)), `${target} leads to ${href}`);
      nLinks += 1;
    }
  }
  assert.ok(nLinks > 0);
});

test('every link within the pages leads to a page', async () => {
  const seen = new Set();
  const { rooms } = await room.places();
  for (const target of rooms) {
    const { text } = await room.ask(target);
    for (const [, href] of text.matchAll(/(?:href|src)="(\/[^"]*)/g)) {
      seen.add(unescaped(href).split('#')[0]);
    }
  }
  for (const href of seen) assert.equal((await room.ask(href)).status, 200, href);
});

test('the articles are shown whole and unaltered', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/sources');
  const hrefs = await page.$$eval('main a[href^="/articles/"]', (all) => all.map((a) => a.getAttribute('href').replace(/[?#].*/, '')));
  const shown = [];
  for (const href of new Set(hrefs)) {
    await go(page, href);
    shown.push(words(await page.innerText('main')));
  }
  for (const name of fs.readdirSync(COVERAGE)) {
    const paragraphs = fs.readFileSync(path.join(COVERAGE, name), 'utf8').split('\n').map(words).filter(Boolean);
    const missing = (text) => paragraphs.filter((paragraph) => !text.includes(paragraph));
    const best = shown.map(missing).sort((a, b) => a.length - b.length)[0];
    assert.deepEqual(best, [], `paragraphs of ${name} that no page of an article shows`);
  }
});
