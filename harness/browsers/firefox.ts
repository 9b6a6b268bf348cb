// Drives Firefox with the built extension over WebDriver BiDi; what BiDi lacks is done in the browser's own (chrome) scope.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import type { Driver, LaunchOptions, MenuEntry } from './driver';
import { type ChromeScope, chromeScope } from './firefox-chrome-scope';
import { proxyScript } from './firefox-proxy-script';
import { openedAtInstall } from './opened-at-install';
import { collectErrors } from './page-errors';
import { freshProfile, removeProfile } from './profile';

/** The extension's address is drawn anew in each profile unless it is set beforehand. */
const UUID = '6c7f0a3e-4d1b-4b53-9d0e-2f8a61c5e7b4';
const ROOT = `moz-extension://${UUID}/`;

export async function launchFirefox(executablePath: string, options: LaunchOptions): Promise<Driver> {
  const profile = await freshProfile();
  const id = await extensionId(options.extension);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: options.headless,
    userDataDir: profile,
    defaultViewport: options.headless ? { width: 1280, height: 900 } : null,
    // Without system access Firefox refuses to open the extension's own pages from outside.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: firefoxPreferences(id, options),
  });
  await trustAuthority(await chromeScope(browser), options.site.authority);
  await browser.installExtension(options.extension);
  const closed = new Promise<void>(resolve => {
    browser.once('disconnected', () => resolve(removeProfile(profile)));
  });
  return firefoxDriver(browser, id, { version: await browser.version(), downloads: options.downloads, closed });
}

/** Drives a browser that runs, with the extension of this id, whose address was set as it was launched. */
export async function firefoxDriver(
  browser: Browser,
  id: string,
  { version, downloads, closed }: Pick<Driver, 'version' | 'downloads' | 'closed'>,
): Promise<Driver> {
  const scope = await chromeScope(browser);
  const errors: string[] = [];
  return {
    name: 'firefox',
    version,
    downloads,
    extensionUrl: path => ROOT + path,
    newPage: async () => collectErrors(await browser.newPage(), ROOT, errors),
    openedAtInstall: async () => {
      const page = await openedAtInstall(browser, ROOT);
      return page && collectErrors(page, ROOT, errors);
    },
    open: openAndWait,
    // BiDi cannot ask for a colour scheme; this preference is what Firefox's own inspector sets. 0 is dark, 1 light.
    colourScheme: (_page, scheme) =>
      scope.run(
        "value => Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', Number(value))",
        scheme === 'dark' ? '0' : '1',
      ),
    answerYesToAccess: () => answerDoorhanger(scope),
    chooseMenuEntry: (page, entry, image) => pickFromMenu(scope, id, page, entry, image),
    closeSidebar: () => scope.run('() => (window.SidebarController ?? window.SidebarUI).hide()'),
    killBackground: () => scope.run(KILL_BACKGROUND, id),
    errors,
    closed,
    async close() {
      await browser.close();
      await closed;
    },
  };
}

function firefoxPreferences(id: string, { site, network, downloads, film }: LaunchOptions): Record<string, unknown> {
  return {
    'extensions.webextensions.uuids': JSON.stringify({ [id]: UUID }),
    'network.proxy.type': 2,
    'network.proxy.autoconfig_url': proxyScript(site, network),
    // Names must not be looked up past the proxy script, nor real certificates of these names be remembered.
    'network.trr.mode': 5,
    'network.stricttransportsecurity.preloadlist': false,
    'security.cert_pinning.enforcement_level': 0,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
    'browser.aboutwelcome.enabled': false,
    // Its entry in the context menu reads the whole page as the menu opens, seconds long on a heavy one.
    'browser.ml.chat.page': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'browser.shell.checkDefaultBrowser': false,
    ...(film === undefined
      ? {}
      : { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true }),
  };
}

async function extensionId(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  return manifest.browser_specific_settings.gecko.id;
}

/** Extension pages never report their load over BiDi, so the wait is for the document itself. */
async function openAndWait(page: Page, address: string): Promise<void> {
  if (address.startsWith('https:')) {
    // The document of a lone image has no other event than its load.
    const loaded = new Promise(resolve => page.once('load', resolve));
    const opened = page.goto(address, { waitUntil: 'domcontentloaded' });
    opened.catch(() => undefined);
    await Promise.race([opened, loaded]);
    return;
  }
  await page.goto(address, { waitUntil: [], timeout: 1500 }).catch(error => {
    if (error.name !== 'TimeoutError') throw error;
  });
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const there = await page
      .evaluate(wanted => location.href === wanted && document.readyState === 'complete', address)
      .catch(() => false);
    if (there) return;
    await pause(100);
  }
  throw new Error(`${address} did not open`);
}

async function trustAuthority(scope: ChromeScope, pem: string): Promise<void> {
  const base64 = pem.replace(/-----[A-Z ]+-----|\s/g, '');
  await scope.run(
    `(base64) => {
      const database = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
      database.addCertFromBase64(base64, 'CT,,');
    }`,
    base64,
  );
}

/** Presses Allow on the real doorhanger as soon as it shows, once; the caller's click is what makes it show. */
async function answerDoorhanger(scope: ChromeScope): Promise<void> {
  await scope.run(
    `() => {
      const press = event => {
        const { target } = event;
        const notification = target.querySelector('#addon-webext-permissions-notification');
        if (!notification) return;
        window.removeEventListener('popupshown', press, true);
        // The button refuses clicks in its first moments, against clicks that were meant for something else.
        const click = () => {
          notification.button?.click();
          if (notification.isConnected && notification.closest('panel')?.state === 'open') setTimeout(click, 200);
        };
        setTimeout(click, 600);
      };
      window.addEventListener('popupshown', press, true);
    }`,
  );
}

/** Opens the page's real context menu and activates the entry, as a mouse would. */
async function pickFromMenu(
  scope: ChromeScope,
  id: string,
  page: Page,
  entry: MenuEntry,
  image?: ElementHandle<HTMLImageElement>,
): Promise<void> {
  await page.bringToFront();
  if (image === undefined) await page.mouse.click(3, 300, { button: 'right' });
  else await image.click({ button: 'right' });
  const widget = `${id.replace(/[^a-z0-9_-]/gi, '_').toLowerCase()}-menuitem-_${entry}`;
  await scope.run(PICK_ENTRY, widget);
}

const PICK_ENTRY = `async widget => {
  const menu = document.getElementById('contentAreaContextMenu');
  const until = async (test, what) => {
    for (let i = 0; i < 100; i++) {
      const value = test();
      if (value) return value;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(what + '; entries: ' + [...menu.querySelectorAll('[id*=menuitem]')].map(item => item.id).join(' '));
  };
  await until(() => menu.state === 'open', 'the context menu did not open');
  // The entries of a submenu are made when it opens, and an extension's several top entries stand in one submenu.
  const open = async item => {
    const parent = item.closest('menupopup').closest('menu');
    if (parent && parent.open !== true) {
      await open(parent);
      parent.openMenu(true);
      await until(() => parent.menupopup.state === 'open', 'a submenu did not open');
    }
  };
  const item = await until(() => document.getElementById(widget), 'there is no entry ' + widget);
  await open(item);
  item.closest('menupopup').activateItem(item);
}`;

const KILL_BACKGROUND = `async id => {
  await WebExtensionPolicy.getByID(id).extension.terminateBackground();
}`;
