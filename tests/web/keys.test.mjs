// Every key does what the page of help says.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ROOMS, current, go, items, noticeOf, openBrowser, openPage, serve, until } from './room.mjs';

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

/** A page with the first item as the current one, and the ids of its items. */
async function atFirst(t, { path = '/statements', own } = {}) {
  const page = await openPage(t, browser, own ?? room);
  await go(page, path);
  const ids = await items(page);
  await page.keyboard.press('j');
  assert.equal(await current(page), ids[0]);
  return { page, ids };
}

/** Whether the focus is on the current item. */
function focused(page) {
  return page.evaluate(() => document.activeElement?.closest('[data-item]')?.matches('[data-current]') ?? false);
}

for (const path of ['/statements', '/timeline', '/tensions', '/actors']) {
  test(`j and k go through the items of ${path}`, async (t) => {
    const { page, ids } = await atFirst(t, { path });
    assert.ok(await focused(page), 'the focus goes along');
    await page.keyboard.press('j');
    assert.equal(await current(page), ids[1]);
    assert.ok(await focused(page), 'the focus goes along');
    assert.equal(await page.locator('[data-current]').count(), 1, 'one item is the current one');
    await page.keyboard.press('k');
    assert.equal(await current(page), ids[0]);
    await page.keyboard.press('k');
    assert.equal(await current(page), ids[0], 'there is none before the first');
    for (const _ of ids) await page.keyboard.press('j');
    assert.equal(await current(page), ids.at(-1), 'there is none after the last');
    const box = await page.locator('[data-current]').boundingBox();
    assert.ok(box.y < 900 && box.y + box.height > 0, 'the current item is in view');
    page.seen.clean();
  });
}

test('an item that is reached with Tab becomes the current one', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const [, second] = await items(page);
  await page.locator(`[data-item="${second}"]`).focus();
  assert.equal(await current(page), second);
});

test('the slash goes to the search', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'q');
  assert.equal(await page.locator('#q').inputValue(), '', 'the key is not written');
  page.seen.clean();
});

test('in a field, keys are letters', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  await page.locator('#q').focus();
  await page.keyboard.type('jkaxeo?gt/');
  assert.equal(await page.locator('#q').inputValue(), 'jkaxeo?gt/');
  assert.equal(new URL(page.url()).pathname, '/statements');
  assert.equal(await current(page), null);
});

test('with Control, Alt or Meta, keys are the browser’s', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  await page.evaluate(() => {
    window.kept = [];
    document.addEventListener('keydown', (event) => event.defaultPrevented && window.kept.push(event.key));
  });
  for (const key of ['Control+k', 'Alt+j', 'Meta+j', 'Control+a']) await page.keyboard.press(key);
  assert.equal(await current(page), null);
  assert.deepEqual(await page.evaluate(() => window.kept), []);
});

test('without a current item, a, x, e and o do nothing', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  for (const key of ['a', 'x', 'e', 'o']) await page.keyboard.press(key);
  assert.equal(new URL(page.url()).pathname, '/statements');
  assert.deepEqual(await room.log(), []);
  page.seen.clean();
});

for (const [key, act] of [['a', 'accept'], ['x', 'reject']]) {
  test(`${key}: ${act}`, async (t) => {
    const own = await serve(t);
    const { page, ids } = await atFirst(t, { own });
    const notice = await noticeOf(page, () => page.keyboard.press(key));
    assert.equal(await notice.locator('form[action$="/undo"]').count(), 1, 'the notice can take it back');
    assert.deepEqual((await own.log()).map((entry) => [entry.act, entry.target.id]), [[act, ids[0]]]);
    page.seen.clean();
  });
}

test('e opens the form that puts the current item right', async (t) => {
  const { page, ids } = await atFirst(t);
  await page.keyboard.press('e');
  const form = page
    .locator('form[method="post" i][action="/corrections"]')
    .filter({ has: page.locator(`[name="item"][value="${ids[0]}"]`) })
    .filter({ has: page.locator('textarea, select, input:not([type="hidden"])') });
  await form.first().waitFor({ state: 'visible' });
  await until('the focus in the form', () =>
    page.evaluate(() => Boolean(document.activeElement?.closest('form[action="/corrections"]'))).catch(() => false),
  );
  assert.deepEqual(await room.log(), [], 'nothing is put right yet');
  page.seen.clean();
});

test('o opens the words of the current item', async (t) => {
  const { page } = await atFirst(t);
  await page.keyboard.press('o');
  await page.waitForURL(/\/articles\/.+#w-\d+-\d+$/);
  const mark = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
  assert.equal(await mark.count(), 1);
  const box = await mark.boundingBox();
  assert.ok(box.y < 900 && box.y + box.height > 0, 'they are in view');
  page.seen.clean();
});

test('the question mark opens the help', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  await page.keyboard.press('?');
  const help = page.locator('dialog[open], [role="dialog"]:visible');
  await until('help', async () => new URL(page.url()).pathname === '/help' || (await help.count()) > 0);
  page.seen.clean();
});

test('the help tells every key', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/help');
  const told = await page.$$eval('main kbd', (all) => all.map((key) => key.innerText.trim()));
  const letters = ROOMS.flatMap((one) => one.key ?? []);
  for (const key of ['j', 'k', '/', 'a', 'x', 'e', 'o', '?', 'g', ...letters]) {
    assert.ok(told.some((words) => words.split(/\s+/).includes(key)), `${key} is told in <kbd>`);
  }
});

test('g and a letter go to a page', async (t) => {
  const page = await openPage(t, browser, room);
  for (const { path, key } of ROOMS.filter((one) => one.key)) {
    await go(page, path === '/help' ? '/' : '/help');
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForURL((url) => url.pathname === path);
  }
  page.seen.clean();
});
