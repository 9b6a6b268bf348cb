// The first half of the walk: access, one harvest per label through the right-click menu, and the downloads.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { MenuEntry } from '../browsers/driver';
import { press, spoken } from '../browsers/elements';
import { closeSidePanel, openSidePanel } from '../browsers/side-panel';
import { readCollection, tally } from '../collection';
import { waitFor } from '../wait';
import { show, takeImage, type Walk } from '../walk';
import { pressInPopup } from './press-in-popup';

const HARVEST_MS = 120_000;
/** Time without any download coming to an end after which the downloads are taken to be stuck. */
const STALL_MS = 120_000;

/** Presses the app's own button; the browser says yes. */
export async function grantAccess(walk: Walk): Promise<void> {
  await walk.driver.answerYesToAccess();
  await show(walk, 'settings');
  await press(walk.app, 'Allow access to image sites');
  await waitFor(
    'access to image sites',
    async () => (await hasAccess(walk.app)) || undefined,
    20_000,
    async () => (await spoken(walk.app, 'alert')).join(' '),
  );
  walk.say('Access to image sites: asked by the extension, allowed in the browser.');
}

export function hasAccess(app: Page): Promise<boolean> {
  return app.evaluate(() =>
    (globalThis as unknown as { chrome: typeof chrome }).chrome.permissions.contains({ origins: ['*://*/*'] }),
  );
}

/**
 * Opens the search page of a query, collects from it by an entry of the menu or by the popup, which names the label after
 * the search too, and scrolls until all its results are taken.
 */
export async function harvest(walk: Walk, query: string, by: MenuEntry | 'popup' = 'results:query'): Promise<Page> {
  await closeSidePanel(walk.app);
  const page = await walk.driver.newPage();
  await walk.driver.open(page, walk.web.searchAddress(query));
  const before = (await readCollection(walk.app)).harvests.map(one => one.id);
  if (by === 'popup') await pressInPopup(walk, page, 'form button[type="submit"]');
  else await walk.driver.chooseMenuEntry(page, by);
  const listed = walk.web.results.get(query)?.length ?? 0;
  // What the popup begins is looked over beside the page.
  const panel = by === 'popup' ? await openSidePanel(walk.driver, walk.app, page) : undefined;
  const done = await waitFor(
    `the harvest of "${query}" to hold ${listed} addresses`,
    async () => {
      await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }));
      // Drawn images are odd enough to be held back.
      await (await panel?.$('.held-back button'))?.click();
      const taking = await panel?.$(`::-p-aria([name="Take ${listed}"][role="button"])`);
      await taking?.click();
      const { harvests } = await readCollection(walk.app);
      return harvests.find(one => !before.includes(one.id) && one.found >= listed);
    },
    HARVEST_MS,
    async () => {
      const { harvests } = await readCollection(walk.app);
      const mine = harvests.find(one => !before.includes(one.id));
      return mine ? `It holds ${mine.found} of ${mine.tiles} tiles.` : 'It did not begin.';
    },
  );
  await walk.driver.closeSidebar();
  walk.say(`"${query}": ${done.found} full-size addresses in ${done.tiles} tiles, ${done.added} new.`);
  return page;
}

/** One harvest for each label, timed; leaves the image of the first search page with the panel. */
export async function harvestAll(walk: Walk): Promise<void> {
  const start = Date.now();
  for (const [i, { label }] of walk.labels.entries()) {
    const page = await harvest(walk, label);
    if (i === 0) {
      await page.evaluate(() => scrollTo(0, 0));
      // Until the panel has something to tell of the downloads.
      await pause(1500);
      await takeImage(walk, page, 'search-page');
    }
    await page.close();
  }
  walk.seconds.harvest = (Date.now() - start) / 1000;
}

/** Waits until no download is left, counted from `since`; says how far it is now and then. */
export async function downloadAll(walk: Walk, since: number): Promise<void> {
  await show(walk, 'dataset');
  let last = { ended: -1, at: Date.now() };
  let told = 0;
  for (;;) {
    const now = tally(await readCollection(walk.app));
    const ended = now.stored + now.rejected;
    if (ended !== last.ended) last = { ended, at: Date.now() };
    if (Date.now() - told > 5000 || now.queued === 0) {
      walk.say(`Downloads: ${now.stored} stored, ${now.rejected} rejected, ${now.queued} to go.`);
      told = Date.now();
    }
    if (now.queued === 0) break;
    if (Date.now() - last.at > STALL_MS) throw new Error(`No download ended within ${STALL_MS / 1000} s.`);
    await pause(500);
  }
  walk.seconds.download = (Date.now() - since) / 1000;
  // The grid fills once the lists have been read again.
  await pause(1500);
  await takeImage(walk, walk.app, 'dataset');
}
