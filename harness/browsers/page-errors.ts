// What goes wrong on the extension's own pages without anyone asking: uncaught errors, rejections, console errors.
import type { Page } from 'puppeteer-core';

/** Adds each to the list, from now on. Errors of other sites' pages are theirs. */
export function collectErrors(page: Page, root: string, errors: string[]): Page {
  const add = (kind: string, words: string) => {
    const address = page.url();
    if (address.startsWith(root)) errors.push(`${address.slice(root.length)}: ${kind}: ${words}`);
  };
  page.on('pageerror', error => add('uncaught', error instanceof Error ? (error.stack ?? error.message) : `${error}`));
  page.on('console', message => {
    // That a server answered with an error is the browser's own remark; the app deals with the answer.
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) add('console', message.text());
  });
  return page;
}
