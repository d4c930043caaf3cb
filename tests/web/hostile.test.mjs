// Coverage that attacks its readers: nothing of it runs, nothing of it becomes part of the page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CONTROLS, hostileCoverage } from './hostile.mjs';
import { ROOMS, go, itemPath, items, openBrowser, openPage, serve } from './room.mjs';

let browser;
let room;
let article;
before(async () => {
  browser = await openBrowser();
  room = await serve(null, { coverage: 'hostile' });
  ({ article } = await room.places());
});
after(async () => {
  await browser?.close();
  await room?.close();
});

for (const { path } of ROOMS) test(`nothing of the articles runs in ${path}`, (t) => stays(t, [path]));

test('nothing of the articles runs in the articles', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/sources');
  const hrefs = await page.$$eval('main a[href^="/articles/"]', (all) => all.map((a) => a.getAttribute('href').replace(/[?#].*/, '')));
  assert.ok(article && hrefs.length > 0);
  await stays(t, [...new Set(hrefs)]);
});

test('nothing of the articles runs in the items', async (t) => {
  const page = await openPage(t, browser, room);
  const ids = new Set();
  for (const path of ['/statements', '/timeline', '/actors']) {
    await go(page, path);
    for (const id of (await items(page)).slice(0, 6)) ids.add(id);
  }
  assert.ok(ids.size > 0);
  await stays(t, [...ids].map(itemPath));
});

test('what is asked for is shown as text', async (t) => {
  const q = encodeURIComponent('"><img data-hostile src=x onerror=window.hostile=1>');
  const targets = [`/statements?q=${q}`, `/statements?party=${q}&class=${q}&from=${q}&to=${q}`];
  const page = await openPage(t, browser, room);
  for (const target of targets) {
    const response = await page.goto(target);
    assert.ok(response.status() < 500, target);
    assert.deepEqual(await foreign(page), [], target);
  }
  for (const target of [`/items/${q}`, `/articles/${q}`, `/sources/pair?a=${q}&b=${q}`, `/${q}`]) {
    const response = await page.goto(target);
    assert.equal(response.status(), 404, target);
    assert.deepEqual(await foreign(page), [], target);
  }
});

test('search as one types brings no markup in', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  await page.locator('#q').pressSequentially('Halsk');
  await page.waitForTimeout(600);
  assert.deepEqual(await foreign(page), []);
  page.seen.clean();
});

test('the pages do show the words', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  assert.ok((await page.innerText('main')).includes('<img data-hostile src=x onerror=window.hostile=1>'));
});

/** Goes to pages and fails where one holds, runs, or asks for anything of the articles. */
async function stays(t, targets) {
  const page = await openPage(t, browser, room);
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  for (const target of targets) {
    await go(page, target);
    // Whatever loads lazily or waits a moment has had its chance then.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 30)));
    assert.deepEqual(await foreign(page), [], target);
    assert.deepEqual(await turnedAround(page), [], `${target}: words that turn around what follows them`);
    page.seen.clean(target);
  }
}

/** What stands in the page and is not ours. */
function foreign(page) {
  return page.evaluate(() => {
    const found = [];
    if ('hostile' in window && window.hostile === 1) found.push('a script of the articles ran');
    for (const element of document.querySelectorAll('*')) {
      const at = element.outerHTML.slice(0, 120);
      if (element.hasAttribute('data-hostile')) found.push(`element: ${at}`);
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(`handler: ${at}`);
        const leads = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster'].includes(name);
        if (leads && !/^(\/(?!\/)|[#?]|https?:|data:image\/)/.test(value)) found.push(`address: ${at}`);
      }
    }
    if (document.querySelectorAll('base, iframe, object, embed, meta[http-equiv="refresh"]').length > 0) found.push('frame, base or refresh');
    if (document.querySelectorAll('main').length !== 1 || !document.querySelector('main#main')) found.push('main was closed');
    return found;
  });
}

/**
 * Words that hold a control of direction must stand in an element that isolates them, alone or before words of
 * their own article; else they turn around what the page says after them.
 */
async function turnedAround(page) {
  const corpus = hostileCoverage().map(({ bytes }) => bytes.toString()).join('\n');
  return page.evaluate(
    ([source, corpus]) => {
      const controls = new RegExp(source);
      const bare = (text) => text.replace(/[\s“”"…]+/g, '');
      // JSON writes marks with a backslash before them.
      const known = bare(corpus.replaceAll('\\n', '').replaceAll('\\', ''));
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!controls.test(node.data) || !node.parentElement.checkVisibility()) continue;
        let around = node.parentElement;
        while (around !== document.body && getComputedStyle(around).unicodeBidi === 'normal') around = around.parentElement;
        const rest = document.createRange();
        rest.setStartAfter(node);
        rest.setEndAfter(around.lastChild);
        if (!known.includes(bare(rest.toString()))) found.push(around.outerHTML.slice(0, 200));
      }
      return found;
    },
    [CONTROLS.source, corpus],
  );
}
