// How long do pages of a case take? `node load.mjs CASE`, with RAPPORTEUR_BIN as for the tests. Not a test: figures go into
// docs/RESULTS.md. Eight readers ask for every address, each of them once, the next one as soon as they have an answer; then
// again, when the answers are known. Readers and server share the machine.

import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { ROOMS } from './room.mjs';

const N_READERS = 8;
const N_STARTS = 5;
const N_AGAIN = 3;
/** Pages of lists from which addresses are taken. */
const N_PAGES = 8;
const ADDRESSES = ROOMS.map((room) => room.path);
const WORDS = ['border', 'talks', 'refused', 'troops', 'offer', 'port', 'treaty', 'sanctions', 'ceasefire', 'Monday', 'proposal', 'minister'];
const SEARCHES = [
  ...WORDS.map((word) => `/statements?words=${word}`),
  ...['demand', 'offer', 'refusal', 'threat'].map((name) => `/statements?class=${name}`),
  ...[25, 500, 5000, 20000].map((offset) => `/statements?offset=${offset}`),
];

const [file] = process.argv.slice(2);
if (!file || !process.env.RAPPORTEUR_BIN) {
  console.error('usage: RAPPORTEUR_BIN=rapporteur node load.mjs CASE');
  process.exit(2);
}

/** Starts a server and gives its address, and how long it took until it had answered the first page. */
async function start() {
  const begun = performance.now();
  const child = spawn(path.resolve(process.env.RAPPORTEUR_BIN), ['serve', file, '--port', '0', '--author', 'load'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  const base = await new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(`the server stopped: ${told}`)));
    child.stderr.on('data', (bytes) => {
      told += bytes;
      const address = told.match(/http:\/\/\S+:\d+/);
      if (address) resolve(address[0]);
    });
  });
  await ask(base, '/help');
  return { base, ms: performance.now() - begun, stop: () => child.kill('SIGKILL') };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: N_READERS });

function ask(base, address) {
  return new Promise((resolve, reject) => {
    const asked = http.get(base + address, { agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode} ${address}`));
        else resolve(Buffer.concat(parts).toString());
      });
    });
    asked.on('error', reject);
  });
}

async function addresses(base) {
  const found = { room: ADDRESSES, search: SEARCHES, article: new Set(), pair: new Set(), item: new Set(), day: new Set() };
  const lists = ['/sources', '/timeline', '/tensions', '/actors', '/positions'];
  lists.push(...Array.from({ length: N_PAGES }, (_, at) => `/statements?offset=${25 * (at + 1)}`));
  for (const list of lists) {
    for (const [, escaped] of (await ask(base, list)).matchAll(/href="(\/[^"]*)/g)) {
      const [link] = escaped.replaceAll('&#38;', '&').split('#');
      const kinds = { '/articles/': 'article', '/sources/pair?': 'pair', '/items/': 'item', '/timeline?': 'day' };
      const kind = Object.entries(kinds).find(([start]) => link.startsWith(start));
      if (kind) found[kind[1]].add(link);
    }
  }
  return Object.entries(found).flatMap(([kind, links]) => [...links].map((link) => ({ kind, link })));
}

/** The same order each time, with kinds mixed. */
function shuffled(list) {
  let state = 1;
  const next = (n) => (state = (state * 48271) % 2147483647) % n;
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = next(at + 1);
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

async function load(base, asked) {
  const took = [];
  let at = 0;
  const reader = async () => {
    while (at < asked.length) {
      const { kind, link } = asked[at];
      at += 1;
      const begun = performance.now();
      await ask(base, link);
      took.push({ kind, ms: performance.now() - begun });
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: N_READERS }, reader));
  return { took, perSecond: asked.length / ((performance.now() - begun) / 1000) };
}

function row(name, took) {
  const ms = took.map((one) => one.ms).sort((a, b) => a - b);
  const at = (share) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))].toFixed(1);
  console.log(`| ${name} | ${ms.length} | ${at(0.5)} ms | ${at(0.99)} ms | ${ms.at(-1).toFixed(1)} ms |`);
}

const starts = [];
for (let n = 0; n < N_STARTS; n += 1) {
  const server = await start();
  starts.push(server.ms);
  server.stop();
}
console.log(`start to first page: ${starts.map((ms) => ms.toFixed(0)).sort((a, b) => a - b).join(', ')} ms\n`);

const scout = await start();
const all = shuffled(await addresses(scout.base));
scout.stop();

const server = await start();
await new Promise((resolve) => setTimeout(resolve, 1000));
const alone = [];
for (const link of ADDRESSES) {
  const begun = performance.now();
  await ask(server.base, `${link}?alone`);
  alone.push({ ms: performance.now() - begun });
}
const first = await load(server.base, all);
const again = await load(server.base, Array.from({ length: N_AGAIN }, () => all).flat());
console.log('| pages | asked | p50 | p99 | longest |\n|---|---|---|---|---|');
row('rooms, one reader, for the first time', alone);
for (const kind of ['room', 'search', 'article', 'pair', 'item', 'day']) {
  row(`${kind}, ${N_READERS} readers, for the first time`, first.took.filter((one) => one.kind === kind));
}
row(`all, ${N_READERS} readers, for the first time`, first.took);
row(`all, ${N_READERS} readers, again`, again.took);
console.log(`\n${first.perSecond.toFixed(0)} pages a second for the first time, ${again.perSecond.toFixed(0)} again`);
server.stop();
process.exit(0);
