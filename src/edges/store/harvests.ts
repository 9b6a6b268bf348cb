// The log of harvests: one row each.
import type { Harvest } from '../../contract/harvest';
import { database } from '../database';

/** A harvest as it is kept: with what its downloads have brought so far, in bytes, which is nobody else's business. */
export interface HarvestRow extends Harvest {
  bytes?: number;
  /** How many images that went into the bin with it were deleted for good since. */
  gone?: number;
  /** SHA-256 of its images that had come in the place of others in the bin and were those again when it was undone. */
  replaced?: string[];
}

export async function saveHarvest(harvest: Harvest): Promise<void> {
  await (await database()).put('harvests', harvest);
}

export async function harvestById(id: string): Promise<Harvest | undefined> {
  return (await database()).get('harvests', id);
}

/**
 * Changes a harvest's row as it stands in the database, in one transaction, so that no change from elsewhere is written over.
 * Undefined when there is no such harvest any more.
 */
export async function changeHarvest(id: string, change: (harvest: Harvest) => Harvest): Promise<Harvest | undefined> {
  const tx = (await database()).transaction('harvests', 'readwrite');
  const before = await tx.store.get(id);
  const after = before && change(before);
  if (after) await tx.store.put(after);
  await tx.done;
  return after;
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
