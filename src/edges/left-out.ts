// What the user chose among finds, in storage.session: a side panel that was closed goes on where it was.
import browser from 'webextension-polyfill';

const LEAST_SIDE = 'finds-least-side';
const key = (harvestId: string): string => `finds-${harvestId}`;

/** What was ticked or unticked by hand, by address; finds nobody touched are missing. */
export async function ticksOf(harvestId: string): Promise<Map<string, boolean>> {
  const stored = (await browser.storage.session.get(key(harvestId)))[key(harvestId)];
  return new Map(Array.isArray(stored) ? (stored as [string, boolean][]) : []);
}

export async function keepTicks(harvestId: string, ticks: ReadonlyMap<string, boolean>): Promise<void> {
  await browser.storage.session.set({ [key(harvestId)]: [...ticks] });
}

/** Smallest side a find must have, in pixels: of every search, until the browser is closed. */
export async function keptLeastSide(): Promise<number> {
  return Number((await browser.storage.session.get(LEAST_SIDE))[LEAST_SIDE] ?? 0);
}

export async function keepLeastSide(side: number): Promise<void> {
  await browser.storage.session.set({ [LEAST_SIDE]: side });
}
