// What the tests share: a server over a fresh copy of a case, a browser, and pages that are watched.
//
// The environment tells what is tested:
//   RAPPORTEUR_BIN          the binary; required
//   RAPPORTEUR_MODEL        folder of the language model, where it is not the installed one
//   RAPPORTEUR_CHROMIUM     the browser, where it is not at a usual place
//   RAPPORTEUR_WEB_SCRATCH  folder for cases that are made once, where it is not the system's temporary one

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { hostileCoverage } from './hostile.mjs';

const run = promisify(execFile);
const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The articles of the example case, as files. */
export const COVERAGE = path.join(HERE, '..', '..', 'examples', 'coverage');
/** How long the server may take to say where it serves, and to stop. */
const START_MS = 20_000;
const STOP_MS = 5_000;
/** How long the browser waits for what a page should do. */
const PATIENCE_MS = 10_000;
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The pages with fixed addresses, and the letter that leads there after `g`, where one does. */
export const ROOMS = [
  { path: '/', key: 'o' },
  { path: '/positions', key: 'p' },
  { path: '/statements', key: 's' },
  { path: '/timeline', key: 't' },
  { path: '/sources', key: 'r' },
  { path: '/tensions', key: 'n' },
  { path: '/actors', key: 'a' },
  { path: '/changes', key: 'c' },
  { path: '/corrections' },
  { path: '/add' },
  { path: '/help' },
];

/** The two themes and two widths in which a page is looked at. */
export const LOOKS = ['light', 'dark'].flatMap((colorScheme) =>
  [1440, 390].map((width) => ({ colorScheme, width, name: `${colorScheme} ${width}` })),
);

// --- The binary and its cases ---------------------------------------------------------------------

function binary() {
  const file = process.env.RAPPORTEUR_BIN;
  assert.ok(file, 'RAPPORTEUR_BIN names no binary; `cargo xtask web` sets it');
  return path.resolve(file);
}

function environment() {
  return { ...process.env, RAPPORTEUR_AUTHOR: 'Test Reader', NO_COLOR: '1' };
}

/** Runs a command of the binary and gives its standard output. */
export async function rapporteur(...args) {
  const { stdout } = await run(binary(), args, { env: environment(), maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** A case that is made once for a binary, by reading `inputs`, and then only copied. */
async function madeCase(name, inputs) {
  const { size, mtimeMs } = fs.statSync(binary());
  const key = createHash('sha256').update(JSON.stringify([binary(), size, mtimeMs]));
  for (const input of inputs) key.update(path.basename(input)).update(fs.readFileSync(input));
  const scratch = process.env.RAPPORTEUR_WEB_SCRATCH ?? path.join(os.tmpdir(), 'rapporteur-web');
  const file = path.join(scratch, `${name}-${key.digest('hex').slice(0, 16)}.case`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(scratch, { recursive: true });
    // Beside its place and then renamed, since another test file may be at the same.
    const making = fs.mkdtempSync(path.join(scratch, 'making-'));
    await rapporteur('read', ...inputs, '--case', path.join(making, 'made.case'));
    fs.renameSync(path.join(making, 'made.case'), file);
    fs.rmSync(making, { recursive: true });
  }
  return file;
}

async function exampleCase() {
  const names = fs.readdirSync(COVERAGE).sort();
  return madeCase('example', names.map((name) => path.join(COVERAGE, name)));
}

async function hostileCase() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rapporteur-hostile-'));
  try {
    const inputs = hostileCoverage().map(({ name, bytes }) => {
      fs.writeFileSync(path.join(folder, name), bytes);
      return path.join(folder, name);
    });
    return await madeCase('hostile', inputs);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Serves a fresh copy of the example case, or of the hostile one, until the test `t` ends, or without one
 * until `close` is called.
 */
export async function serve(t, { coverage = 'example' } = {}) {
  const made = coverage === 'hostile' ? await hostileCase() : await exampleCase();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rapporteur-room-'));
  const file = path.join(folder, 'talks.case');
  fs.copyFileSync(made, file);
  const child = spawn(binary(), ['serve', file, '--port', '0'], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const close = async () => {
    child.kill('SIGTERM');
    const stopped = await Promise.race([exited.then(() => true), later(STOP_MS, false)]);
    if (!stopped) child.kill('SIGKILL');
    running.delete(child);
    fs.rmSync(folder, { recursive: true, force: true });
    assert.ok(stopped, `the server still ran ${STOP_MS} ms after SIGTERM`);
  };
  t?.after(close);
  try {
    return new Room(file, await address(child, exited), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits for the line with which the server says where it serves. */
function address(child, exited) {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}; it said:\n${said}`));
    const timer = setTimeout(() => fail(`no address after ${START_MS} ms`), START_MS);
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text) => {
      said += text;
      const found = said.match(/serving .* at (http:\/\/127\.0\.0\.1:\d+)\//);
      if (found) {
        clearTimeout(timer);
        resolve(found[1]);
      }
    });
    child.once('error', (error) => fail(error.message));
    exited.then((code) => {
      clearTimeout(timer);
      fail(`the server ended with code ${code}`);
    });
  });
}

function later(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}

/** A server over a case of its own. */
class Room {
  constructor(file, origin, close) {
    this.file = file;
    this.origin = origin;
    this.close = close;
    this.port = Number(new URL(origin).port);
  }

  /** The entries of the log of corrections, as the command line tells them. */
  async log() {
    try {
      const { answer } = JSON.parse(await rapporteur('correct', this.file, 'list', '--json'));
      return answer.corrections.map(({ entry }) => entry);
    } catch (error) {
      // Code 1 says that there is none.
      if (error.code === 1) return [];
      throw error;
    }
  }

  /** One request as written, without what a browser adds; `fetch` lets nobody choose Host and Origin. */
  ask(target, { method = 'GET', headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, path: target, method, headers, agent: false };
      const request = http.request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode, headers: response.headers, text });
        });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Posts fields as a form does. */
  post(target, fields, headers = {}) {
    return this.ask(target, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** The token that the forms of the pages carry. */
  async token() {
    const { text } = await this.ask('/add');
    const field = text.match(/<input\b[^>]*\bname="?token"?[^>]*>/);
    const value = field?.[0].match(/\bvalue="?([^"\s>]+)/);
    assert.ok(value, 'the form of /add has no field `token`');
    return value[1];
  }

  /** The addresses of all kinds of pages: those of `ROOMS`, one article, one pair, one item. */
  async places() {
    const hrefs = async (page, pattern) => {
      const { text } = await this.ask(page);
      return [...text.matchAll(/\bhref="([^"]+)"/g)]
        .map(([, href]) => unescaped(href))
        .filter((href) => pattern.test(href));
    };
    const [pair] = await hrefs('/sources', /^\/sources\/pair\?a=[^&]+&b=[^&]+/);
    const [article] = await hrefs('/sources', /^\/articles\/[^?#]+/);
    const [item] = await hrefs('/statements', /^\/items\/./);
    return { rooms: ROOMS.map((room) => room.path), pair, article: article?.replace(/[?#].*/s, ''), item };
  }
}

/** An address as it stands in the markup of a page, without what stands for the mark that parts parameters. */
export const unescaped = (href) => href.replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&#x26;', '&');

// --- The browser ----------------------------------------------------------------------------------

/** Starts the browser, for all tests of a file. */
export async function openBrowser() {
  const usual = CHROMIUM.find((file) => fs.existsSync(file));
  const executablePath = process.env.RAPPORTEUR_CHROMIUM ?? usual;
  assert.ok(executablePath, 'there is no Chromium; RAPPORTEUR_CHROMIUM may name one');
  // Nothing but this machine has a name, so that what a page asks of others cannot leave it.
  const args = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];
  return chromium.launch({ executablePath, args, chromiumSandbox: process.getuid?.() !== 0 });
}

/**
 * A page in a window of its own, watched from its first byte on. `options` are those of a Playwright
 * context; the window closes with the test.
 */
export async function openPage(t, browser, room, options = {}) {
  const context = await browser.newContext({
    baseURL: room.origin,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.seen = watch(page, room.origin);
  return page;
}

/** Notes all that a page does and should not. */
function watch(page, origin) {
  const problems = [];
  page.on('console', (message) => {
    // Chromium writes each refused navigation and each error of a policy here as well.
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('popup', (popup) => problems.push(`window: ${popup.url()}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const own = url.origin === origin || (url.protocol === 'data:' && !request.isNavigationRequest());
    if (!own) problems.push(`request: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  return {
    problems,
    /** Fails where anything was noted. */
    clean: (what = page.url()) => assert.deepEqual(problems, [], what),
  };
}

/** Goes to a page, which must be there, and gives the response. */
export async function go(page, target) {
  const response = await page.goto(target);
  assert.equal(response?.status(), 200, target);
  return response;
}

/** Waits until `test` gives a true value, and gives it. */
export async function until(what, test, ms = PATIENCE_MS) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await test();
    if (value) return value;
    if (Date.now() > end) assert.fail(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// --- What the pages hold --------------------------------------------------------------------------

/** The ids of the items of a page, in order. */
export function items(page) {
  return page.$$eval('main [data-item]', (all) => all.map((item) => item.dataset.item));
}

/** The id of the item on which the keys act, or null. */
export function current(page) {
  return page.evaluate(() => document.querySelector('[data-current]')?.dataset.item ?? null);
}

/** The address of the page of an item. */
export function itemPath(id) {
  return `/items/${id}`;
}

/**
 * The form that makes one kind of correction of an item: its action is `/corrections`, its field `item` has the id,
 * and its field or button `act` the kind. The form may hold several buttons `act`.
 */
export function correctionForm(page, act, id) {
  const named = (value) => `[name="act"][value="${value}"]`;
  return page
    .locator('form[method="post" i][action="/corrections"]')
    .filter({ has: page.locator(`[name="item"][value="${id}"]`) })
    .filter({ has: page.locator(named(act)) })
    .first();
}

/** Sends a correction by its form, and gives the notice that says so. */
export async function correct(page, act, id, fields = {}) {
  const form = correctionForm(page, act, id);
  await form.waitFor({ state: 'attached' });
  await unfold(form);
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
  const own = form.locator(`button[name="act"][value="${act}"]`);
  const button = (await own.count()) > 0 ? own : form.locator('button:not([type="button"]), input[type="submit"]');
  return noticeOf(page, () => button.first().click());
}

/** Opens what an element stands folded in. */
async function unfold(element) {
  const folded = element.locator('xpath=ancestor::details[not(@open)]/summary');
  for (let n = await folded.count(); n > 0; n -= 1) await folded.first().click();
}

/** Does something and gives the notice that the page shows of it, and did not show before. */
export async function noticeOf(page, action) {
  const shown = () =>
    page
      .$$eval('[role="status"]', (all) => all.filter((one) => one.innerText.trim()).map((one) => one.outerHTML))
      // The page may be on its way to another.
      .catch(() => []);
  const before = await shown();
  await action();
  await until('a notice', async () => (await shown()).some((notice) => !before.includes(notice)));
  return page.locator('[role="status"]').filter({ hasText: /\S/ }).last();
}

/** The button of a notice that takes back what it tells. */
export function undoButton(notice) {
  return notice.locator('form[method="post" i][action^="/corrections/"][action$="/undo"]').locator('button, input[type="submit"]');
}
