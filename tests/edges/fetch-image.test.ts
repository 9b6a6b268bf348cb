// Fetching from a server that misbehaves in every way: each ends in time with its own reason.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FetchOptions, fetchImage } from '../../src/edges/fetch-image';

const LIMITS = { headers: 400, stalled: 300, total: 1_500, bytes: 100_000 };
const seen: IncomingMessage[] = [];
const pages: Record<string, (response: ServerResponse) => void> = {
  '/ok': response => response.end('picture'),
  '/cookie': response => response.writeHead(200, { 'set-cookie': 'a=b' }).end('picture'),
  '/gzip': response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('picture')),
  '/bomb': response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
  '/empty': response => response.end(),
  '/404': response => response.writeHead(404).end('no'),
  '/410': response => response.writeHead(410).end(),
  '/500': response => response.writeHead(500).end(),
  '/429': response => response.writeHead(429, { 'retry-after': '9' }).end(),
  '/noai': response => response.writeHead(200, { 'x-robots-tag': 'noindex, NoAI' }).end('picture'),
  '/announced': response => response.writeHead(200, { 'content-length': '200000' }).flushHeaders(),
  '/endless': response => {
    const timer = setInterval(() => response.write(Buffer.alloc(20_000)), 5);
    response.on('close', () => clearInterval(timer));
  },
  '/drip': response => {
    const timer = setInterval(() => response.write('.'), 100);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => undefined,
  '/stalled': response => response.write('half'),
  '/reset': response => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setTimeout(() => response.socket?.destroy(), 50);
  },
  '/loop': response => response.writeHead(302, { location: '/loop' }).end(),
  '/data': response => response.writeHead(302, { location: 'data:image/png;base64,AAAA' }).end(),
};
let server: Server;
let origin = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    (pages[request.url ?? ''] ?? pages['/404'])?.(response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The public name our server has in these tests; the code under test must refuse its real one. */
const toServer: typeof fetch = (address, init) => fetch(`${origin}${new URL(String(address)).pathname}`, init);

function get(path: string, options: Partial<FetchOptions> = {}) {
  return fetchImage(`https://img.example.com${path}`, {
    honourOptOut: true,
    limits: LIMITS,
    fetch: toServer,
    ...options,
  });
}

it.each([
  ['/404', 'rejected', 'not-found', 404],
  ['/410', 'rejected', 'gone', 410],
  ['/500', 'retry', 'http-error', 500],
  ['/429', 'retry', 'throttled', 429],
  ['/noai', 'rejected', 'opted-out', 200],
  ['/announced', 'rejected', 'too-large', 200],
  ['/endless', 'rejected', 'too-large', 200],
  ['/bomb', 'rejected', 'too-large', 200],
  ['/silent', 'retry', 'timeout-headers', undefined],
  ['/stalled', 'retry', 'timeout-stalled', undefined],
  ['/drip', 'retry', 'timeout-total', undefined],
  ['/reset', 'retry', 'network', undefined],
  ['/loop', 'retry', 'network', undefined],
  ['/data', 'retry', 'network', undefined],
])('%s ends as %s %s', async (path, kind, reason, status) => {
  const fetched = await get(path);
  expect(fetched).toMatchObject({ ok: false, outcome: { kind, reason } });
  expect(!fetched.ok && fetched.status).toBe(status);
});

it.each([
  ['/ok', 'picture'],
  ['/gzip', 'picture'],
  ['/empty', ''],
])('%s gives its body', async (path, text) => {
  const fetched = await get(path);
  expect(fetched.ok && new TextDecoder().decode(fetched.body)).toBe(text);
});

it('takes what opted out when the user has said so', async () => {
  expect((await get('/noai', { honourOptOut: false })).ok).toBe(true);
});

it('gives Retry-After on', async () => {
  expect(await get('/429')).toMatchObject({ outcome: { retryAfterMs: 9_000 } });
});

it('never asks a private address, and discards what a redirect to one gives', async () => {
  const before = seen.length;
  expect(await fetchImage(`${origin}/ok`, { honourOptOut: true })).toMatchObject({
    ok: false,
    outcome: { kind: 'rejected', reason: 'address-refused' },
  });
  expect(await fetchImage('http://127.0.0.1/ok', { honourOptOut: true })).toMatchObject({
    outcome: { reason: 'private-address' },
  });
  expect(seen.length).toBe(before);
  const redirected: typeof fetch = async () => {
    const response = new Response('secret');
    Object.defineProperties(response, {
      url: { value: 'http://192.168.0.1/admin.png' },
      redirected: { value: true },
    });
    return response;
  };
  expect(await get('/ok', { fetch: redirected })).toMatchObject({
    ok: false,
    outcome: { kind: 'rejected', reason: 'redirect-refused', detail: '192.168.0.1' },
  });
});

/** A browser whose rules refuse where this address leads: only a request that follows nothing is answered. */
function barredBehind(asked: (string | undefined)[], later?: Response): typeof fetch {
  return async (_address, init) => {
    asked.push(init?.redirect);
    if (init?.redirect === 'manual') return { type: 'opaqueredirect', status: 0, body: null } as Response;
    if (later && asked.length > 2) return later;
    throw new TypeError('Failed to fetch');
  };
}

it('refuses a redirect that cannot be followed, after a second look', async () => {
  const asked: (string | undefined)[] = [];
  expect(await get('/ok', { fetch: barredBehind(asked) })).toEqual({
    ok: false,
    outcome: { kind: 'rejected', reason: 'redirect-refused' },
  });
  expect(asked).toEqual(['follow', 'manual', 'follow']);
  const mended = await get('/ok', { fetch: barredBehind([], new Response('picture')) });
  expect(mended.ok && new TextDecoder().decode(mended.body)).toBe('picture');
});

it('follows no redirect where the rules would not see it', async () => {
  const asked: (string | undefined)[] = [];
  expect(await get('/ok', { fetch: barredBehind(asked), followRedirects: false })).toEqual({
    ok: false,
    outcome: { kind: 'rejected', reason: 'no-permission' },
  });
  expect(asked).toEqual(['manual']);
});

it('asks without cookies and referrer', async () => {
  const inits: (RequestInit | undefined)[] = [];
  await get('/cookie', {
    fetch: (address, init) => {
      inits.push(init);
      return toServer(address, init);
    },
  });
  expect(inits).toMatchObject([{ credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }]);
});
