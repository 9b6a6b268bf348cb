// Builds the bench's page from the extension's sources, serves it on loopback, and opens it in a real Chromium.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { obtainBrowser } from '../../../harness/browsers/install';
import { isRoot } from '../../../harness/browsers/profile';
import type { Calls } from './page/page';

const BUILT = join(import.meta.dirname, '../../../.cache/bench-page');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
};

/** Calls one of the page's functions. */
export type Ask = <Name extends keyof Calls>(
  name: Name,
  ...args: Parameters<Calls[Name]>
) => Promise<Awaited<ReturnType<Calls[Name]>>>;

export interface BenchStage {
  browser: Browser;
  version: string;
  /** A fresh page with its own memory; its `close` frees it. */
  open(): Promise<{ page: Page; ask: Ask; close(): Promise<void> }>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** Folders served under a name, as `/<name>/…`. */
  folders?: Record<string, string>;
  /** Files served from memory, by path such as `/images/0.jpg`. */
  files?: Map<string, Buffer>;
  /** Kept from one run to the next, with what the page stored. */
  profile?: string;
  /** Lets WebGPU run on the software renderer. */
  softwareGpu?: boolean;
}

export async function startStage({
  folders = {},
  files = new Map(),
  profile,
  softwareGpu,
}: StageOptions): Promise<BenchStage> {
  await build({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { 'webextension-polyfill': join(import.meta.dirname, 'page/no-extension.ts') } },
    // The threads of tfjs start from the text of a function, which minifying breaks.
    build: { outDir: BUILT, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 9000, minify: false },
    worker: { format: 'es' },
  });
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const headers = {
      'content-type': TYPES[extname(path)] ?? (path === '/' ? 'text/html' : 'application/octet-stream'),
      // Threads of wasm need shared memory, which browsers give to isolated pages only.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    const bytes = files.get(path);
    if (bytes) return void response.writeHead(200, headers).end(bytes);
    const [, first = '', ...rest] = path.split('/');
    const file = first in folders ? join(folders[first]!, ...rest) : join(BUILT, path === '/' ? 'index.html' : path);
    if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404, headers).end();
    response.writeHead(200, headers);
    createReadStream(file).pipe(response);
  });
  // The port is part of a page's origin, which must stay the same for a kept profile.
  await new Promise<void>(resolve => server.listen(profile ? 42_117 : 0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await puppeteer.launch({
    executablePath: await obtainBrowser('chromium', console.log),
    headless: true,
    pipe: true,
    protocolTimeout: 3_600_000,
    ...(profile ? { userDataDir: profile } : {}),
    args: [
      '--disable-background-networking',
      ...(softwareGpu ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] : []),
      ...(isRoot() ? ['--no-sandbox'] : []),
    ],
  });
  return {
    browser,
    version: await browser.version(),
    async open() {
      const page = await browser.newPage();
      page.on('pageerror', error => console.error(error));
      await page.goto(origin, { waitUntil: 'load' });
      const ask: Ask = (name, ...args) =>
        page.evaluate(
          (name, args) =>
            (globalThis as unknown as { calls: Record<string, (...a: unknown[]) => unknown> }).calls[name]!(...args),
          name as string,
          args as unknown[],
        ) as never;
      return { page, ask, close: () => page.close() };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
