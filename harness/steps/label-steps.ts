// The way from the labels: their names typed, one search after the other opened by Gleaner, looked over and taken.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { press } from '../browsers/elements';
import { openSidePanel } from '../browsers/side-panel';
import { readCollection } from '../collection';
import { waitFor } from '../wait';
import { show, takeImage, type Walk } from '../walk';
import { hasAccess } from './harvest-steps';

const WAIT_MS = 120_000;

/** Types the names and has the first search opened, pressing and counting what a user presses. */
export async function openFirstSearch(walk: Walk, typed: readonly string[], engine = walk.engine): Promise<Page> {
  const { app, driver, web } = walk;
  await show(walk, 'dataset');
  const names = await app.waitForSelector('.start textarea', { timeout: WAIT_MS });
  await names?.type(typed.join('\n'));
  if (engine !== 'bing') {
    walk.clicks++;
    await app.select('.start select', engine);
  }
  if (!(await hasAccess(app))) await driver.answerYesToAccess();
  await app.bringToFront();
  const before = await app.browser().pages();
  // The button asks for access, which is one more press in the browser's own window.
  walk.clicks += 2;
  await app.locator('.start button[type="submit"]').click();
  const { hostname } = new URL(web.searchAddress(typed[0] ?? '', engine));
  return waitFor(
    'the first search',
    async () =>
      (await app.browser().pages()).find(
        page => !before.includes(page) && URL.canParse(page.url()) && new URL(page.url()).hostname === hostname,
      ),
    WAIT_MS,
  );
}

/** Goes the whole way from the names, and leaves an image of the first search and of the side panel. */
export async function collectFromLabels(walk: Walk): Promise<void> {
  const { app, driver, labels, web } = walk;
  const click = async (page: Page, name: string) => {
    walk.clicks++;
    await press(page, name, WAIT_MS);
  };
  const search = await openFirstSearch(
    walk,
    labels.map(({ label }) => label),
  );
  const start = Date.now();
  const panel = await openSidePanel(driver, app, search, true);
  for (const [i, { label }] of labels.entries()) {
    const listed = web.results.get(label)?.length ?? 0;
    const look = () =>
      panel.evaluate(() => ({
        label: document.querySelector('h1')?.innerText,
        words: document.body.innerText,
        button: document.querySelector('.panel-foot .take')?.textContent ?? '',
      }));
    const chosen = await waitFor(
      `the ${listed} finds of "${label}"`,
      async () => {
        // The next search may be on its way into the same tab.
        await search
          .evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }))
          .catch(() => undefined);
        const now = await look();
        // What the page before showed is all taken, and stands there until the next one has come.
        const own = search.url().includes(encodeURIComponent(label)) && now.label === label;
        return own && now.words.includes(` of ${listed} will be taken`) ? now.button : undefined;
      },
      WAIT_MS,
      async () => (await look()).words,
    );
    if (i === 0) {
      // The small images come as they are seen.
      await pause(1500);
      await takeImage(walk, search, 'search-page');
      await takeImage(walk, panel, 'side-panel');
      await search.bringToFront();
    }
    // By its place: what looks wrong is held back as it is seen, and the number in its name with it.
    walk.clicks++;
    await panel.locator('.panel-foot .take').click();
    await waitFor(
      `"${label}" to be taken`,
      async () => (await readCollection(app)).labels.some(({ name }) => name === label) || undefined,
      WAIT_MS,
    );
    walk.say(`"${label}": ${chosen} of ${listed} finds.`);
    const next = labels[i + 1];
    if (next) await click(panel, `Next: ${next.label} (${i + 2} of ${labels.length})`);
    else await click(panel, 'Train');
  }
  walk.seconds.harvest = (Date.now() - start) / 1000;
  await search.close();
  await panel.close().catch(() => undefined);
}
