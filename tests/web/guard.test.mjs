// The server answers nobody but the person at this machine, and its pages load and run nothing else.

import assert from 'node:assert/strict';
import net from 'node:net';
import os from 'node:os';
import { after, before, test } from 'node:test';
import { rapporteur, serve } from './room.mjs';

const REFUSED = [403, 421];

let room;
let places;
let item;
before(async () => {
  room = await serve();
  places = await room.places();
  item = places.item?.replace(/^\/items\//, '').replace(/[?#].*/, '');
});
after(() => room?.close());

test('only names of this machine are served', async () => {
  for (const host of [
    'evil.example',
    `evil.example:${room.port}`,
    `127.0.0.1.evil.example:${room.port}`,
    `localhost.evil.example:${room.port}`,
    `evil.example#127.0.0.1:${room.port}`,
    `127.0.0.1:${room.port}@evil.example`,
    '192.0.2.1',
    '0.0.0.0',
  ]) {
    const { status } = await room.ask('/', { headers: { host } });
    assert.ok([...REFUSED, 400].includes(status), `Host ${JSON.stringify(host)} gives ${status}`);
  }
  for (const host of [`127.0.0.1:${room.port}`, `localhost:${room.port}`]) {
    assert.equal((await room.ask('/', { headers: { host } })).status, 200, host);
  }
});

test('a request without a name is refused', async () => {
  const said = await new Promise((resolve, reject) => {
    const socket = net.connect(room.port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => (text += chunk)).on('end', () => resolve(text)).on('error', reject);
  });
  assert.match(said, /^HTTP\/1\.[01] 4\d\d /);
});

test('assets and forms are guarded by the name as well', async () => {
  const headers = { host: 'evil.example' };
  const token = await room.token();
  assert.ok(REFUSED.includes((await room.ask('/assets/room.js', { headers })).status));
  assert.ok(REFUSED.includes((await room.post('/corrections', { token, act: 'accept', item }, headers)).status));
  assert.deepEqual(await room.log(), []);
});

test('a form without the right token changes nothing', async () => {
  const fields = { act: 'accept', item };
  for (const [what, token] of [['none', {}], ['an empty one', { token: '' }], ['another', { token: 'x'.repeat(32) }]]) {
    assert.equal((await room.post('/corrections', { ...fields, ...token })).status, 403, what);
    assert.equal((await room.post('/corrections/000000000000/undo', token)).status, 403, `undo, ${what}`);
    assert.equal((await room.post('/add', token)).status, 403, `add, ${what}`);
  }
  assert.deepEqual(await room.log(), []);
});

test('multipart without the right token brings nothing in', async () => {
  const body = '--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\nKarsk demanded it.\r\n--x--\r\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  assert.equal((await room.ask('/add', { method: 'POST', headers, body })).status, 403);
});

test('a form of another site changes nothing, whatever it knows', async () => {
  const token = await room.token();
  for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${room.port + 1}`, `https://127.0.0.1:${room.port}`]) {
    const { status } = await room.post('/corrections', { token, act: 'accept', item }, { origin });
    assert.equal(status, 403, origin);
  }
  const site = { 'sec-fetch-site': 'cross-site' };
  assert.equal((await room.post('/corrections', { token, act: 'accept', item }, site)).status, 403, 'cross-site');
  assert.deepEqual(await room.log(), []);
});

test('the token differs from server to server', async (t) => {
  const other = await serve(t);
  assert.notEqual(await other.token(), await room.token());
});

test('a form of these pages is taken, and leads back', async (t) => {
  const own = await serve(t);
  const token = await own.token();
  const { status, headers } = await own.post('/corrections', { token, act: 'accept', item }, { origin: own.origin });
  assert.equal(status, 303);
  assert.match(headers.location, /^\/(?!\/)/, 'within the pages');
  assert.equal((await own.log()).length, 1);
});

test('the way back never leads to another site', async (t) => {
  const own = await serve(t);
  const token = await own.token();
  for (const back of ['http://evil.example/', '//evil.example/', '/\\evil.example/', 'javascript:alert(1)', '/x\r\nset-cookie: a=b']) {
    const fields = { token, act: 'note', text: 'x', item, back, next: back, return: back };
    const { status, headers } = await own.post('/corrections', fields, { origin: own.origin, referer: 'http://evil.example/' });
    assert.ok(status < 500, `${back} gives ${status}`);
    if (headers.location) {
      const to = new URL(headers.location, own.origin);
      assert.equal(to.origin, own.origin, back);
    }
    assert.equal(headers['set-cookie'], undefined);
  }
});

test('what a form asks for and is not there is no error of the server', async (t) => {
  const own = await serve(t);
  const token = await own.token();
  for (const fields of [
    {},
    { act: 'accept' },
    { act: 'accept', item: 'utterance/nothing' },
    { act: 'nothing', item },
    { act: 'note', item },
    { act: 'rate', item, credibility: '9' },
    { act: 'rename', item, name: '' },
    { act: 'accept', item: '../../x' },
  ]) {
    const { status } = await own.post('/corrections', { token, ...fields });
    assert.ok(status >= 400 && status < 500, `${JSON.stringify(fields)} gives ${status}`);
  }
  assert.ok((await own.post('/corrections/000000000000/undo', { token })).status < 500);
  assert.deepEqual(await own.log(), []);
  assert.ok(await rapporteur('check', own.file), 'the case is whole');
});

test('every answer has a policy that lets nothing else in', async () => {
  const { rooms, article, pair } = places;
  for (const target of [...rooms, article, pair, places.item, '/nothing']) {
    const { headers } = await room.ask(target);
    const policy = directives(headers['content-security-policy']);
    const sources = (name) => policy.get(name) ?? policy.get('default-src') ?? ['*'];
    const strict = (list) => list.every((source) => source === "'self'" || source === "'none'");
    assert.ok(strict(sources('default-src')), `${target}: default-src`);
    for (const name of ['script-src', 'style-src', 'connect-src', 'object-src', 'font-src', 'frame-src', 'worker-src']) {
      assert.ok(strict(sources(name)), `${target}: ${name} ${sources(name).join(' ')}`);
    }
    // These do not fall back to default-src.
    for (const name of ['frame-ancestors', 'form-action', 'base-uri']) {
      assert.ok(policy.has(name) && strict(policy.get(name)), `${target}: ${name}`);
    }
    assert.equal(headers['x-content-type-options'], 'nosniff', target);
    // With `no-referrer` a browser sends forms with `Origin: null`, which are refused.
    assert.equal(headers['referrer-policy'], 'same-origin', target);
    assert.equal(headers['access-control-allow-origin'], undefined, target);
    assert.match(headers['content-type'], /^text\/html; charset=utf-8$/i, target);
  }
});

function directives(policy) {
  assert.ok(policy, 'there is a Content-Security-Policy');
  const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
  return new Map(parts.filter(([name]) => name).map(([name, ...sources]) => [name.toLowerCase(), sources]));
}

test('the script and the style come with their types', async () => {
  const { text } = await room.ask('/');
  const style = text.match(/<link\b[^>]*\bhref="(\/assets\/[^"]+\.css[^"]*)"/)?.[1];
  assert.ok(style, 'a style sheet of the assets');
  for (const [target, type] of [['/assets/room.js', /javascript/], [style, /text\/css/]]) {
    const { status, headers } = await room.ask(target);
    assert.equal(status, 200, target);
    assert.match(headers['content-type'], type);
    assert.equal(headers['x-content-type-options'], 'nosniff', target);
  }
});

test('no path leads out of the assets', async () => {
  for (const target of ['/assets/../Cargo.toml', '/assets/..%2f..%2fCargo.toml', '/assets/%2e%2e/%2e%2e/etc/passwd', '/..%5cx', '/assets/']) {
    const { status } = await room.ask(target);
    assert.ok(status === 404 || status === 400, `${target} gives ${status}`);
  }
});

test('other methods and long requests are refused politely', async () => {
  for (const [method, target] of [['POST', '/'], ['PUT', '/corrections'], ['DELETE', '/statements'], ['TRACE', '/']]) {
    const { status } = await room.ask(target, { method });
    assert.ok(status >= 400 && status < 500 || status === 501, `${method} ${target} gives ${status}`);
  }
  const { status } = await room.ask(`/statements?q=${'a'.repeat(20_000)}`);
  assert.ok(status < 500, `a long query gives ${status}`);
  assert.equal((await room.ask('/')).status, 200, 'it still serves');
});

test('nobody else on the network reaches it', async (t) => {
  const others = Object.values(os.networkInterfaces()).flat().filter((one) => !one.internal && one.family === 'IPv4');
  if (others.length === 0) return t.skip('this machine has no other address');
  for (const { address } of others) {
    const reached = await new Promise((resolve) => {
      const socket = net.connect({ host: address, port: room.port, timeout: 1000 });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)).once('timeout', () => resolve(false));
      socket.once('close', () => socket.destroy());
    });
    assert.equal(reached, false, 'an address of this machine that others see');
  }
});
