// The dialog that shows what an import was understood as, before anything is added.
import type { Page } from 'puppeteer-core';

const WAIT_MS = 60_000;
const YES = 'dialog[open] .import-labels ~ .row button.primary:enabled';

export interface ImportShown {
  labels: Record<string, number>;
  words: string;
  /** What it is in doubt about, in sentences, and the names of what can be chosen otherwise. */
  doubts: string[];
  fields: string[];
}

/** What the dialog says, once it stands there. */
export async function importShown(app: Page): Promise<ImportShown> {
  await app.waitForSelector(YES, { timeout: WAIT_MS });
  // What runs in the page holds no function in a variable: see `inDatabase`.
  return app.$eval('dialog[open]', dialog => {
    const [names = [], counts = [], doubts = [], fields = []] = [
      '.import-labels > li > bdi',
      '.import-labels > li:has(bdi) > .number',
      '.note',
      '.field > span',
    ].map(selector => [...dialog.querySelectorAll(selector)].map(each => (each.textContent ?? '').trim()));
    const labels = names.map((name, at) => [name, Number((counts[at] ?? '').replaceAll(/\D/g, ''))]);
    const words = (dialog.textContent ?? '').replace(/\s+/g, ' ');
    return { labels: Object.fromEntries(labels), words, doubts, fields };
  });
}

/** Waits for the dialog and goes on with what it shows. */
export async function confirmImport(app: Page): Promise<void> {
  await app.locator(YES).setTimeout(WAIT_MS).click();
}
