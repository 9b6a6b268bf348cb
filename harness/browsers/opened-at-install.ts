// The page an extension opens by itself when it is installed.
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';

const WAIT_MS = 8000;

/** The first page under this root; undefined when none came. Firefox's driver knows such a page's address by asking it alone. */
export async function openedAtInstall(browser: Browser, root: string): Promise<Page | undefined> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await pause(100)) {
    for (const page of await browser.pages()) {
      const address = await page.evaluate(() => location.href).catch(() => '');
      if (address.startsWith(root)) return page;
    }
  }
  return undefined;
}
