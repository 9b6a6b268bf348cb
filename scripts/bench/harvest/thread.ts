// Watches a page's main thread: how long it did not take the messages that a worker sends it all the time.
import type { Page } from 'puppeteer-core';

interface Watched {
  /** Longest time between two of the worker's messages since it was last asked, in milliseconds. */
  longest: number;
  last: number;
}

export async function watchThread(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched: Watched = { longest: 0, last: performance.now() };
    (globalThis as unknown as { watched: Watched }).watched = watched;
    // Not the page's own timers: browsers put those off for work they think more urgent.
    const source = new Blob(['setInterval(() => postMessage(0), 5)'], { type: 'text/javascript' });
    new Worker(URL.createObjectURL(source)).onmessage = () => {
      const now = performance.now();
      watched.longest = Math.max(watched.longest, now - watched.last);
      watched.last = now;
    };
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
