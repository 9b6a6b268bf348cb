// Presses a button of the extension's real popup, opened over a page as the button in the toolbar does.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { openPopup } from '../browsers/chromium-popup';
import { pressInFirefoxPopup } from '../browsers/firefox-popup';
import type { Walk } from '../walk';

/** @param selector of the button, which is waited for until it can be pressed. */
export async function pressInPopup({ driver, app, extension }: Walk, over: Page, selector: string): Promise<void> {
  if (driver.name === 'chromium') {
    const popup = await openPopup(over, app, driver.extensionUrl('src/entries/popup/popup.html'));
    await popup.locator(selector).click();
    // It may have given way to the side panel that the click opened.
    await popup.close().catch(() => undefined);
    return;
  }
  const manifest = JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8'));
  await over.bringToFront();
  await pressInFirefoxPopup(over.browser(), manifest.browser_specific_settings.gecko.id, selector);
}
