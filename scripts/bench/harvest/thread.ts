// Watches a page's main thread: how long it went without answering to a message that the page sends itself.
import type { Page } from 'puppeteer-core';

interface Watched {
  /** Longest time between two of the page's own messages since it was last asked, in milliseconds. */
  longest: number;
  last: number;
}

export async function watchThread(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { longest: 0, last: performance.now() };
    (globalThis as unknown as { watched: Watched }).watched = watched;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      watched.longest = Math.max(watched.longest, now - watched.last);
      watched.last = now;
      setTimeout(() => port2.postMessage(null), 5);
    };
    port2.postMessage(null);
  });
}

/** Since the last call, in milliseconds. */
export function longestBlock(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: Watched };
    const { longest } = watched;
    watched.longest = 0;
    return longest;
  });
}
