// The side panel beside a page: the real one where it is open and can be reached, else one in a window of its own that is told
// its tab. No driver reaches into Firefox's sidebar.
import type { Browser, Page } from 'puppeteer-core';
import type { Driver } from './driver';

const windows = new WeakMap<Browser, Page>();

/**
 * Closes the window of the side panel, if there is one. To be called before a page is opened: a new tab opens in the window
 * that was used last, and would hide the panel or be closed with it.
 */
export async function closeSidePanel(extension: Page): Promise<void> {
  const browser = extension.browser();
  const panel = windows.get(browser);
  if (panel === undefined) return;
  windows.delete(browser);
  await panel.close();
  await extension.bringToFront();
}

/**
 * Opened in a window of its own: a tab in the page's window would hide the page, and a hidden page scrolls nowhere. It takes
 * the place of that of another page.
 * @param extension  any page of the extension, which knows the tabs
 * @param opened  a click has just opened the real one
 */
export async function openSidePanel(driver: Driver, extension: Page, beside: Page, opened = false): Promise<Page> {
  await closeSidePanel(extension);
  await beside.bringToFront();
  const address = driver.extensionUrl('src/entries/side-panel/side-panel.html');
  const browser = beside.browser();
  if (driver.name === 'chromium' && opened) {
    const real = await browser.waitForTarget(target => target.url() === address, { timeout: 20_000 });
    return real.asPage();
  }
  const id = await extension.evaluate(async url => {
    type Tabs = { tabs: { query(of: object): Promise<{ id: number; url?: string; active: boolean }[]> } };
    const { chrome } = globalThis as unknown as { chrome: Tabs };
    const all = (await chrome.tabs.query({})).filter(tab => tab.url === url);
    return (all.find(tab => tab.active) ?? all.at(-1))?.id;
  }, beside.url());
  if (id === undefined) throw new Error(`no tab shows ${beside.url()}`);
  // Beside the page's window: one that is covered draws nothing, and waits with what is to be pressed.
  const windowBounds = { left: 1300, top: 0, width: 400, height: 900 };
  const panel = await browser.newPage({ type: 'window', windowBounds });
  windows.set(browser, panel);
  await driver.open(panel, `${address}?tab=${id}`);
  return panel;
}
