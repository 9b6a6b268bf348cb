// How long a harvest holds the main thread of pages that are made to hurt: 100,000 tiles, 200 MB of script, tiles that
// each carry a long attribute. In both browsers, with the built extension, against the page's own rest before it.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BROWSER_NAMES, type BrowserName } from '../../harness/browsers/driver';
import { readCollection } from '../../harness/collection';
import { grantAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import { type Walk, walkOnce } from '../../harness/walk';
import type { Host } from '../../harness/web/site';
import { MAX_CANDIDATES } from '../../src/contract/candidate';
import { buildExtension, TARGET_OF } from '../build/build-extension';
import { type Heaviness, serveHeavyPage } from './harvest/heavy-page';
import { longestBlock, watchThread } from './harvest/thread';
import { machineInWords, met, print, type Result, save } from './results/table';

const PAGES: Record<string, Heaviness> = {
  '100 tiles': { engine: 'bing', tiles: 100, scriptMegabytes: 0 },
  '100,000 tiles': { engine: 'bing', tiles: 100_000, scriptMegabytes: 0 },
  '20,000 tiles of 10 KB': { engine: 'bing', tiles: 20_000, scriptMegabytes: 0, padding: 10_000 },
  '200 MB of script': { engine: 'google', tiles: 100, scriptMegabytes: 200 },
  '100,000 tiles and 200 MB of script': { engine: 'google', tiles: 100_000, scriptMegabytes: 200 },
};
const LIMIT_MS = 1000;
const WAIT_MS = 180_000;
/** Quiet for so long, a harvest has read what it reads. */
const QUIET_MS = 5000;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' }, browser: { type: 'string' } } });
  const results: Result[] = [];
  for (const name of BROWSER_NAMES) {
    if (values.browser === undefined || values.browser === name) results.push(await measure(name));
  }
  for (const result of results) print(result);
  save(values.out, results);
  return results.every(({ goals }) => goals.every(met)) ? 0 : 1;
}

async function measure(browser: BrowserName): Promise<Result> {
  await buildExtension(TARGET_OF[browser]);
  const options = {
    browser,
    furtherEngines: ['google'] as const,
    alterHosts(hosts: Map<string, Host>) {
      for (const host of ['www.bing.com', 'www.google.com']) {
        hosts.set(host, (_request, url, response) => {
          const page = PAGES[url.searchParams.get('q') ?? ''];
          return page ? serveHeavyPage(page, response) : void response.writeHead(404).end();
        });
      }
    },
  };
  return walkOnce(options, async walk => {
    await grantAccess(walk);
    const { version } = walk.driver;
    const result: Result = { bench: 'hostile', machine: machineInWords(), browser: version, rows: [], goals: [] };
    for (const name of Object.keys(PAGES)) await measurePage(walk, name, result);
    return result;
  });
}

async function measurePage(walk: Walk, name: string, { rows, goals }: Result): Promise<void> {
  const page = await walk.driver.newPage();
  try {
    page.setDefaultTimeout(WAIT_MS);
    await walk.driver.open(page, walk.web.searchAddress(name, PAGES[name]?.engine));
    await page.bringToFront();
    await watchThread(page);
    await pause(3000);
    const before = await longestBlock(page);
    await walk.driver.chooseMenuEntry(page, 'results:query');
    let last = { found: -1, at: Date.now() };
    const found = await waitFor(
      `the harvest of ${name}`,
      async () => {
        const { harvests } = await readCollection(walk.app);
        const mine = harvests.find(({ query }) => query === name)?.found ?? 0;
        if (mine !== last.found) last = { found: mine, at: Date.now() };
        return mine > 0 && Date.now() - last.at > QUIET_MS ? mine : undefined;
      },
      WAIT_MS,
    );
    const blocked = await longestBlock(page);
    rows.push(
      { name: `${name}, before the harvest`, value: before, unit: 'ms' },
      { name, value: blocked, unit: 'ms', note: `${found} addresses` },
    );
    goals.push(
      { name: `${name}: longest block of the main thread, ms`, ratio: blocked, wanted: LIMIT_MS, atMost: true },
      { name: `${name}: candidates`, ratio: found, wanted: MAX_CANDIDATES, atMost: true },
    );
  } finally {
    await page.close();
  }
}
