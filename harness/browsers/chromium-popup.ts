// Chromium's real popup, opened over a page as a click on the toolbar button would.
import type { Page, WebWorker } from 'puppeteer-core';

/**
 * Closing the page that is returned closes the popup.
 * @param extension  any page or worker of the extension, which asks for it
 * @param address  of the popup
 */
export async function openPopup(over: Page, extension: Page | WebWorker, address: string): Promise<Page> {
  await over.bringToFront();
  const opened = over.browser().waitForTarget(target => target.url() === address, { timeout: 20_000 });
  await extension.evaluate(async () => {
    type Action = { action: { openPopup(): Promise<void> } };
    await (globalThis as unknown as { chrome: Action }).chrome.action.openPopup();
  });
  return (await opened).asPage();
}
