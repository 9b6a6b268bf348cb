// Watches the dataset screen as someone who waits and scrolls does: when it can be used, and how long each frame takes.
import type { CDPSession, Page } from 'puppeteer-core';
import { rendererPids } from '../../../harness/browsers/renderers';
import { residentSizes } from '../../../harness/memory';

/**
 * Loads the page anew; milliseconds from the start of the navigation until the first screenful of the grid shows all its
 * images.
 */
export async function timeToUse(app: Page): Promise<number> {
  const loaded = app.reload({ waitUntil: 'load' });
  for (;;) {
    // Fails while the old page goes and the new one is not there yet.
    const at = await app.evaluate(usableAt).catch(() => undefined);
    if (at !== undefined) {
      await loaded;
      return at;
    }
  }
}

/** In the page, where named functions would not run: the loader marks them with a helper that is not there. */
async function usableAt(): Promise<number> {
  for (;;) {
    const grid = document.querySelector('[role="listbox"]');
    const floor = grid?.getBoundingClientRect().bottom ?? 0;
    const tiles = grid ? [...grid.querySelectorAll('[role="option"]')] : [];
    const seen = tiles.filter(tile => tile.getBoundingClientRect().top < floor);
    const painted = seen.filter(tile => (tile.querySelector('canvas')?.width ?? 0) > 0);
    if (seen.length > 0 && painted.length === seen.length) return performance.now();
    await new Promise(requestAnimationFrame);
  }
}

/** Lengths in milliseconds of the frames while the grid is scrolled from its top to its end, `step` pixels a frame. */
export function scrollThrough(app: Page, step: number, limit: number): Promise<number[]> {
  return app.evaluate(
    async (step, limit) => {
      const grid = document.querySelector('[role="listbox"]');
      if (!grid) throw new Error('there is no grid');
      grid.scrollTop = 0;
      const frames: number[] = [];
      await new Promise(requestAnimationFrame);
      let last = await new Promise<number>(requestAnimationFrame);
      while (frames.length < limit && grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) {
        grid.scrollTop += step;
        const now = await new Promise<number>(requestAnimationFrame);
        frames.push(now - last);
        last = now;
      }
      return frames;
    },
    step,
    limit,
  );
}

/**
 * Megabytes of the process that draws the page (the largest of the browser's renderers; the background shares it), and of
 * the page's JavaScript heap after a collection.
 */
export async function weigh(app: Page, session: CDPSession): Promise<{ process: number; heap: number }> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
  return { process: Math.max(...residentSizes(await rendererPids(app))), heap: heap / 1e6 };
}
