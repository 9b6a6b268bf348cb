// The log of harvests: one row each.
import type { Harvest } from '../../contract/harvest';
import { database } from '../database';

export async function saveHarvest(harvest: Harvest): Promise<void> {
  await (await database()).put('harvests', harvest);
}

export async function harvestById(id: string): Promise<Harvest | undefined> {
  return (await database()).get('harvests', id);
}

export async function allHarvests(): Promise<Harvest[]> {
  return (await database()).getAll('harvests');
}

/** The newest harvests first, at most `limit`. */
export async function recentHarvests(limit: number): Promise<Harvest[]> {
  const index = (await database()).transaction('harvests').store.index('byStart');
  const harvests: Harvest[] = [];
  let cursor = await index.openCursor(null, 'prev');
  for (; cursor && harvests.length < limit; cursor = await cursor.continue()) harvests.push(cursor.value);
  return harvests;
}
