// On paper: the page without what one can only click, dark on light.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ROOMS, go, openBrowser, openPage, serve } from './room.mjs';

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

test('pages print without navigation and buttons, dark on light', async (t) => {
  const { article, pair, item } = await room.places();
  const page = await openPage(t, browser, room, { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const target of [...ROOMS.map((one) => one.path).filter((path) => path !== '/add'), article, pair, item]) {
    await go(page, target);
    const paper = await page.evaluate(() => {
      const light = (color) => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return { share: (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255, alpha: alpha / 255 };
      };
      const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
      const grounds = [document.documentElement, document.body, document.querySelector('main')].map((element) => light(getComputedStyle(element).backgroundColor));
      const text = seen('main p, main li, main td, main h1, main h2, main blockquote, main dd');
      const faint = text.filter((element) => light(getComputedStyle(element).color).share > 0.55);
      return {
        heading: seen('main h1').length,
        clickable: seen('nav, button, main input, main select, main textarea, a[href="#main"]').map((element) => element.outerHTML.slice(0, 80)),
        dark: grounds.filter(({ share, alpha }) => alpha > 0.1 && share < 0.85).length,
        faint: faint.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
        fixed: seen('body *').filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position)).map((element) => element.outerHTML.slice(0, 80)),
      };
    });
    assert.deepEqual(paper, { heading: 1, clickable: [], dark: 0, faint: [], fixed: [] }, target);
  }
  page.seen.clean();
});

test('a page becomes a PDF', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.ok(pdf.length > 5_000, `${pdf.length} bytes`);
});
