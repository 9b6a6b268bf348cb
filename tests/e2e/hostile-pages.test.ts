// Harvesting where the page changes, fights back or is too large, in both browsers.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHeavyPage } from '../../scripts/bench/harvest/heavy-page';
import { BROWSER_NAMES } from '../../scripts/browsers/driver';
import { readCollection } from '../../scripts/demo/collection';
import { grantAccess } from '../../scripts/demo/harvest-steps';
import { drawTestPicture, type LabelPictures } from '../../scripts/demo/pictures';
import { waitFor } from '../../scripts/demo/wait';
import type { Walk } from '../../scripts/demo/walk';
import { MAX_CANDIDATES } from '../../src/contract/candidate';
import { LAST_ELEMENT } from './closed-tree';
import {
  addressesOf,
  begin,
  found,
  harvestRow,
  listed,
  open,
  rows,
  scrollDown,
  tellBackground,
  undone,
  WAIT_MS,
} from './harvesting';
import { focusInPanel, panelSays, pressInPanel, readPanel } from './panel';
import { stage } from './stage';
import { type Notes, serveStrictPage } from './strict-page';

const PER_PAGE = 12;
const RESULTS = 2 * PER_PAGE;
/** Results of the search that is stopped long before its end. */
const LONG = 50 * PER_PAGE;

const labels: LabelPictures[] = ['dots', 'rings'].map(label => ({
  label,
  pictures: Array.from({ length: RESULTS }, (_, i) => drawTestPicture(label, i)),
}));

describe.each(BROWSER_NAMES)('difficult pages in %s', browser => {
  let walk: Walk;
  /** Opened before there was access, so that nobody heard what it fetched. */
  let early: Page;

  beforeAll(async () => {
    walk = await stage(browser, {
      labels,
      engine: 'google',
      furtherEngines: ['bing', 'duckduckgo'],
      perPage: PER_PAGE,
      alterHosts(hosts) {
        const [google, bing] = [hosts.get('www.google.com'), hosts.get('www.bing.com')];
        hosts.set('www.google.com', (request, url, response) => {
          if (url.searchParams.get('q') !== 'strict') return google?.(request, url, response);
          serveStrictPage(walk.web.results.get('dots') ?? [], response);
        });
        hosts.set('www.bing.com', (request, url, response) => {
          if (url.searchParams.get('q') !== 'heavy') return bing?.(request, url, response);
          return serveHeavyPage({ engine: 'bing', tiles: 32_000, scriptMegabytes: 5 }, response);
        });
      },
    });
    const { results } = walk.web;
    const [template] = results.get('rings') ?? [];
    if (template === undefined) throw new Error('no results');
    const long = Array.from({ length: LONG }, (_, i) => ({
      ...template,
      id: i.toString(16).padStart(40, '0'),
      address: `https://images.lantern.example/long/${i}.jpg`,
    }));
    results.set('long', long);
    early = await open(walk, walk.web.searchAddress('rings', 'duckduckgo'));
    await grantAccess(walk);
    // What is collected here need not be downloaded.
    await tellBackground(walk, 'pauseQueue');
  });
  afterAll(() => walk?.close());

  it('asks to reload a page that fetched its results before anybody could look', async () => {
    await early.bringToFront();
    const before = await begin(walk, early, 'results:query');
    await panelSays(early, new RegExp(`${PER_PAGE} tiles without an address: .*Reload the page`));
    expect((await readPanel(early)).controls).toEqual(['Minimise', 'Close and stop collecting']);
    await early.reload();
    const harvest = await begin(walk, early, 'results:query');
    await found(walk, harvest, PER_PAGE);
    expect((await harvestRow(walk, before))?.found).toBe(0);
    await pressInPanel(early, 'Undo');
    await undone(walk, harvest);
    await early.close();
  });

  it('finds what a tab switched to in the page brings, and stops when the image tab is left', async () => {
    const page = await open(walk, 'https://duckduckgo.com/?q=dots&ia=web');
    const harvest = await begin(walk, page, 'results:query');
    await panelSays(page, /No images found/);
    await tab(page, 'Images');
    await found(walk, harvest, PER_PAGE);
    await found(walk, harvest, RESULTS, () => scrollDown(page));
    expect(addressesOf(await readCollection(walk.app), harvest)).toEqual(listed(walk, 'dots'));
    // The log names the engine that brought them, and the address of its tab.
    expect(await harvestRow(walk, harvest)).toMatchObject({ engine: 'duckduckgo', found: RESULTS, refused: {} });
    expect((await harvestRow(walk, harvest))?.pageUrl).toContain('iax=images');

    await tab(page, 'All');
    await panelSays(page, /no longer shows these results/);
    await addTile(page, 'https://late.example/1.jpg');
    await pause(1500);
    expect((await harvestRow(walk, harvest))?.found).toBe(RESULTS);
    await tab(page, 'Images');
    await panelSays(page, /Collecting/);
    await pressInPanel(page, 'Undo');
    await undone(walk, harvest);
    await page.close();
  });

  it('stops when it is told to, and goes on when more is asked for', async () => {
    const before = await rows(walk);
    const page = await open(walk, walk.web.searchAddress('long', 'bing'));
    const harvest = await begin(walk, page, 'results:query');
    await found(walk, harvest, PER_PAGE);
    await pressInPanel(page, 'Load more');
    await found(walk, harvest, 3 * PER_PAGE);
    await pressInPanel(page, 'Stop');
    await panelSays(page, /Stopped/);
    await pause(1500);
    const then = (await harvestRow(walk, harvest))?.found ?? 0;
    expect(then).toBeLessThan(LONG);
    for (let i = 0; i < 3; i++) {
      await scrollDown(page);
      await pause(500);
    }
    expect((await harvestRow(walk, harvest))?.found).toBe(then);
    await pressInPanel(page, 'Load more');
    await found(walk, harvest, then + 2 * PER_PAGE);
    await pressInPanel(page, 'Undo');
    await undone(walk, harvest);
    expect(await rows(walk)).toEqual(before);
    await page.close();
  });

  it('works under a strict policy in a page that fights back, disturbs nothing, and obeys no forgery', async () => {
    const page = await open(walk, 'https://www.google.com/search?q=strict&udm=2');
    const before = await readCollection(walk.app);
    const harvest = await begin(walk, page, 'results:ask', undefined, async () => {
      await panelSays(page, /New label/);
      await page.keyboard.type('jk?');
      await page.keyboard.press('Enter');
    });
    await found(walk, harvest, RESULTS);
    const collected = await readCollection(walk.app);
    expect(collected.labels.map(label => label.name)).toContain('jk?');
    expect(addressesOf(collected, harvest)).toEqual(listed(walk, 'dots'));
    await panelSays(page, new RegExp(`${RESULTS} of ${RESULTS} tiles`));

    const view = await readPanel(page);
    await page.evaluate(`forge(${LAST_ELEMENT})`);
    await pause(1500);
    expect(await readPanel(page)).toEqual(view);
    const after = await readCollection(walk.app);
    expect(after.jobs).toEqual(collected.jobs);
    expect(after.labels).toEqual(collected.labels);
    expect(after.harvests).toHaveLength(before.harvests.length + 1);

    // Escape folds the panel, the keyboard reaches every control, and a page that throws it out gets it back.
    await focusInPanel(page, 'Undo');
    await page.keyboard.press('Escape');
    await waitFor(
      'the folded panel',
      async () => (await readPanel(page)).controls.includes('Show') || undefined,
      WAIT_MS,
      async () => JSON.stringify(await readPanel(page)),
    );
    await page.keyboard.press('Enter');
    await page.evaluate(`${LAST_ELEMENT}.remove()`);
    await panelSays(page, /tiles/);
    await pressInPanel(page, 'Undo');
    await undone(walk, harvest);
    const notes = await page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes);
    // Its own forged keys are the only ones that the page hears.
    expect(notes).toEqual({ violations: [], errors: [], reached: [], keys: [] });
    await page.close();
  });

  it('takes 5,000 of 32,000 tiles beside a script of 5 MB', async () => {
    const before = await rows(walk);
    const page = await open(walk, 'https://www.bing.com/images/search?q=heavy');
    const harvest = await begin(walk, page, 'results:query');
    await found(walk, harvest, MAX_CANDIDATES);
    const said = await panelSays(page, /beyond the limit/);
    expect(said).toContain('5,000 of');
    await pause(1500);
    const { jobs } = await readCollection(walk.app);
    expect(jobs.filter(job => job.harvestId === harvest)).toHaveLength(MAX_CANDIDATES);
    await pressInPanel(page, 'Undo');
    await undone(walk, harvest);
    expect(await rows(walk)).toEqual(before);
    await page.close();
  });
});

async function tab(page: Page, words: string): Promise<void> {
  await page.locator(`.tabs ::-p-text(${words})`).click();
}

/** A link to a picture, such as a page of another kind may show. */
async function addTile(page: Page, address: string): Promise<void> {
  await page.evaluate(href => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = 'picture';
    document.body.append(link);
  }, address);
}
