// The dialog that shows what an import was understood as, before anything is added.
import type { Page } from 'puppeteer-core';

const WAIT_MS = 60_000;
const YES = 'dialog[open] .import-labels ~ .row button.primary:enabled';

/** What the dialog says, once it stands there. */
export async function importShown(app: Page): Promise<{ labels: Record<string, number>; words: string }> {
  await app.waitForSelector(YES, { timeout: WAIT_MS });
  return app.$eval('dialog[open]', dialog => {
    const rows = [...dialog.querySelectorAll('.import-labels > li:has(bdi)')];
    const count = (row: Element) => Number((row.querySelector('.number')?.textContent ?? '').replaceAll(/\D/g, ''));
    const labels = Object.fromEntries(rows.map(row => [row.querySelector('bdi')?.textContent ?? '', count(row)]));
    return { labels, words: (dialog.textContent ?? '').replace(/\s+/g, ' ') };
  });
}

/** Waits for the dialog and goes on with what it shows. */
export async function confirmImport(app: Page): Promise<void> {
  await app.locator(YES).setTimeout(WAIT_MS).click();
}
