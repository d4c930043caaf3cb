// Without JavaScript: does everything read, and can it be put right?

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ROOMS, correct, go, itemPath, items, openBrowser, openPage, serve } from './room.mjs';

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

const PLAIN = { javaScriptEnabled: false };

test('every page says the same without JavaScript', async (t) => {
  const room = await serve(t);
  const { article, pair, item } = await room.places();
  const plain = await openPage(t, browser, room, PLAIN);
  const scripted = await openPage(t, browser, room);
  for (const target of [...ROOMS.map((one) => one.path), article, pair, item]) {
    assert.ok(target, 'the pages link to articles, pairs and items');
    await go(plain, target);
    await go(scripted, target);
    assert.deepEqual(await items(plain), await items(scripted), target);
    const words = (page) => page.$eval('main', (main) => main.innerText.split(/\s+/).filter(Boolean));
    const known = new Set(await words(plain));
    const only = (await words(scripted)).filter((word) => !known.has(word));
    assert.deepEqual(only, [], `${target}: words that only a script shows`);
  }
  plain.seen.clean();
});

test('one comes from the overview to the words of an article by links alone', async (t) => {
  const room = await serve(t);
  const page = await openPage(t, browser, room, PLAIN);
  await go(page, '/');
  await page.locator('nav[aria-label="Rooms"] a[href="/statements"]').click();
  await page.waitForURL('**/statements');
  await page.locator('main a[href^="/articles/"][href*="#w-"]').first().click();
  await page.waitForURL(/\/articles\/.+#w-\d+-\d+$/);
  const { hash } = new URL(page.url());
  assert.equal(await page.locator(`[id="${hash.slice(1)}"]`).count(), 1, hash);
  page.seen.clean();
});

test('statements are searched by the form', async (t) => {
  const room = await serve(t);
  const page = await openPage(t, browser, room, PLAIN);
  await go(page, '/statements');
  const all = await items(page);
  await page.locator('#q').fill('sovereignty');
  await page.locator('#q').press('Enter');
  await page.waitForURL(/\/statements\?.*\bq=sovereignty/);
  const found = await items(page);
  assert.ok(found.length > 0 && found.length < all.length, `${found.length} of ${all.length}`);
  assert.equal(await page.locator('#q').inputValue(), 'sovereignty', 'the form keeps what was asked');
  page.seen.clean();
});

test('an item is accepted by its form', async (t) => {
  const room = await serve(t);
  const page = await openPage(t, browser, room, PLAIN);
  await go(page, '/statements');
  const [id] = await items(page);
  await go(page, itemPath(id));
  await correct(page, 'accept', id);
  assert.deepEqual((await room.log()).map(({ act, target }) => [act, target.id]), [['accept', id]]);
  page.seen.clean();
});
