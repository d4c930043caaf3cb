// Do the programs that exports are made for show them? A timeline in TimelineJS, annotations in Recogito.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBrowser, openPage, rapporteur, serve, until } from './room.mjs';

const PACKAGES = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules');
const TIMELINEJS = path.join(PACKAGES, '@knight-lab', 'timelinejs', 'dist', 'js', 'timeline.js');
const RECOGITO = path.join(PACKAGES, '@recogito', 'text-annotator', 'dist', 'text-annotator.umd.js');

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

/** An empty page of the server's own origin, without its policy, over which a program of somebody else's is loaded. */
async function emptyPage(t, body) {
  const page = await openPage(t, browser, room);
  const html = `<!doctype html><title>x</title><body>${body}`;
  await page.route(`${room.origin}/empty`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto('/empty');
  return page;
}

for (const coverage of ['example', 'hostile']) {
  test(`TimelineJS shows every event of the timeline, and no markup of articles (${coverage})`, async (t) => {
    const own = coverage === 'example' ? room : await serve(t, { coverage });
    const timeline = JSON.parse(await rapporteur('export', own.file, '--format', 'timelinejs'));
    assert.ok(timeline.events.length > 0);
    const page = await emptyPage(t, '<div id="timeline" style="width: 1200px; height: 700px"></div>');
    await page.addScriptTag({ path: TIMELINEJS });
    await page.evaluate((json) => {
      window.shown = new TL.Timeline('timeline', json, { script_path: '/', font: null, soundcite: false });
    }, timeline);
    await until('slides', () => page.evaluate(() => document.querySelectorAll('.tl-slide').length > 0));
    const told = await page.evaluate(() => ({
      errors: window.shown.config.messages.errors,
      events: window.shown.config.events.map((event) => event.unique_id),
      headlines: [...document.querySelectorAll('.tl-slide .tl-headline')].map((headline) => headline.textContent.trim()),
      foreign: document.querySelectorAll('.tl-slide script, .tl-slide img, .tl-slide iframe, .tl-slide svg').length,
    }));
    assert.deepEqual(told.errors, []);
    assert.deepEqual([...told.events].sort(), timeline.events.map((event) => event.unique_id).sort());
    const decoded = await page.evaluate((all) => {
      const parsed = (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent.trim();
      return all.map(parsed);
    }, timeline.events.map((event) => event.text.headline));
    assert.deepEqual([...told.headlines].sort(), decoded.sort());
    assert.equal(told.foreign, 0);
    page.seen.clean();
  });
}

test('Recogito finds every annotation of an article at its words', async (t) => {
  const rows = await rapporteur('export', room.file, '--format', 'jsonl', '--table', 'article');
  const { items } = JSON.parse(await rapporteur('export', room.file, '--format', 'annotations')).first;
  let n = 0;
  for (const article of rows.trim().split('\n').map((row) => JSON.parse(row))) {
    const own = items.filter((annotation) => annotation.target.source.id.endsWith(article.id));
    const page = await emptyPage(t, '<pre id="article"></pre>');
    // Its bundle asks for a variable of Node.js.
    await page.addScriptTag({ content: 'globalThis.process = { env: {} };' });
    await page.addScriptTag({ path: RECOGITO });
    const found = await page.evaluate(
      ([text, annotations]) => {
        const element = document.querySelector('#article');
        element.textContent = text;
        const adapter = RecogitoJS.W3CTextFormat(annotations[0].target.source.id, element);
        const refused = annotations.filter((annotation) => adapter.parse(annotation).error);
        const annotator = RecogitoJS.createTextAnnotator(element, { adapter });
        annotator.setAnnotations(annotations);
        const words = annotator.state.store.all().map((one) => [one.id, String(one.target.selector[0].range)]);
        return { refused, words };
      },
      [article.text, own],
    );
    assert.deepEqual(found.refused, []);
    const exact = (annotation) => annotation.target.selector.find((one) => one.type === 'TextQuoteSelector').exact;
    assert.deepEqual(new Map(found.words), new Map(own.map((annotation) => [annotation.id, exact(annotation)])));
    n += own.length;
    page.seen.clean();
  }
  assert.ok(n > 0 && n === items.length, `${n} of ${items.length} annotations`);
});
