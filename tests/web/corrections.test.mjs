// What is put right in a page stands in the log, is told with a way back, and can be taken back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { correct, go, itemPath, items, noticeOf, openBrowser, openPage, rapporteur, serve, undoButton } from './room.mjs';

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** A page on the first statement of a case of its own. */
async function atItem(t) {
  const room = await serve(t);
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const [id] = await items(page);
  await go(page, itemPath(id));
  return { room, page, id };
}

/** Does what the notice's button does, and holds the log against it. */
async function takeBack(room, page, notice) {
  const before = await room.log();
  await noticeOf(page, () => undoButton(notice).click());
  const log = await room.log();
  assert.equal(log.length, before.length + 1, 'the log is only added to');
  assert.deepEqual([log.at(-1).act, log.at(-1).correction], ['undo', before.at(-1).id]);
}

test('an item is accepted, and that is taken back', async (t) => {
  const { room, page, id } = await atItem(t);
  const notice = await correct(page, 'accept', id);
  const [entry] = await room.log();
  assert.deepEqual([entry.act, entry.target.id], ['accept', id]);
  assert.equal(entry.author, 'Test Reader');
  await takeBack(room, page, notice);
  page.seen.clean();
});

test('a rejected item is gone, and comes back', async (t) => {
  const { room, page, id } = await atItem(t);
  const notice = await correct(page, 'reject', id);
  const shown = async () => {
    const other = await openPage(t, browser, room);
    await go(other, '/statements');
    return (await items(other)).includes(id);
  };
  assert.equal(await shown(), false, 'it counts no more');
  await takeBack(room, page, notice);
  assert.equal(await shown(), true, 'it counts again');
  page.seen.clean();
});

test('a note stands at its item', async (t) => {
  const { room, page, id } = await atItem(t);
  const text = 'Check this “with” the <b>agency</b> & the Courier.';
  const notice = await correct(page, 'note', id, { text });
  const [entry] = await room.log();
  assert.deepEqual([entry.act, entry.target.id, entry.text], ['note', id, text]);
  await go(page, itemPath(id));
  assert.ok((await page.innerText('main')).includes(text), 'the item shows it, as written');
  await go(page, '/corrections');
  assert.ok((await page.innerText('main')).includes(text), 'and so does the log');
  await go(page, itemPath(id));
  assert.equal(await page.locator('main b', { hasText: 'agency' }).count(), 0, 'it is text and no markup');
  assert.ok(notice);
  page.seen.clean();
});

test('the log takes an entry back', async (t) => {
  const { room, page, id } = await atItem(t);
  await correct(page, 'accept', id);
  await go(page, '/corrections');
  const [entry] = await room.log();
  const name = entry.id.replace('correction/', '');
  const form = page.locator(`main form[action^="/corrections/"][action$="${name}/undo"]`);
  await noticeOf(page, () => form.locator('button').first().click());
  assert.deepEqual((await room.log()).map(({ act }) => act), ['accept', 'undo']);
  page.seen.clean();
});

test('what another process put right is shown', async (t) => {
  const { room, page, id } = await atItem(t);
  await rapporteur('correct', room.file, 'note', id, 'written at a terminal');
  await go(page, itemPath(id));
  assert.ok((await page.innerText('main')).includes('written at a terminal'));
  page.seen.clean();
});

test('a correction that is sent twice by going back makes no error', async (t) => {
  const { room, page, id } = await atItem(t);
  await correct(page, 'accept', id);
  await page.reload();
  assert.equal((await room.log()).length, 1, 'reloading the page sends nothing');
  page.seen.clean();
});

test('what is put right elsewhere shows on a page that was shown before', async (t) => {
  const room = await serve(t);
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const [id, ...others] = await items(page);
  await rapporteur('correct', room.file, 'reject', id);
  await go(page, '/statements');
  const left = await items(page);
  assert.deepEqual(left.slice(0, others.length), others, 'the others move up');
  assert.ok(!left.includes(id), 'it counts no more');
  page.seen.clean();
});
