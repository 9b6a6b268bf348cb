// What the tests of harvesting share: opening a search, choosing an entry, waiting for what comes of it.
import { setTimeout as pause } from 'node:timers/promises';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { MenuEntry } from '../../../harness/browsers/driver';
import { closeSidePanel } from '../../../harness/browsers/side-panel';
import { type Collection, readCollection, tally } from '../../../harness/collection';
import { readRows } from '../../../harness/database';
import { waitFor } from '../../../harness/wait';
import type { Walk } from '../../../harness/walk';
import type { Harvest } from '../../../src/contract/harvest';

export const WAIT_MS = 60_000;
/** So small that one page of results fills it and the next is asked for only on scrolling. */
const VIEW = { width: 500, height: 400 };

export async function open(walk: Walk, address: string): Promise<Page> {
  await closeSidePanel(walk.app);
  const page = await walk.driver.newPage();
  await page.setViewport(VIEW);
  await walk.driver.open(page, address);
  await page.bringToFront();
  // What runs before anybody clicks, has run.
  await pause(250);
  return page;
}

/** Chooses the entry and gives the id of the harvest that begins; `meanwhile` is done before it does. */
export async function begin(
  walk: Walk,
  page: Page,
  entry: MenuEntry,
  image?: ElementHandle<HTMLImageElement>,
  meanwhile?: () => Promise<void>,
): Promise<string> {
  const before = new Set((await harvests(walk)).map(one => one.id));
  await walk.driver.chooseMenuEntry(page, entry, image);
  await meanwhile?.();
  const { id } = await waitFor(
    `the harvest by ${entry}`,
    async () => (await harvests(walk)).find(one => !before.has(one.id)),
    WAIT_MS,
  );
  return id;
}

/** Begins to collect from a page as the side panel does: what is found is shown before it is taken. */
export async function beginLookingOver({ app }: Walk, page: Page, newLabel: string): Promise<void> {
  await app.evaluate(
    async (url, newLabel) => {
      const { chrome } = globalThis as unknown as {
        chrome: {
          tabs: { query(of: object): Promise<{ id: number; url?: string }[]> };
          runtime: { sendMessage(message: object): Promise<unknown> };
        };
      };
      const tab = (await chrome.tabs.query({})).find(one => one.url === url);
      const args = { tabId: tab?.id, target: { newLabel }, seen: true };
      await chrome.runtime.sendMessage({ gleaner: 'startHarvest', args });
    },
    page.url(),
    newLabel,
  );
}

/** Read alone where they are asked for again and again: beside thousands of jobs that would be most of the work. */
function harvests(walk: Walk): Promise<Harvest[]> {
  return readRows<Harvest>(walk.app, 'harvests');
}

export async function harvestRow(walk: Walk, id: string): Promise<Harvest | undefined> {
  return (await harvests(walk)).find(one => one.id === id);
}

/** Waits until the harvest holds so many addresses; `between` is done before each look. */
export async function found(walk: Walk, id: string, least: number, between?: () => Promise<void>): Promise<void> {
  await waitFor(
    `${least} addresses`,
    async () => {
      await between?.();
      return ((await harvestRow(walk, id))?.found ?? 0) >= least || undefined;
    },
    WAIT_MS,
    async () => JSON.stringify(await harvestRow(walk, id)),
  );
}

/** In front, as beside a side panel: browsers hardly tell a page that nobody sees of its scrolling. */
export async function scrollDown(page: Page): Promise<void> {
  await page.bringToFront();
  // At the end already it would be no scroll, and nobody would hear of it.
  await page.evaluate(() => {
    scrollBy({ top: -200, behavior: 'instant' });
    scrollTo({ top: document.documentElement.scrollHeight });
  });
}

/** Scrolls as a person would until the harvest holds so many addresses, and then once more. */
export async function scrolledTo(walk: Walk, page: Page, id: string, least: number): Promise<void> {
  await found(walk, id, least, () => scrollDown(page));
  await scrollDown(page);
  await pause(900);
}

export async function undone(walk: Walk, id: string): Promise<void> {
  await waitFor('the undo', async () => (await harvestRow(walk, id))?.undone || undefined, WAIT_MS);
}

export async function allDownloaded(walk: Walk): Promise<Collection> {
  const now = () => readCollection(walk.app);
  await waitFor(
    'the downloads',
    async () => tally(await now()).queued === 0 || undefined,
    WAIT_MS,
    async () => JSON.stringify(tally(await now())),
  );
  return now();
}

/** Keys of every job and sample, but for what was undone with its harvest and can come back. */
export function rowsOf({ jobs, samples }: Collection): string[] {
  const here = jobs.filter(job => job.reason !== 'undone');
  return [...here.map(job => `${job.id} ${job.state}`), ...samples.map(sample => sample.sha256)].sort();
}

export async function rows(walk: Walk): Promise<string[]> {
  return rowsOf(await readCollection(walk.app));
}

/** The addresses a harvest added, sorted. */
export function addressesOf({ jobs }: Collection, harvest: string): string[] {
  return jobs
    .filter(job => job.harvestId === harvest)
    .map(job => job.candidate.url)
    .sort();
}

/** The addresses of a query's results, in order. */
export function listedInOrder(walk: Walk, query: string): string[] {
  return (walk.web.results.get(query) ?? []).map(result => result.address);
}

/** The same, sorted. */
export function listed(walk: Walk, query: string): string[] {
  return listedInOrder(walk, query).sort();
}

/** Sends the background a message from the app, as the app's own buttons do. */
export async function tellBackground(
  walk: Walk,
  message:
    | 'createLabel'
    | 'emptyBin'
    | 'pauseQueue'
    | 'resumeQueue'
    | 'undoHarvest'
    | 'createLabel'
    | 'deleteSamples'
    | 'undeleteSamples'
    | 'renameLabel'
    | 'resolveConflicts',
  args: object = {},
): Promise<void> {
  await walk.app.evaluate(
    async (gleaner, args) => {
      const { chrome } = globalThis as unknown as { chrome: { runtime: { sendMessage(m: object): Promise<unknown> } } };
      await chrome.runtime.sendMessage({ gleaner, args });
    },
    message,
    args as Record<string, string | string[]>,
  );
}
