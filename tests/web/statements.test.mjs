// The statements: search as one types, and the filters.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { unescaped, go, items, openBrowser, openPage, serve, until } from './room.mjs';

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

/** The ids of the items that an address shows. */
async function shown(target) {
  const { status, text } = await room.ask(target);
  assert.equal(status, 200, target);
  const ids = [...text.matchAll(/\bdata-item="([^"]+)"/g)].map(([, id]) => id);
  const next = text.match(/rel="next" href="([^"]+)"/);
  return next ? [...ids, ...(await shown(unescaped(next[1])))] : ids;
}

test('the form has all filters and is a link to what it finds', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const form = page.locator('main form:not([method="post" i])').filter({ has: page.locator('#q') });
  assert.equal(await form.count(), 1);
  for (const name of ['q', 'party', 'class', 'from', 'to']) {
    assert.equal(await form.locator(`[name="${name}"]`).count(), 1, name);
  }
});

test('search as one types shows what the form would find, in place', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const all = await items(page);
  await page.evaluate(() => (window.stays = true));
  await page.locator('#q').pressSequentially('sovereignty', { delay: 20 });
  const expected = await shown('/statements?q=sovereignty');
  assert.ok(expected.length > 0 && expected.length < all.length, `${expected.length} of ${all.length}`);
  await until('what is found', async () => String(await items(page)) === String(expected));
  assert.ok(await page.evaluate(() => window.stays), 'the page was not loaded anew');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'q', 'one can go on typing');
  assert.equal(await page.locator('#q').inputValue(), 'sovereignty');
  await page.locator('#q').fill('');
  await until('all of them', async () => String(await items(page)) === String(all));
  page.seen.clean();
});

test('the keys go through what was found', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const found = await shown('/statements?q=sovereignty');
  await page.locator('#q').pressSequentially('sovereignty');
  await until('what is found', async () => String(await items(page)) === String(found));
  await page.locator('#q').blur();
  await page.keyboard.press('j');
  assert.equal(await page.locator('[data-current]').getAttribute('data-item'), found[0]);
  page.seen.clean();
});

test('what is not found is said', async (t) => {
  const page = await openPage(t, browser, room);
  await go(page, '/statements?q=zeppelin');
  assert.deepEqual(await items(page), []);
  assert.notEqual((await page.locator('main').innerText()).trim(), '');
  page.seen.clean();
});

test('a search that is odd is no error', async (t) => {
  for (const q of ['"', '(', '*', 'class:', 'AND', "' OR 1=1 --", '\u0000', '%', '<b>', 'party:', '\u{1f6a2}']) {
    const { status } = await room.ask(`/statements?q=${encodeURIComponent(q)}`);
    assert.ok(status === 200 || status === 400, `${JSON.stringify(q)} gives ${status}`);
  }
  for (const query of ['from=yesterday', 'from=2024-13-99', 'to=', 'class=nothing', 'party=%ff', 'q=a&q=b', 'x=y']) {
    const { status } = await room.ask(`/statements?${query}`);
    assert.ok(status === 200 || status === 400, `${query} gives ${status}`);
  }
});

/** What a filter sends for a choice: the value of the option with this text, or the text where one types it. */
async function choice(t, name, label) {
  const page = await openPage(t, browser, room);
  await go(page, '/statements');
  const option = page.locator(`main select[name="${name}"] option`).filter({ hasText: label });
  const value = (await option.count()) > 0 ? await option.first().getAttribute('value') : null;
  return encodeURIComponent(value ?? label);
}

test('filters narrow, alone and together', async (t) => {
  const all = await shown('/statements');
  const ofKarsk = `party=${await choice(t, 'party', 'Karsk')}`;
  const demands = `class=${await choice(t, 'class', 'demand')}`;
  const party = await shown(`/statements?${ofKarsk}`);
  const kind = await shown(`/statements?${demands}`);
  const both = await shown(`/statements?${ofKarsk}&${demands}`);
  const late = await shown('/statements?from=2024-03-13');
  for (const [name, some] of Object.entries({ party, kind, both, late })) {
    assert.ok(some.length > 0 && some.length < all.length, `${name}: ${some.length} of ${all.length}`);
    assert.deepEqual(some.filter((id) => !all.includes(id)), [], name);
  }
  assert.deepEqual([...both].sort(), party.filter((id) => kind.includes(id)).sort());
  assert.deepEqual(await shown('/statements?from=1990-01-01&to=1990-12-31'), []);
  assert.deepEqual(await shown('/statements?q=&party=&class=&from=&to='), all, 'an empty form asks for all');
});

test('a card tells by whom and to whom, as the article words it', async () => {
  const { text } = await room.ask('/statements?words=favour');
  for (const words of ['as “Deputy Foreign Minister Alexei Voryabin”', 'to “reporters”']) {
    assert.ok(text.includes(words), `${words} stands on the card`);
  }
});
