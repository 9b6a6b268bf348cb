// Candidates per second of the record scanner on a results page of 1.7 MB, beside a plain search for addresses, in real
// browsers. The scanner gives the full-size addresses and nothing else; the search gives every address there is.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import puppeteer, { type Page } from 'puppeteer-core';
import { BROWSER_NAMES, type BrowserName } from '../../harness/browsers/driver';
import { obtainBrowser } from '../../harness/browsers/install';
import { isRoot } from '../../harness/browsers/profile';
import { bundleScript } from '../build/bundle-script';
import type { Calls } from './harvest/page';
import { type BenchPage, twinAnswer, twinPage } from './harvest/twin';
import { machineInWords, met, print, type Result, type Row, save } from './results/table';

const SAVED = join(import.meta.dirname, '../../../shared/pages/google/cat_udm2_dom_2024-08.html');
const LENGTH = 1_700_000;
const LIMIT_MS = 100;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string' }, rounds: { type: 'string', default: '31' } },
  });
  const rounds = Number(values.rounds);
  const pages = [twinPage(LENGTH)];
  if (existsSync(SAVED)) {
    pages.push({
      name: 'saved page',
      address: 'https://www.google.com/search?q=cat&udm=2',
      html: readFileSync(SAVED, 'utf8'),
      expected: 100,
    });
  } else console.log('The saved page is left out: ../shared/pages is not here.');
  const results: Result[] = [];
  for (const name of BROWSER_NAMES) results.push(await measure(name, pages, rounds));
  for (const result of results) print(result);
  save(values.out, results);
  return results.every(({ goals }) => goals.every(met)) ? 0 : 1;
}

async function measure(name: BrowserName, pages: BenchPage[], rounds: number): Promise<Result> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>bench</title>');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: await obtainBrowser(name, console.log),
    headless: true,
    args: name === 'chromium' && isRoot() ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate((await bundleScript(join(import.meta.dirname, 'harvest/page.ts'))).code);
    const result: Result = {
      bench: 'harvest',
      machine: machineInWords(),
      browser: await browser.version(),
      rows: [],
      goals: [],
    };
    for (const one of pages) await measurePage(page, one, rounds, result);
    const { body, expected } = twinAnswer();
    const answer = await call(page, 'answer', body, 'https://www.google.com/search?q=cats&udm=2', rounds);
    expectCount('the answer', answer.urls, expected);
    result.rows.push({
      name: 'answer of 100 results',
      value: answer.ms,
      unit: 'ms',
      note: `${body.length} characters`,
    });
    return result;
  } finally {
    await browser.close();
    server.close();
  }
}

async function measurePage(page: Page, one: BenchPage, rounds: number, { rows, goals }: Result): Promise<void> {
  // Turn by turn, so that a busy moment of the machine meets both.
  const [ours, rival] = [
    [0, 0],
    [0, 0],
  ] as [number[], number[]];
  let scanned: string[] = [];
  let matched: string[] = [];
  for (const half of [0, 1]) {
    const scan = await call(page, 'scan', one.html, one.address, Math.ceil(rounds / 2));
    const search = await call(page, 'regex', one.html, Math.ceil(rounds / 2));
    [ours[half], rival[half]] = [scan.ms, search.ms];
    [scanned, matched] = [scan.urls, search.urls];
  }
  expectCount(one.name, scanned, one.expected);
  const ms = Math.min(...ours);
  const theirs = Math.min(...rival);
  const hits = scanned.filter(url => matched.includes(url)).length;
  const rate = (count: number, took: number): Pick<Row, 'value' | 'unit'> => ({
    value: count / (took / 1000),
    unit: 'candidates/s',
  });
  rows.push(
    {
      name: `${one.name}, scanner`,
      ...rate(scanned.length, ms),
      ratio: scanned.length / ms / (hits / theirs),
      note: `${scanned.length} full-size addresses, nothing else, in ${ms.toFixed(1)} ms`,
    },
    {
      name: `${one.name}, search for addresses`,
      ...rate(hits, theirs),
      ratio: 1,
      note: `${hits} of them among ${matched.length} addresses in ${theirs.toFixed(1)} ms`,
    },
  );
  goals.push({ name: `${one.name} (${one.html.length} characters), ms`, ratio: ms, wanted: LIMIT_MS, atMost: true });
}

function call<N extends keyof Calls>(page: Page, name: N, ...args: Parameters<Calls[N]>) {
  return page.evaluate(
    (name, args) =>
      (globalThis as unknown as { calls: Record<string, (...all: unknown[]) => ReturnType<Calls[N]>> }).calls[name]?.(
        ...args,
      ) as ReturnType<Calls[N]>,
    name as string,
    args as unknown[],
  );
}

function expectCount(what: string, urls: string[], expected: number): void {
  if (urls.length !== expected) throw new Error(`${what}: ${urls.length} addresses instead of ${expected}.`);
}
