// Pictures of a screen as people see it: light, dark, and in a narrow window; into demo-out/screenshots, to be looked at.
// Firefox, which draws the same, takes the light one alone: three of each screen would take a minute.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Walk } from '../../scripts/demo/walk';

const FOLDER = join(import.meta.dirname, '../../demo-out/screenshots');
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 400, height: 800 };

export async function takeScreens(walk: Walk, page: Page, name: string, wide = WIDE): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await page.bringToFront();
  const take = async (mode: string) => {
    // The virtual rows are drawn a frame or two later, and colours ease into each other.
    await pause(220);
    await page.screenshot({ path: join(FOLDER, `${walk.browser}-${name}-${mode}.png`) });
  };
  await page.setViewport(wide);
  await walk.driver.colourScheme(page, 'light');
  await take('light');
  if (walk.browser === 'firefox') return;
  await walk.driver.colourScheme(page, 'dark');
  await take('dark');
  await walk.driver.colourScheme(page, 'light');
  await page.setViewport(NARROW);
  await take('narrow');
  await page.setViewport(wide);
  // What is pressed next must stand where it will stay.
  await pause(120);
}
