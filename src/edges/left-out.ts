// Which finds the user ticked or unticked by hand, in storage.session: a side panel that was closed goes on where it was.
import browser from 'webextension-polyfill';

const key = (harvestId: string): string => `finds-${harvestId}`;

/** By address; finds nobody touched are missing. */
export async function ticksOf(harvestId: string): Promise<Map<string, boolean>> {
  const stored = (await browser.storage.session.get(key(harvestId)))[key(harvestId)];
  return new Map(Array.isArray(stored) ? (stored as [string, boolean][]) : []);
}

export async function keepTicks(harvestId: string, ticks: ReadonlyMap<string, boolean>): Promise<void> {
  await browser.storage.session.set({ [key(harvestId)]: [...ticks] });
}
