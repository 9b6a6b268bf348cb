// The words a page shows, and waiting for some of them.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../wait';

/** All of them, with single blanks; none while a page is being loaded. */
export function wordsOf(page: Page): Promise<string> {
  return page.$eval('body', body => (body.textContent ?? '').replace(/\s+/g, ' ')).catch(() => '');
}

/**
 * Waits until the page shows these words, and gives those that were found. Rejects after `timeoutMs` with what it shows
 * instead.
 */
export function waitForWords(page: Page, words: string | RegExp, timeoutMs = 60_000): Promise<string> {
  const shown = () => wordsOf(page);
  const find = async () => {
    const all = await shown();
    return typeof words === 'string' ? (all.includes(words) ? words : undefined) : words.exec(all)?.[0];
  };
  return waitFor(`“${words}”`, find, timeoutMs, shown);
}
