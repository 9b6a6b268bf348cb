// The demo's web holds what a search engine's page holds: the app's own engines find every image on it, and no thumbnail.

import { request as httpRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect } from 'node:tls';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabelImages } from '../../harness/pictures/pictures';
import { demoWeb } from '../../harness/web/demo-web';
import { type Site, startSite } from '../../harness/web/site';
import { engineFor } from '../../src/engines';

/** More than one page of either engine. */
const COUNT = 230;
const labels: LabelImages[] = ['brown bears', 'polar <bears> & "cubs"'].map(label => ({
  label,
  images: Array.from({ length: COUNT }, (_, i) => ({
    name: `p ${i}.jpg`,
    bytes: Buffer.from(`${label} ${i}`),
    width: 300 + i,
    height: 200,
  })),
}));

describe.each(['bing', 'google'] as const)('the demo of %s', engineId => {
  const web = demoWeb(labels, [engineId]);
  let site: Site;
  beforeAll(async () => {
    site = await startSite(web.hosts);
  });
  afterAll(() => site.close());

  it.each(labels)('lists every image of "$label", page after page', async ({ label }) => {
    const address = new URL(web.searchAddress(label));
    const engine = engineFor(address);
    expect(engine.id).toBe(engineId);
    expect(engine.isResultsPage(address)).toBe(true);
    const found: string[] = [];
    const first = await get(site, address.href);
    const document = new JSDOM(first.body.toString(), { url: address.href }).window.document;
    expect(document.querySelectorAll('script')).toHaveLength(1);
    found.push(...engine.candidates(document, address).candidates.map(({ url }) => url));
    for (const next of furtherPages(engineId, document, label)) {
      const more = await get(site, new URL(next, address).href);
      const body = more.body.toString();
      // Bing's further results land in the document; Google's are read from the answer.
      const part = engine.records
        ? engine.records(body, new URL(next, address), address)
        : engine.candidates(new JSDOM(body).window.document, address);
      found.push(...part.candidates.map(({ url }) => url));
    }
    expect(found).toEqual(web.results.get(label)?.map(result => result.address));
  });

  it('serves each listed image byte for byte, and 404 for others', async () => {
    const result = web.results.get('brown bears')?.[17];
    const answer = await get(site, result?.address ?? '');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(labels[0]?.images[17]?.bytes);
    expect((await get(site, `${result?.address}x`)).status).toBe(404);
  });
});

describe('the site', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(new Map([['www.bing.com', (_request, _url, response) => void response.end('hello')]]));
  });
  afterAll(() => site.close());

  it('has a certificate for its hosts and no others', async () => {
    await expect(get(site, 'https://www.bing.com/')).resolves.toMatchObject({ status: 200 });
    await expect(get(site, 'https://www.google.com/')).rejects.toThrow(/altnames/);
  });

  it('is reached through its proxy, which refuses every other host', async () => {
    expect(await throughProxy(site, 'www.bing.com:443')).toBe('HTTP/1.1 200 OK');
    expect(await throughProxy(site, 'www.example.org:443')).toBe('502');
    expect(await throughProxy(site, 'www.bing.com:80')).toBe('502');
  });
});

/** Bing names its next page in the document; Google's script asks for 50 at a time after the first 100. */
function furtherPages(engine: 'bing' | 'google', document: Document, label: string): string[] {
  const pages: string[] = [];
  if (engine === 'google') {
    for (let start = 100; start < COUNT; start += 50) {
      pages.push(`/search?q=${encodeURIComponent(label)}&udm=2&asearch=arc&start=${start}&async=_fmt:pc`);
    }
    return pages;
  }
  const next = document.querySelector('[data-nextUrl]')?.getAttribute('data-nextUrl') ?? '';
  for (let first = 35; first < COUNT; first += 35) pages.push(next.replace('first=35', `first=${first}`));
  return pages;
}

function get(site: Site, address: string): Promise<{ status: number; body: Buffer }> {
  const { hostname, pathname, search } = new URL(address);
  const options: RequestOptions = {
    host: '127.0.0.1',
    port: site.port,
    servername: hostname,
    ca: site.authority,
    path: pathname + search,
    headers: { host: hostname },
    agent: false,
  };
  return new Promise((resolve, reject) => {
    request(options, response => {
      const parts: Buffer[] = [];
      response.on('data', part => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}

/** The first line of the host's answer through a tunnel, or the proxy's own status when it refuses. */
function throughProxy(site: Site, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: site.proxyPort, method: 'CONNECT', path })
      .on('connect', (answer, socket) => {
        if (answer.statusCode !== 200) {
          socket.destroy();
          resolve(String(answer.statusCode));
          return;
        }
        const secure = connect({ socket, servername: 'www.bing.com', ca: site.authority }, () => {
          secure.write('GET / HTTP/1.1\r\nHost: www.bing.com\r\nConnection: close\r\n\r\n');
        });
        secure.once('data', data => {
          resolve(data.toString().split('\r\n')[0] ?? '');
          secure.destroy();
        });
        secure.on('error', reject);
      })
      .on('error', reject)
      .end();
  });
}
