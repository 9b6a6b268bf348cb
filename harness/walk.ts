// The stage of one walk: the demo's web, a browser with the built extension, and its app page.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { distFolder, TARGET_OF } from '../scripts/build/build-extension';
import { launch } from './browsers';
import type { BrowserName, Driver } from './browsers/driver';
import type { LabelImages } from './pictures/pictures';
import { type DemoWeb, demoWeb } from './web/demo-web';
import type { DemoEngine } from './web/results-page';
import { type Host, type Site, startSite } from './web/site';

export interface WalkOptions {
  browser: BrowserName;
  headless: boolean;
  /** Whether names that are not the demo's may reach the network. */
  network: boolean;
  engine: DemoEngine;
  /** Engines served besides. */
  furtherEngines?: readonly DemoEngine[];
  /** Results on each page of an engine; as many as the real one has when not said. */
  perPage?: number;
  labels: LabelImages[];
  /** Folder of the built extension. */
  extension: string;
  /** Folder of everything the walk leaves. */
  out: string;
  say: (line: string) => void;
  /** Chromium's profile, kept from one walk to the next. */
  profile?: string;
  /** As the driver takes them. */
  softwareGraphics?: boolean;
  film?: string;
  /** Changes what hosts answer before they are served, for tests of what goes wrong. */
  alterHosts?: (hosts: Map<string, Host>) => void;
}

export interface Walk extends WalkOptions {
  web: DemoWeb;
  site: Site;
  driver: Driver;
  /** The extension's options page, which is the app. */
  app: Page;
  /** Seconds per part, filled by the steps. */
  seconds: { harvest: number; download: number; export: number };
  /** Presses a user needs from the installation to the first answer, counted by the steps; 0 in walks that go another way. */
  clicks: number;
  close(): Promise<void>;
}

export const APP_PAGE = 'src/entries/options/options.html?demo';
export const POPUP_PAGE = 'src/entries/popup/popup.html?tab=1';

/** What most walks are that nobody watches. */
const UNWATCHED: Pick<WalkOptions, 'headless' | 'network' | 'engine' | 'labels' | 'say'> = {
  headless: true,
  network: false,
  engine: 'bing',
  labels: [],
  say: () => undefined,
};

/** What is not said is as in a walk that nobody watches, on the last build for the browser. */
export type GivenOptions = Pick<WalkOptions, 'browser' | 'out'> & Partial<WalkOptions>;

/** Starts the site and the browser and opens the app. What was started is ended when a later part fails. */
export async function startWalk(given: GivenOptions): Promise<Walk> {
  const options: WalkOptions = { ...UNWATCHED, extension: distFolder(TARGET_OF[given.browser]), ...given };
  const downloads = join(options.out, 'downloads');
  await mkdir(join(options.out, 'screenshots'), { recursive: true });
  await mkdir(downloads, { recursive: true });
  const web = demoWeb(options.labels, [options.engine, ...(options.furtherEngines ?? [])], options.perPage);
  options.alterHosts?.(web.hosts);
  const site = await startSite(web.hosts);
  const { browser, extension, headless, network, say, profile, softwareGraphics, film } = options;
  try {
    const driver = await launch(
      browser,
      { extension, headless, network, site, downloads, profile, softwareGraphics, film },
      say,
    );
    const close = async () => {
      await driver.close();
      await site.close();
    };
    try {
      // The app opens once by itself; a second one beside it would do its work twice.
      const app = (await driver.openedAtInstall()) ?? (await driver.newPage());
      await driver.open(app, `${driver.extensionUrl(APP_PAGE)}#dataset`);
      const seconds = { harvest: 0, download: 0, export: 0 };
      return { ...options, web, site, driver, app, seconds, clicks: 0, close };
    } catch (error) {
      await driver.close();
      throw error;
    }
  } catch (error) {
    await site.close();
    throw error;
  }
}

/** A walk for one piece of work: it is ended afterwards, and what it left is removed. */
export async function walkOnce<T>(given: Omit<GivenOptions, 'out'>, work: (walk: Walk) => Promise<T>): Promise<T> {
  const out = await mkdtemp(join(tmpdir(), 'gleaner-'));
  try {
    const walk = await startWalk({ ...given, out });
    try {
      return await work(walk);
    } finally {
      await walk.close();
    }
  } finally {
    // A browser that has just gone may still be writing.
    await rm(out, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Shows one of the app's screens and brings the app to the front. */
export async function show(walk: Walk, screen: 'dataset' | 'train' | 'report' | 'export' | 'settings'): Promise<void> {
  await walk.app.bringToFront();
  await walk.app.evaluate(name => {
    location.hash = `#${name}`;
  }, screen);
}

/** An image of what the page shows, into `<out>/screenshots`. */
export async function takeImage(walk: Walk, page: Page, name: string): Promise<void> {
  // A page behind another is not painted, and the wait for its image would never end.
  await page.bringToFront();
  await page.screenshot({ path: join(walk.out, 'screenshots', `${name}.png`) });
}
