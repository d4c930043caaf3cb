// Articles are brought in by a form and by dropping files on a page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go, openBrowser, openPage, serve, until } from './room.mjs';

/** How long a small article may take until its story is told, with a binary that is not optimised. */
const READ_MS = 60_000;

const ARTICLE = {
  name: 'orlava-herald.txt',
  mimeType: 'text/plain',
  text: `Ombria offers to host a second round

LYSMAR, Ombria, March 16, 2024 (Orlava Herald) — Ombria on Saturday offered to host a second round of talks on the river port of Halsk.

“Our house stays open to both of them,” Foreign Minister Jonna Quellmark told reporters in Lysmar.
`,
};
const WORDS = 'Our house stays open to both of them';

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

const file = () => ({ name: ARTICLE.name, mimeType: ARTICLE.mimeType, buffer: Buffer.from(ARTICLE.text) });

/** Waits until the words of the new article stand among the statements. */
async function told(room) {
  const search = `/statements?q=${encodeURIComponent(`"${WORDS}"`)}`;
  await until('the story is told', async () => (await room.ask(search)).text.includes(`“${WORDS}`), READ_MS);
}

for (const [how, options] of [['by the form', {}], ['by the form, without JavaScript', { javaScriptEnabled: false }]]) {
  test(`an article comes in ${how}`, async (t) => {
    const room = await serve(t);
    const page = await openPage(t, browser, room, options);
    await go(page, '/add');
    const form = page.locator('form[action="/add"][method="post" i][enctype="multipart/form-data"]');
    const input = form.locator('input[type="file"][name="files"][multiple]');
    await input.setInputFiles([file()]);
    // A script may send the form as soon as files are chosen.
    if (new URL(page.url()).pathname === '/add' && (await input.evaluate((one) => one.files.length).catch(() => 0))) {
      await form.locator('button:not([type="button"]), input[type="submit"]').first().click();
    }
    await told(room);
    await go(page, '/add');
    assert.equal(await page.locator('main progress, main [role="progressbar"]').count(), 0, 'no progress is left');
    page.seen.clean();
  });
}

for (const path of ['/', '/statements', '/add']) {
  test(`an article comes in by dropping it on ${path}`, async (t) => {
    const room = await serve(t);
    const page = await openPage(t, browser, room);
    await go(page, path);
    const taken = await page.evaluate(({ name, mimeType, text }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name, { type: mimeType }));
      const event = (type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      const target = document.querySelector('main');
      target.dispatchEvent(event('dragenter'));
      // `false` says that the page takes what is dragged over it.
      const over = !target.dispatchEvent(event('dragover'));
      const drop = !target.dispatchEvent(event('drop'));
      return { over, drop };
    }, ARTICLE);
    assert.deepEqual(taken, { over: true, drop: true }, 'the page takes files');
    await page.waitForURL('**/add');
    await told(room);
    page.seen.clean();
  });
}

test('the page shows how far it is, and the story without being asked', async (t) => {
  const room = await serve(t);
  const page = await openPage(t, browser, room);
  await go(page, '/add');
  const many = Array.from({ length: 30 }, (_, n) => ({
    ...file(),
    name: `herald-${n}.txt`,
    buffer: Buffer.from(ARTICLE.text.replace('Saturday', `Saturday, in round ${n},`)),
  }));
  await page.locator('form[action="/add"] input[type="file"]').setInputFiles(many);
  const button = page.locator('form[action="/add"]').locator('button:not([type="button"]), input[type="submit"]');
  if (await button.first().isVisible()) await button.first().click();
  const progress = page.locator('main progress:visible, main [role="progressbar"]:visible');
  await progress.first().waitFor();
  await told(room);
  const end = page.locator('main [role="status"]:visible').filter({ hasText: /\S/ });
  // The page goes on by itself; while it does, there is nothing to count.
  const over = async () => (await end.count()) > 0 && (await progress.count()) === 0;
  await until('the end is said', () => over().catch(() => false), READ_MS);
  page.seen.clean();
});

test('a file that is no article is told and stops nothing', async (t) => {
  const room = await serve(t);
  const page = await openPage(t, browser, room);
  await go(page, '/add');
  const odd = { name: 'odd.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 1, 2, 255, 254, 0, 0, 7]) };
  await page.locator('form[action="/add"] input[type="file"]').setInputFiles([odd, file()]);
  const button = page.locator('form[action="/add"]').locator('button:not([type="button"]), input[type="submit"]');
  if (await button.first().isVisible()) await button.first().click();
  await told(room);
  await until('the file is named', async () => (await room.ask('/add')).text.includes('odd.bin'), READ_MS);
  page.seen.clean();
});

test('a form without files is no error of the server', async (t) => {
  const room = await serve(t);
  const token = await room.token();
  const boundary = 'x-boundary';
  const part = (name, rest, text) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n\r\n${text}\r\n`;
  for (const files of [part('files', '; filename=""', ''), '', part('files', '; filename="../../etc/x.txt"', '')]) {
    const body = `${part('token', '', token)}${files}--${boundary}--\r\n`;
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const { status } = await room.ask('/add', { method: 'POST', headers, body });
    assert.ok(status < 500, `status ${status}`);
  }
});
