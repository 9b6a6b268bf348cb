// The dataset, an image that is tried, and the report, of a collection that was trained before.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { drawImage } from '../../harness/pictures/pictures';
import { waitFor } from '../../harness/wait';
import { show, type Walk } from '../../harness/walk';
import { saveScreen } from './save';

/** Drawn for this, so that no training has seen it. */
const NEW_IMAGE = 1000;

export async function learntScreens(walk: Walk, folder: string): Promise<void> {
  const { app, driver } = walk;
  // A browser that starts anew with an unpacked extension has forgotten it.
  await driver.answerYesToAccess();
  await changeSettings(app, { welcomed: true });
  await app.reload();
  await show(walk, 'dataset');
  await app.waitForSelector('.tile');
  await saveScreen(app, join(folder, '3-dataset.jpg'));

  const image = join(walk.out, 'new.jpg');
  await writeFile(image, drawImage('rings', NEW_IMAGE).bytes);
  await show(walk, 'train');
  const chooser = await app.waitForSelector('.sources input[type="file"]');
  await (chooser as ElementHandle<HTMLInputElement>).uploadFile(image);
  await waitFor('the answer', () => app.$eval('.tries li .top-classes', () => true).catch(() => undefined), 120_000);
  await app.evaluate(() => scrollTo(0, 0));
  await saveScreen(app, join(folder, '4-try.jpg'));

  await show(walk, 'report');
  await app.waitForSelector('table');
  await saveScreen(app, join(folder, '5-report.jpg'));
}

/** The three steps of the first run are behind who has trained. */
async function changeSettings(app: Page, change: object): Promise<void> {
  await app.evaluate(async change => {
    const { local } = (globalThis as unknown as { chrome: typeof chrome }).chrome.storage;
    const { settings } = (await local.get('settings')) as { settings?: object };
    await local.set({ settings: { ...settings, ...change } });
  }, change);
}
