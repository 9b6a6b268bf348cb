// Drives Chromium with the built extension over the DevTools protocol.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type ElementHandle, type Page, type Target, type WebWorker } from 'puppeteer-core';
import type { Driver, LaunchOptions, MenuEntry } from './driver';
import { openedAtInstall } from './opened-at-install';
import { collectErrors } from './page-errors';
import { freshProfile, isRoot, removeProfile } from './profile';

/** The extension's background, as far as the driver speaks to it. */
interface Background {
  chrome: {
    contextMenus: { onClicked: { dispatch(info: object, tab: object): void } };
    tabs: { query(query: object): Promise<{ id: number; url?: string }[]> };
  };
}

export async function launchChromium(executablePath: string, options: LaunchOptions): Promise<Driver> {
  const profile = options.profile ?? (await freshProfile());
  await mkdir(join(profile, 'Default'), { recursive: true });
  // Set here rather than over the protocol, which would take away the names the extension gives its files.
  const download = { default_directory: options.downloads, prompt_for_download: false };
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify({ download }));
  const browser = await puppeteer.launch({
    executablePath,
    headless: options.headless,
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    defaultViewport: options.headless ? { width: 1280, height: 900 } : null,
    args: chromiumArguments(options),
  });
  const id = await browser.installExtension(options.extension);
  const closed = new Promise<void>(resolve => {
    browser.once('disconnected', () => resolve(options.profile === undefined ? removeProfile(profile) : undefined));
  });
  return chromiumDriver(browser, id, { version: await browser.version(), downloads: options.downloads, closed });
}

/** Drives a browser that runs, with the extension of this id. */
export function chromiumDriver(
  browser: Browser,
  id: string,
  { version, downloads, closed }: Pick<Driver, 'version' | 'downloads' | 'closed'>,
): Driver {
  const root = `chrome-extension://${id}/`;
  const errors: string[] = [];
  return {
    name: 'chromium',
    version,
    downloads,
    extensionUrl: path => root + path,
    newPage: async () => collectErrors(await browser.newPage(), root, errors),
    openedAtInstall: async () => {
      const page = await openedAtInstall(browser, root);
      return page && collectErrors(page, root, errors);
    },
    open: async (page, address) => {
      await page.goto(address, { waitUntil: 'domcontentloaded' });
    },
    colourScheme: (page, scheme) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]),
    answerYesToAccess: () => grantAllHosts(browser, id),
    chooseMenuEntry: (page, entry, image) => dispatchMenuClick(browser, root, page, entry, image),
    closeSidebar: async () => undefined,
    killBackground: () => closeServiceWorker(browser, root),
    errors,
    closed,
    async close() {
      await browser.close();
      await closed;
    },
  };
}

function chromiumArguments({ site, network, headless, softwareGraphics, film }: LaunchOptions): string[] {
  const rules = site.hosts.map(host => `MAP ${host}:443 127.0.0.1:${site.port}`);
  if (!network) rules.push('MAP * ~NOTFOUND');
  return [
    `--host-resolver-rules=${rules.join(', ')}`,
    // Only the demo site's own key is excused, so certificates of other sites are checked as ever.
    `--ignore-certificate-errors-spki-list=${site.keyHash}`,
    // QUIC would not go through the mapping.
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-search-engine-choice-screen',
    ...(softwareGraphics ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] : []),
    ...(film === undefined
      ? []
      : [
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${film}`,
        ]),
    ...(headless ? [] : ['--start-maximized']),
    ...(isRoot() ? ['--no-sandbox'] : []),
  ];
}

/**
 * The extension asks inside a real click; what it asks for was allowed on the extensions page before, so the browser
 * answers yes without a prompt that no driver can press.
 */
async function grantAllHosts(browser: Browser, id: string): Promise<void> {
  const page = await browser.newPage();
  try {
    await page.goto('chrome://extensions');
    await page.evaluate(async extension => {
      const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome;
      await developerPrivate.addHostPermission(extension, '*://*/*');
    }, id);
  } finally {
    await page.close();
  }
}

interface DeveloperPrivate {
  addHostPermission(id: string, pattern: string): Promise<void>;
}

/** No driver can open the native menu without a display; this fires the background's own listener as the menu would. */
async function dispatchMenuClick(
  browser: Browser,
  root: string,
  page: Page,
  entry: MenuEntry,
  image?: ElementHandle<HTMLImageElement>,
): Promise<void> {
  const srcUrl = await image?.evaluate(image => image.currentSrc);
  const worker = await serviceWorker(browser, root);
  await page.bringToFront();
  await worker.evaluate(
    async (menuItemId, pageUrl, srcUrl) => {
      const { contextMenus, tabs } = (globalThis as unknown as Background).chrome;
      // Addresses are told where the extension has access; the window used last may be that of another page.
      const front = await tabs.query({ active: true });
      const [last] = await tabs.query({ active: true, lastFocusedWindow: true });
      const tab = front.find(({ url }) => url === pageUrl) ?? last;
      if (tab === undefined) throw new Error('no active tab');
      const image = srcUrl === undefined ? {} : { srcUrl, mediaType: 'image' };
      contextMenus.onClicked.dispatch({ menuItemId, pageUrl, editable: false, ...image }, { ...tab, url: pageUrl });
    },
    entry,
    page.url(),
    srcUrl,
  );
}

function runningWorker(browser: Browser, root: string): Target | undefined {
  return browser.targets().find(target => target.type() === 'service_worker' && target.url().startsWith(root));
}

async function serviceWorker(browser: Browser, root: string): Promise<WebWorker> {
  if (runningWorker(browser, root) === undefined) await wakeBackground(browser, root);
  const target = await browser.waitForTarget(
    candidate => candidate.type() === 'service_worker' && candidate.url().startsWith(root),
    { timeout: 10_000 },
  );
  const worker = await target.worker();
  if (worker === null) throw new Error('the background has no worker');
  return worker;
}

/** Any message wakes a sleeping background; an unknown one is refused by it and does nothing else. */
async function wakeBackground(browser: Browser, root: string): Promise<void> {
  const page = await browser.newPage();
  try {
    await page.goto(`${root}src/entries/popup/popup.html`);
    await page.evaluate(async () => {
      const { runtime } = (
        globalThis as unknown as { chrome: { runtime: { sendMessage(m: object): Promise<unknown> } } }
      ).chrome;
      await runtime.sendMessage({}).catch(() => undefined);
    });
  } finally {
    await page.close();
  }
}

/**
 * Closes the worker's target. `ServiceWorker.stopAllWorkers` would leave a worker that a debugger looks at half dead, and
 * no alarm or message would start it again.
 */
async function closeServiceWorker(browser: Browser, root: string): Promise<void> {
  const target = runningWorker(browser, root);
  const worker = await target?.worker();
  if (target === undefined || !worker) return;
  const gone = new Promise<void>(resolve => {
    browser.on('targetdestroyed', function listen(destroyed) {
      if (destroyed !== target) return;
      browser.off('targetdestroyed', listen);
      resolve();
    });
  });
  await worker.close();
  await gone;
}
