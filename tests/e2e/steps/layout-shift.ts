// How much a page's parts moved without anyone touching it: the browser's own score, where it keeps one.
import type { Page } from 'puppeteer-core';

/** Each shift since the page was loaded: its score and what moved. Undefined in browsers that do not measure it. */
export async function layoutShifts(page: Page): Promise<string[] | undefined> {
  return page.evaluate(async () => {
    if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return undefined;
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
    }
    const shifts: string[] = [];
    const observer = new PerformanceObserver(list => {
      for (const entry of list.getEntries() as Shift[]) {
        // A fraction of a pixel, as when a font's width is rounded, is nothing anybody sees.
        if (entry.hadRecentInput || entry.value < 0.0001) continue;
        const moved = entry.sources.map(({ node, previousRect: from, currentRect: to }) => {
          const way = `${from.x},${from.y} ${from.width}×${from.height} → ${to.x},${to.y} ${to.width}×${to.height}`;
          return `${node instanceof Element ? node.outerHTML.slice(0, 100) : '?'} (${way})`;
        });
        shifts.push(`${entry.value.toFixed(4)}: ${moved.join(' ')}`);
      }
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    await new Promise(done => setTimeout(done, 50));
    observer.disconnect();
    return shifts;
  });
}
