// Harvesting in both browsers, before three engines' own answers: all results, none twice, and undo takes exactly those.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetDownload, waitForDownload } from '../../harness/browsers/downloads';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { press, unfold } from '../../harness/browsers/elements';
import { closeSidePanel, openSidePanel } from '../../harness/browsers/side-panel';
import { readCollection } from '../../harness/collection';
import { drawTestImage, type LabelImages } from '../../harness/pictures/pictures';
import { grantAccess } from '../../harness/steps/harvest-steps';
import { confirmImport } from '../../harness/steps/import-steps';
import { openFirstSearch } from '../../harness/steps/label-steps';
import { waitFor } from '../../harness/wait';
import { show, type Walk } from '../../harness/walk';
import type { DemoEngine } from '../../harness/web/results-page';
import { engineFor } from '../../src/engines';
import { checkAddress } from '../../src/pipeline/harvest/check-address';
import { parseUrlList } from '../../src/pipeline/import/url-list';
import { openPage } from '../engines/open-page';
import { layoutChangedPage, SECRETS, TILES } from './pages/layout-changed';
import { closePanelOf, panelSays, pressInPanel, pressUndo, sidePanelOf } from './pages/panel';
import { watchFoot } from './steps/foot';
import {
  addressesOf,
  allDownloaded,
  begin,
  beginLookingOver,
  found,
  harvestRow,
  listed,
  listedInOrder,
  open,
  rows,
  rowsOf,
  scrollDown,
  scrolledTo,
  tellBackground,
  undone,
  WAIT_MS,
} from './steps/harvesting';
import { pressByKey, tabTo } from './steps/keys';
import { lookOver, PANEL } from './steps/look-over';
import { stage } from './steps/stage';

const PER_PAGE = 12;
const PAGES = 3;
const RESULTS = PER_PAGE * PAGES;
/** Addresses of the first search that the second one finds, too. */
const SHARED = 5;
const QUERIES: Record<DemoEngine, string> = { google: 'dots', bing: 'rings', duckduckgo: 'stripes' };

/** What the way from the labels collects, and nothing else does. */
const [FIRST, SECOND] = ['checks', 'squares'];
/** More than any window shows at once. */
const MANY = 6 * PER_PAGE;

const drawn = (label: string, count: number, kind = label, from = 0): LabelImages => ({
  label,
  images: Array.from({ length: count }, (_, i) => drawTestImage(kind, from + i)),
});
const labels: LabelImages[] = [
  ...Object.values(QUERIES).map(label => drawn(label, RESULTS)),
  drawn(FIRST, MANY),
  drawn(SECOND, RESULTS, FIRST, MANY),
];

describe.each(BROWSER_NAMES)('harvesting in %s', browser => {
  let walk: Walk;
  /** How long the hosts of images take to answer, in ms. */
  let slow = 0;

  beforeAll(async () => {
    walk = await stage(browser, {
      labels,
      engine: 'google',
      furtherEngines: ['bing', 'duckduckgo'],
      perPage: PER_PAGE,
      alterHosts(hosts) {
        for (const [name, host] of hosts) {
          if (!name.endsWith('.example')) continue;
          hosts.set(name, async (request, url, response) => {
            await pause(slow);
            await host(request, url, response);
          });
        }
        const google = hosts.get('www.google.com');
        hosts.set('www.google.com', (request, url, response) => {
          if (url.searchParams.get('q') !== 'changed') return google?.(request, url, response);
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(layoutChangedPage());
        });
        hosts.set('gallery.example', (_request, _url, response) => {
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(galleryPage(walk));
        });
      },
    });
    const { results } = walk.web;
    results.get('rings')?.splice(PER_PAGE, 0, ...(results.get('dots')?.slice(0, SHARED) ?? []));
    await grantAccess(walk);
  });
  afterAll(() => walk?.close());

  it('goes on where it was: panel closed, page loaded anew, background killed, all of it by keyboard', async () => {
    const { app, driver } = walk;
    if (browser === 'chromium') {
      const beside = await openSidePanel(driver, app, app);
      await beside.waitForSelector('.collect');
      await lookOver(driver, beside, 'panel-no-page', { looks: PANEL });
      await closeSidePanel(app);
    }
    const page = await openFirstSearch(walk, [FIRST, SECOND], 'bing');
    await page.setViewport({ width: 500, height: 400 });
    // The one that the click opened, which no click here could open again.
    if (browser === 'chromium') await (await openSidePanel(driver, app, page, true)).close().catch(() => undefined);
    await driver.closeSidebar();
    let panel = await sidePanelOf(page);
    /** Closed and opened again after what is done in between. */
    const anew = async (meanwhile: () => Promise<unknown>) => {
      await closePanelOf(page);
      await meanwhile();
      await page.bringToFront();
      panel = await sidePanelOf(page);
    };
    const labelled = async () => (await readCollection(app)).labels.map(({ name }) => name).sort();
    await panelSays(page, /\d+ of \d+ will be taken/);
    await tabTo(panel, '.find input');
    await panel.keyboard.press('ArrowRight');
    const second = await panel.waitForSelector('.find input[data-nth="1"]:focus', { timeout: WAIT_MS });
    const name = await second!.evaluate(one => one.getAttribute('aria-label') ?? '');
    const left = Number(new RegExp(`: ${FIRST} (\\d+) &`).exec(name)?.[1]);
    await panel.keyboard.press(' ');
    const leftOut = async () => (await isLeftOut(panel, FIRST, left)) || undefined;
    await waitFor('the second find to be left out', leftOut, WAIT_MS);
    await lookOver(driver, panel, 'panel-finds', { looks: PANEL });

    // Closed and killed while finds stream in.
    const quiet = await watchFoot(panel);
    await pressByKey(panel, 'Load more');
    await pause(1000);
    expect((await quiet()).moved).toEqual([]);
    await anew(() => driver.killBackground());
    await panelSays(page, new RegExp(`of ${MANY} will be taken`));
    await waitFor('what was left out', leftOut, WAIT_MS);
    const before = await readCollection(app);
    expect([before.labels, before.jobs, before.harvests.length]).toEqual([[], [], 1]);

    // Loaded anew, the plan has it read again, for the same harvest.
    await page.reload();
    await waitFor(
      'the finds of the page that was loaded anew',
      async () => {
        await scrollDown(page).catch(() => undefined);
        return (await wordsOf(panel)).includes(`of ${MANY} will be taken`) || undefined;
      },
      WAIT_MS,
      () => wordsOf(panel),
    );
    await panel.bringToFront();
    await waitFor('what was left out', leftOut, WAIT_MS);

    // Closed, killed and loaded anew while downloads run.
    slow = 1500;
    const still = await watchFoot(panel);
    await takeAll(panel, MANY - 1);
    await waitFor('the first images', async () => (await readCollection(app)).samples.length > 3 || undefined, WAIT_MS);
    const { moved, seen, changes } = await still();
    expect(moved).toEqual([]);
    expect(seen).toBeGreaterThanOrEqual(4);
    expect(changes).toBeGreaterThan(0);
    await lookOver(driver, panel, 'panel-downloading', { looks: PANEL });
    await anew(() => driver.killBackground());
    await panelSays(page, new RegExp(`\\d+ of ${MANY - 1} here for ${FIRST}`));
    await page.reload();
    slow = 0;
    await panelSays(page, new RegExp(`${MANY - 1} of ${MANY - 1} here for ${FIRST}`));
    const now = await allDownloaded(walk);
    expect(now.harvests).toHaveLength(1);
    expect(now.samples).toHaveLength(MANY - 1);
    const others = listedInOrder(walk, FIRST).filter((_, i) => i !== left - 1);
    expect(addressesOf(now, now.harvests[0]!.id)).toEqual(others.sort());
    await lookOver(driver, panel, 'panel-collected', { looks: PANEL });

    // The next search, taken, undone and brought back.
    await pressByKey(panel, `Next: ${SECOND} (2 of 2)`);
    await waitFor(
      'the finds of the next search',
      async () => {
        await scrollDown(page).catch(() => undefined);
        return (await wordsOf(panel)).includes(`of ${RESULTS} will be taken`) || undefined;
      },
      WAIT_MS,
      () => wordsOf(panel),
    );
    await panel.bringToFront();
    if (browser === 'chromium') await takeBackAccess(app);
    await takeAll(panel, RESULTS);
    if (browser === 'chromium') {
      await panelSays(page, /Waiting for access to image sites/);
      await lookOver(driver, panel, 'panel-access', { looks: PANEL });
      await pressByKey(panel, 'Allow access to image sites');
    }
    await panelSays(page, new RegExp(`${RESULTS} of ${RESULTS} here for ${SECOND}`));
    await lookOver(driver, panel, 'panel-train', { looks: PANEL });
    if (browser === 'chromium') await pressByKey(panel, `Undo (${RESULTS})`);
    else await pressUndo(page);
    await panelSays(page, new RegExp(`${RESULTS} images were removed from ${SECOND}`));
    expect(await labelled()).toEqual([FIRST]);
    await lookOver(driver, panel, 'panel-undone', { looks: PANEL });
    if (browser === 'chromium')
      expect(await panel.evaluate(() => document.activeElement?.textContent)).toBe('Bring them back');
    await pressByKey(panel, 'Bring them back');
    await panelSays(page, new RegExp(`All ${RESULTS} images are here already`));
    expect(await labelled()).toEqual([FIRST, SECOND]);

    await closeSidePanel(app);
    await page.close();
    for (const { id } of (await readCollection(app)).harvests)
      await tellBackground(walk, 'undoHarvest', { harvestId: id });
    await tellBackground(walk, 'emptyBin');
    expect(await labelled()).toEqual([]);
    expect((await readCollection(app)).samples).toEqual([]);
  });

  it('looks on while finds are looked over: what is unlike the rest stands last, unticked, and can be taken', async () => {
    const page = await open(walk, walk.web.searchAddress('rings', 'bing'));
    await beginLookingOver(walk, page, 'odd');
    await panelSays(page, new RegExp(`${PER_PAGE} of ${PER_PAGE} will be taken`));
    await pressInPanel(page, 'Load more');
    const all = `of ${RESULTS + SHARED} will be taken.*may be wrong and come last`;
    // Once all of them were looked at.
    const said = await panelSays(page, new RegExp(`^(?!.*Looked at).*${all}`));
    const held = Number(/(\d+) may be wrong/.exec(said)?.[1]);
    expect(said).toContain(`${RESULTS + SHARED - held} of ${RESULTS + SHARED} will be taken`);
    const last = await lastTiles(page, held);
    for (const { ticked, words } of last) {
      expect(ticked).toBe(false);
      expect(words).toContain('Unlike the others');
    }
    // What is drawn otherwise is among them, with what is drawn oddly.
    expect(last.filter(({ words }) => /dots \d/.test(words)).length).toBeGreaterThanOrEqual(SHARED - 1);
    await pressInPanel(page, 'Tick them anyway');
    await panelSays(page, new RegExp(`${RESULTS + SHARED} of ${RESULTS + SHARED} will be taken`));
    await page.close();
  });

  it('takes all of Google’s results as they are scrolled to, each once', async () => {
    const page = await open(walk, walk.web.searchAddress('dots', 'google'));
    expect(await page.$$('[data-docid]')).toHaveLength(PER_PAGE);
    const harvest = await begin(walk, page, 'results:query');
    await scrolledTo(walk, page, harvest, RESULTS);
    const now = await allDownloaded(walk);
    expect(listed(walk, 'dots')).toEqual(addressesOf(now, harvest));
    expect(now.harvests.find(one => one.id === harvest)).toMatchObject({
      ...{ engine: 'google', query: 'dots', tiles: RESULTS, found: RESULTS, added: RESULTS, known: 0, refused: {} },
    });
    expect(now.samples).toHaveLength(RESULTS);
    const fetched = walk.site.requests.filter(request => /\.example\/dots\//.test(request));
    expect(fetched.length).toBe(new Set(fetched).size);
    await page.close();
  });

  it('loads all of Bing’s by its own button into the same label, and undo takes exactly those', async () => {
    const before = await readCollection(walk.app);
    const dots = before.labels.find(label => label.name === 'dots')?.id ?? '';
    const page = await open(walk, walk.web.searchAddress('rings', 'bing'));
    expect(await page.$$('a.iusc')).toHaveLength(PER_PAGE);
    const harvest = await begin(walk, page, `results:label:${dots}`);
    await found(walk, harvest, PER_PAGE);
    await pressInPanel(page, 'Load more');
    await found(walk, harvest, RESULTS + SHARED);
    const now = await allDownloaded(walk);
    expect(now.harvests.find(one => one.id === harvest)).toMatchObject({
      ...{ engine: 'bing', tiles: RESULTS + SHARED, found: RESULTS + SHARED, added: RESULTS, known: SHARED },
    });
    const shared = new Set(listed(walk, 'dots'));
    expect(addressesOf(now, harvest)).toEqual(listed(walk, 'rings').filter(address => !shared.has(address)));
    expect(now.samples).toHaveLength(2 * RESULTS);
    // The target is further than the results go, so that the loading ends where they end.
    const end = await panelSays(page, /No more results/);
    expect(end).toContain(`${RESULTS + SHARED} of ${RESULTS + SHARED} images`);
    expect(end).toContain(`${RESULTS} added to dots · ${SHARED} already there`);
    await pressUndo(page);
    await panelSays(page, /removed from dots/);
    await undone(walk, harvest);
    expect(await rows(walk)).toEqual(rowsOf(before));
    await page.close();
  });

  it('takes all of DuckDuckGo’s, which only its answers hold; the harvest log undoes them', async () => {
    const before = await readCollection(walk.app);
    const page = await open(walk, walk.web.searchAddress('stripes', 'duckduckgo'));
    expect(await page.$$('figure')).toHaveLength(PER_PAGE);
    const harvest = await begin(walk, page, 'results:query');
    await scrolledTo(walk, page, harvest, RESULTS);
    const now = await allDownloaded(walk);
    expect(addressesOf(now, harvest)).toEqual(listed(walk, 'stripes'));
    expect(now.harvests.find(one => one.id === harvest)).toMatchObject({
      ...{ engine: 'duckduckgo', tiles: RESULTS, found: RESULTS, added: RESULTS, known: 0, refused: {} },
    });
    await page.close();
    await show(walk, 'dataset');
    await walk.app.locator('::-p-aria([name="Harvest log"][role="button"])').click();
    await walk.app.locator('.harvest-log tbody tr:first-child button').click();
    await press(walk.app, `Remove these ${RESULTS} images`);
    await undone(walk, harvest);
    await walk.app.locator('::-p-aria([name="Close"][role="button"])').click();
    expect(await rows(walk)).toEqual(rowsOf(before));
  });

  it('adds all images of an ordinary page, and single images by the tiles they stand in', async () => {
    // The label that came with the harvest went with it.
    expect((await readCollection(walk.app)).labels.map(label => label.name)).not.toContain('stripes');
    await tellBackground(walk, 'createLabel', { name: 'stripes' });
    const { labels: rows } = await readCollection(walk.app);
    const id = rows.find(label => label.name === 'stripes')?.id ?? '';
    const page = await open(walk, 'https://gallery.example/');
    const all = listedInOrder(walk, 'stripes');
    const [first, second] = all;
    const everything = await begin(walk, page, `everything:label:${id}`);
    await found(walk, everything, 2);
    await pause(900);
    expect(addressesOf(await readCollection(walk.app), everything)).toEqual([first, second].sort());
    await page.close();
    /** Opens a search and adds one of its images by the image's own entry. */
    const addOne = async (engine: DemoEngine, index: number, before?: (page: Page) => Promise<void>) => {
      const search = await open(walk, walk.web.searchAddress('stripes', engine));
      await before?.(search);
      const image = (await search.$$('.tile img'))[index] as ElementHandle<HTMLImageElement>;
      await image.scrollIntoView();
      const one = await begin(walk, search, `image:label:${id}`, image);
      await found(walk, one, 1);
      expect(addressesOf(await readCollection(walk.app), one), engine).toEqual([all[index]]);
      await search.close();
    };
    await addOne('bing', 2);
    // Google draws its first thumbnails into the page; then only the tile's id tells, in a script or in an answer.
    const scrolled = PER_PAGE + 2;
    await addOne('google', 3, page => drawThumbnail(page, 3));
    await addOne('google', scrolled, async page => {
      await scrollDown(page);
      await page.waitForSelector(`.tile:nth-child(${scrolled + 1}) img`);
      await drawThumbnail(page, scrolled);
    });
    await addOne('duckduckgo', 5);
    await allDownloaded(walk);
  });

  it('imports a list with labels and writes a label’s addresses as one', async () => {
    const [first, second, third, fourth] = listedInOrder(walk, 'rings');
    const thumbnail = 'https://encrypted-tbn0.gstatic.com/images?q=tbn:ANd9GcQ';
    const lines = ['url,label', `${first},rings`, '', `${second},rings`, `${first},rings`, 'no address,rings'];
    const path = join(walk.out, 'list.csv');
    await writeFile(path, [...lines, `${third},`, `${thumbnail},rings`, `${fourth},other`, ''].join('\r\n'));
    await show(walk, 'dataset');
    await choose(walk.app, 'stripes');
    await giveList(walk.app, 'List of addresses to import into stripes', path);
    const words = await said(walk.app, /added to 3 labels/);
    expect(words).toBe(
      "4 addresses added to 3 labels · 1 line twice in the list · 1 blank line · 1 refused as a search engine's thumbnail · 1 line without a usable address",
    );
    const now = await allDownloaded(walk);
    const addresses = (name: string) => {
      const id = now.labels.find(label => label.name === name)?.id;
      return now.jobs.filter(job => job.labelId === id && job.harvestId !== '').map(job => job.candidate.url);
    };
    expect(addresses('rings').sort()).toEqual([first, second].sort());
    expect(addresses('other')).toEqual([fourth]);
    expect(addresses('stripes')).toContain(third);
    expect(now.samples.filter(sample => sample.provenance.engine === 'list')).toHaveLength(4);

    await choose(walk.app, 'rings');
    await unfold(walk.app, 'More');
    await walk.app.locator('::-p-aria([name="Export addresses (CSV)"][role="button"])').click();
    const csv = await readFile(await waitForDownload(walk.driver.downloads, 'rings-urls.csv', WAIT_MS), 'utf8');
    const written = csv.trim().split('\r\n');
    expect(written[0]).toBe('url,label,title,source_page,width,height');
    expect(written.slice(1)).toEqual([first, second].map(url => `${url},rings,,,,`));
  });

  it('reads a list of 50,000 addresses while the page stays at hand', async () => {
    const path = join(walk.out, 'long.csv');
    // A search engine's thumbnails: every one is refused, so that the queue stays as it is.
    const lines = Array.from({ length: 50_000 }, (_, i) => `https://encrypted-tbn0.gstatic.com/images?q=tbn:${i}`);
    await writeFile(path, `url\n${lines.join('\n')}\n`);
    await show(walk, 'dataset');
    await choose(walk.app, 'other');
    const page = walk.app;
    await page.evaluate(() => {
      const watch = globalThis as unknown as { longest: number };
      watch.longest = 0;
      let last = performance.now();
      setInterval(() => {
        watch.longest = Math.max(watch.longest, performance.now() - last);
        last = performance.now();
      }, 5);
    });
    const start = Date.now();
    await giveList(page, 'List of addresses to import into other', path);
    await said(page, /Importing 50,000 addresses/);
    const readAfter = Date.now() - start;
    const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
    console.log(`50,000 addresses: read after ${readAfter} ms, the page at most ${longest.toFixed(0)} ms away`);
    expect(longest).toBeLessThan(2000);
    expect(await said(page, /50,000 refused as search engines' thumbnails/)).toContain('0 addresses added to other');
  });

  // Readers and writers are one for both browsers.
  it.runIf(browser === 'chromium')('imports lists of the wild, and what it exports comes back as it was', async () => {
    const lists = await realLists(walk);
    await tellBackground(walk, 'pauseQueue');
    const before = await rows(walk);
    const there = await jobsUnder(walk, 'other');
    const old = new Set((await readCollection(walk.app)).harvests.map(({ id }) => id));
    for (const path of lists) {
      const text = await readFile(path, 'utf8');
      const { rows: read, blank, duplicates } = parseUrlList(text);
      await choose(walk.app, 'other');
      await giveList(walk.app, 'List of addresses to import into other', path);
      const words = await said(walk.app, /added to other/);
      const taken = await jobsUnder(walk, 'other');
      const usable = new Set(read.map(({ url }) => checkAddress(url)).flatMap(one => ('key' in one ? one.key : [])));
      expect(words).toMatch(new RegExp(`^${usable.size} address(?:es)? added to other`));
      expect(new Set(taken)).toEqual(new Set([...usable, ...there]));
      if (blank > 0) expect(words).toContain(`${blank} blank line`);
      if (duplicates > 0) expect(words).toMatch(new RegExp(`${duplicates} lines? twice`));

      await forgetDownload(walk.driver.downloads, 'other-urls.csv');
      await unfold(walk.app, 'More');
      await walk.app.locator('::-p-aria([name="Export addresses (CSV)"][role="button"])').click();
      const csv = await waitForDownload(walk.driver.downloads, 'other-urls.csv', WAIT_MS);
      const back = join(walk.out, 'back.csv');
      // Under another label, so that each address counts as new.
      await writeFile(back, (await readFile(csv, 'utf8')).replaceAll(/,other,/g, ',back,'));
      await giveList(walk.app, 'List of addresses to import into other', back);
      expect(await said(walk.app, /added to back/)).toMatch(
        new RegExp(`^${taken.length} address(?:es)? added to back$`),
      );
      expect((await jobsUnder(walk, 'back')).sort()).toEqual(taken.sort());
      for (const { id, undone: gone } of (await readCollection(walk.app)).harvests) {
        if (!gone && !old.has(id)) await tellBackground(walk, 'undoHarvest', { harvestId: id });
      }
      expect(await rows(walk)).toEqual(before);
    }
    await tellBackground(walk, 'resumeQueue');
  });

  it('says that a layout changed, and saves a copy of the page without a trace of its user', async () => {
    const address = 'https://www.google.com/search?q=changed&udm=2';
    const page = await open(walk, address);
    const harvest = await begin(walk, page, 'results:query');
    await waitFor(
      'the tiles to be counted',
      async () => (await harvestRow(walk, harvest))?.tiles === TILES || undefined,
      WAIT_MS,
    );
    await panelSays(
      page,
      new RegExp(
        `shows ${TILES} images, but no address of theirs was found: the layout of this site seems to have changed`,
      ),
    );
    await lookOver(walk.driver, await sidePanelOf(page), 'panel-layout', { looks: PANEL });
    await pressInPanel(page, 'Save this page for a bug report');
    const path = await waitForDownload(walk.driver.downloads, 'gleaner-www.google.com.html', WAIT_MS);
    const copy = await readFile(path, 'utf8');
    for (const secret of SECRETS) expect(copy).not.toContain(secret);
    const url = new URL(address);
    expect(engineFor(url).candidates(openPage(copy, url), url)).toMatchObject({ tiles: TILES, candidates: [] });
    await page.close();
    await show(walk, 'dataset');
    await press(walk.app, 'Harvest log');
    await walk.app.waitForSelector('dialog[open] table .clash');
    await lookOver(walk.driver, walk.app, 'dataset-log');
    await press(walk.app, 'Close');
  });

  it('tests a picture of a page beside it, or in a page of its own where no click opens the panel', async () => {
    const page = await open(walk, 'https://gallery.example/');
    const image = (await page.$('img')) as ElementHandle<HTMLImageElement>;
    const taken = await takenForTest(walk);
    await walk.driver.chooseMenuEntry(page, 'test', image);
    await waitFor(
      'a place that takes the picture',
      async () => ((await sidePanelIsOpen(walk)) || (await testPageIsOpen(page)) ? taken() : undefined),
      WAIT_MS,
    );
    await page.close();
  });
});

/** As a person does in the browser's own settings. */
async function takeBackAccess(app: Page): Promise<void> {
  await app.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: { permissions: { remove(some: object): Promise<boolean> } } };
    await chrome.permissions.remove({ origins: ['*://*/*'] });
  });
}

function wordsOf(panel: Page): Promise<string> {
  return panel.evaluate(() => document.querySelector('main')?.innerText ?? '');
}

/** Takes so many finds by keyboard, with those that were held back: drawn images are odd enough for that. */
async function takeAll(panel: Page, count: number): Promise<void> {
  const button = () => panel.$eval('.take', one => one.textContent ?? '');
  await waitFor(
    `Take ${count}`,
    async () => {
      await (await panel.$('.held-back button'))?.click().catch(() => undefined);
      const looking = (await wordsOf(panel)).includes('Looked at');
      if (looking || (await button()) !== `Take ${count}`) return undefined;
      // More may be held back until it can be pressed.
      return pressByKey(panel, `Take ${count}`, 'body', 2000).then(
        () => true,
        () => undefined,
      );
    },
    WAIT_MS,
    button,
  );
}

/** Whether the nth result of a search is shown, and not ticked; marked ones stand last, and only tiles in sight are drawn. */
async function isLeftOut(panel: Page, label: string, nth: number): Promise<boolean> {
  return panel.evaluate(async name => {
    const grid = document.querySelector('.finds');
    if (!grid) return false;
    for (let top = 0; top < grid.scrollHeight; top += grid.clientHeight) {
      grid.scrollTo({ top });
      await new Promise(done => setTimeout(done, 100));
      const find = grid.querySelector<HTMLInputElement>(`input[aria-label*="${name}"]`);
      if (find) return !find.checked;
    }
    return false;
  }, `: ${label} ${nth} &`);
}

/** The last tiles of the side panel beside a page. */
async function lastTiles(page: Page, count: number): Promise<{ ticked: boolean; words: string }[]> {
  const panel = await sidePanelOf(page);
  await panel.$eval('.finds', grid => grid.scrollTo({ top: grid.scrollHeight }));
  await panel.waitForSelector(`.find input[data-nth="${RESULTS + SHARED - 1}"]`);
  const tiles = await panel.$$eval('.find input', all =>
    all.map(one => ({
      nth: Number(one.getAttribute('data-nth')),
      ticked: (one as HTMLInputElement).checked,
      words: one.getAttribute('aria-label') ?? '',
    })),
  );
  return tiles.sort((a, b) => a.nth - b.nth).slice(-count);
}

/** By the browser's own word: no driver looks into Firefox's sidebar. */
function sidePanelIsOpen(walk: Walk): Promise<boolean> {
  return walk.app.evaluate(async () => {
    type Panels = {
      sidebarAction?: { isOpen(of: object): Promise<boolean> };
      runtime: { getContexts(of: object): Promise<unknown[]> };
    };
    const { chrome } = globalThis as unknown as { chrome: Panels };
    if (chrome.sidebarAction) return chrome.sidebarAction.isOpen({});
    return (await chrome.runtime.getContexts({ contextTypes: ['SIDE_PANEL'] })).length > 0;
  });
}

/** Asked of the pages themselves: Firefox does not report that it opened one of the extension's. */
async function testPageIsOpen(page: Page): Promise<boolean> {
  const addresses = (await page.browser().pages()).map(one => one.evaluate(() => location.href).catch(() => ''));
  return (await Promise.all(addresses)).some(address => address.includes('popup.html?tab=1'));
}

/** From now on hears which address was left for a test; the function gives it once somebody took it. */
async function takenForTest(walk: Walk): Promise<() => Promise<string | undefined>> {
  await walk.app.evaluate(() => {
    type Changes = { testImage?: { oldValue?: string; newValue?: string } };
    type Storage = { storage: { onChanged: { addListener(heard: (changes: Changes) => void): void } } };
    const { chrome } = globalThis as unknown as { chrome: Storage };
    chrome.storage.onChanged.addListener(({ testImage }) => {
      if (testImage && testImage.newValue === undefined)
        Object.assign(globalThis, { takenForTest: testImage.oldValue });
    });
  });
  return () => walk.app.evaluate(() => (globalThis as { takenForTest?: string }).takenForTest);
}

/** Images as pages have them: one shown small with its original in srcset, one behind a link, and an icon. */
function galleryPage(walk: Walk): string {
  const [first, second] = listedInOrder(walk, 'stripes');
  return `<!doctype html><title>Gallery</title><link rel="icon" href="data:,">
<img src="${first}?w=120" srcset="${first}?w=120 120w, ${first} 224w" sizes="120px" width="120" height="120" alt="">
<a href="${second}"><img src="${second}?w=90" width="90" height="90" alt=""></a>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="16" height="16" alt="">`;
}

/** Puts an image's bytes in place of its address, as Google does. */
async function drawThumbnail(page: Page, index: number): Promise<void> {
  await page.evaluate(i => {
    const image = document.querySelectorAll<HTMLImageElement>('.tile img')[i];
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 20 + i;
    if (image) image.src = canvas.toDataURL();
  }, index);
}

const REAL_LISTS = join(import.meta.dirname, '../../../shared/urls');

/** The real lists where they are at hand; always one of the test's own with the same oddities. */
async function realLists(walk: Walk): Promise<string[]> {
  const own = join(walk.out, 'own.csv');
  const lines = Array.from({ length: 700 }, (_, i) => `https://host-${i % 40}.example/a,b;${i}.jpg?x=1&amp;y=é`);
  await writeFile(own, [...lines.slice(0, 300), '', lines[5], '', ...lines.slice(300), ''].join('\n'));
  if (!existsSync(REAL_LISTS)) console.log('Real lists of addresses are left out: ../shared/urls is not here.');
  const real = existsSync(REAL_LISTS)
    ? (await readdir(REAL_LISTS)).filter(name => name.endsWith('.csv')).slice(0, 2)
    : [];
  return [own, ...real.map(name => join(REAL_LISTS, name))];
}

/** Addresses of a label's jobs in the queue. */
async function jobsUnder(walk: Walk, name: string): Promise<string[]> {
  const { labels, jobs } = await readCollection(walk.app);
  const id = labels.find(label => label.name === name)?.id;
  return jobs.filter(job => job.labelId === id && job.reason !== 'undone').map(job => job.candidate.url);
}

async function choose(app: Page, label: string): Promise<void> {
  await app.locator(`::-p-xpath(//button[contains(@class,"label-row")][.//bdi[.="${label}"]])`).click();
}

async function giveList(app: Page, name: string, path: string): Promise<void> {
  const input = await app.waitForSelector(`input[aria-label="${name}"]`, { timeout: WAIT_MS });
  await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
  await confirmImport(app);
}

/** The words of the passing notice, once they match. */
function said(app: Page, words: RegExp): Promise<string> {
  const all = () => app.$$eval('.notice span', spans => spans.map(span => span.textContent ?? ''));
  return waitFor(
    `${words}`,
    async () => (await all()).find(text => words.test(text)),
    WAIT_MS,
    async () => (await all()).join(' | '),
  );
}
