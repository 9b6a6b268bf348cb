// Looks a page over as it stands: accessibility by axe-core, nothing wider than the window, an image for people to judge.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { Driver } from '../../../harness/browsers/driver';

/** Where tests leave what they saw. */
export const SCREENSHOTS = join(import.meta.dirname, '../../../demo-out/screenshots');
interface Look {
  name: string;
  scheme: 'light' | 'dark';
  viewport: { width: number; height: number };
}

/** Each state is looked at in both: together they have both schemes and both widths. */
const SCREEN: Look[] = [
  { name: 'dark-narrow', scheme: 'dark', viewport: { width: 400, height: 800 } },
  { name: 'light', scheme: 'light', viewport: { width: 1280, height: 900 } },
];
/** The size browsers give to a popup. */
export const POPUP: Look[] = [
  { name: 'dark', scheme: 'dark', viewport: { width: 360, height: 560 } },
  { name: 'light', scheme: 'light', viewport: { width: 360, height: 560 } },
];

/** As narrow as browsers let a side panel be, and as wide as people draw it. */
export const PANEL: Look[] = [
  { name: 'dark-narrow', scheme: 'dark', viewport: { width: 280, height: 700 } },
  { name: 'light', scheme: 'light', viewport: { width: 400, height: 900 } },
];

/** Leaves `<state>-<browser>-<look>.png` for each look, and the page as the last look has it. */
export async function lookOver(
  driver: Driver,
  page: Page,
  state: string,
  {
    looks = SCREEN,
    at,
    rules = true,
  }: {
    looks?: Look[];
    /** Selector of what shall be in sight. */
    at?: string | undefined;
    /** Whether axe-core looks too, in Chromium: it takes a second, and the same screen with other words needs it no second time. */
    rules?: boolean;
  } = {},
): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  // The second browser's images differ little: the harder half is enough.
  for (const look of driver.name === 'firefox' ? looks.slice(0, 1) : looks) {
    const { name } = look;
    await put(driver, page, look);
    if (at) {
      const show = () => page.$eval(at, element => element.scrollIntoView({ block: 'center' }));
      await show();
      // What is drawn only when it is in sight may push it away again.
      await page.evaluate(() => new Promise(done => setTimeout(done, 100)));
      await show();
    }
    await page.screenshot({ path: join(SCREENSHOTS, `${state}-${driver.name}-${name}.png`) });
    // Soft, so that what follows is looked over as well.
    expect.soft(await wider(page), `${state}, ${name}: wider than the window`).toEqual([]);
    expect.soft((await accents(page)).slice(1), `${state}, ${name}: more than one thing to do next`).toEqual([]);
    // Its rules are about elements and styles, which both browsers are given alike.
    if (!rules || driver.name === 'firefox') continue;
    // What became possible to press meanwhile is on its way to another colour.
    await finishMotion(page);
    expect.soft(await violations(page), `${state}, ${name}: axe-core`).toEqual([]);
  }
  // What is pressed next must stand where it will stay.
  if (driver.name === 'firefox') await put(driver, page, looks.at(-1)!);
}

async function put(driver: Driver, page: Page, { scheme, viewport }: Look): Promise<void> {
  await page.bringToFront();
  await driver.colourScheme(page, scheme);
  await page.setViewport(viewport);
  // Charts and rows are drawn anew for another width, and motion is brought to its end: a colour on its way is of neither scheme.
  await page.evaluate(() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 150)));
  await finishMotion(page);
}

/** Firefox lets motion stand still in windows that nobody sees, so that waiting for it would never end. */
async function finishMotion(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const motion of document.getAnimations()) {
      if (motion.effect?.getTiming().iterations !== Infinity) motion.finish();
    }
  });
}

/** The buttons in the colour of the one thing to do next, of the dialog in front or else of the screen. */
async function accents(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const front = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
    return [...front.querySelectorAll('.primary:not(:disabled)')]
      .filter(one => one.checkVisibility())
      .map(one => one.textContent ?? '');
  });
}

/** What axe-core finds wrong, in words. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html).join(' ')}`);
  });
}

/** Parts of the frame that can be scrolled sideways, with what reaches out of them: tables have a place of their own. */
async function wider(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('main, dialog')].flatMap(frame => {
      if (frame.scrollWidth <= frame.clientWidth) return [];
      const right = frame.getBoundingClientRect().right;
      const reaching = [...frame.querySelectorAll('*')].filter(
        element => element.getBoundingClientRect().right > right && !element.closest('.scroll-x, .label-list ul'),
      );
      return [`${frame.localName} is ${frame.scrollWidth} wide`, ...reaching.map(one => one.outerHTML.slice(0, 120))];
    }),
  );
}
