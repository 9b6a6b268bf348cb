// The harvest of a tab whose finds are being looked over: pages that are loaded anew, and collectors put in twice, go on with it.
import type { Harvest } from '../../contract/harvest';
import { harvestById } from '../../edges/store/harvests';
import { type Intent, latestHarvestOf } from '../../edges/tab-harvests';
import type { HarvestLabel } from './harvest-label';

/** A page that was loaded anew goes on with the harvest whose finds are being looked over. */
export async function goneOnWith(
  tabId: number,
  { seen }: Intent,
  { id, name }: HarvestLabel,
  { engine, query }: Pick<Harvest, 'engine' | 'query'>,
): Promise<Harvest | undefined> {
  const before = seen ? await seenIn(tabId, query) : undefined;
  if (before?.engine !== engine) return undefined;
  return before.labelId === id || before.newLabel === name ? before : undefined;
}

/** The tab's harvest of this search whose finds are being looked over. */
export async function seenIn(tabId: number, query: string): Promise<Harvest | undefined> {
  const latest = await latestHarvestOf(tabId);
  const harvest = latest === undefined ? undefined : await harvestById(latest);
  return harvest?.seen && !harvest.undone && harvest.query === query ? harvest : undefined;
}
