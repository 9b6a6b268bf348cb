// How much the process that draws a page grows while something is done.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { rendererPids } from '../../../harness/browsers/renderers';
import { residentSizes } from '../../../harness/memory';

const EVERY_MS = 100;

/** Megabytes between the process's size before, after a collection of garbage, and its largest meanwhile. Chromium only. */
export async function growthDuring<T>(page: Page, work: () => Promise<T>): Promise<{ value: T; growth: number }> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const pids = await rendererPids(page);
  const before = residentSizes(pids);
  let peak = 0;
  let working = true;
  const value = work().finally(() => {
    working = false;
  });
  while (working) {
    await Promise.race([pause(EVERY_MS), value.catch(() => undefined)]);
    peak = Math.max(peak, ...residentSizes(pids).map((size, i) => size - (before[i] ?? 0)));
  }
  return { value: await value, growth: peak };
}
