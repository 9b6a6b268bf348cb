// Chromium's real popup, opened over a page as a click on the toolbar button would; Firefox's panel is out of a driver's reach.
import type { Page } from 'puppeteer-core';
import type { Walk } from '../../scripts/demo/walk';

/** Opens the popup over the page. Closing the page that is returned closes the popup. */
export async function openPopup(walk: Walk, over: Page): Promise<Page> {
  await over.bringToFront();
  const browser = over.browser();
  const address = walk.driver.extensionUrl('src/entries/popup/popup.html');
  const opened = browser.waitForTarget(target => target.url() === address, { timeout: 20_000 });
  await walk.app.evaluate(async () => {
    type Action = { action: { openPopup(): Promise<void> } };
    await (globalThis as unknown as { chrome: Action }).chrome.action.openPopup();
  });
  return (await opened).asPage();
}
