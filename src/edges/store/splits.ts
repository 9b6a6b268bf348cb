// Keeps the split stored in every sample true: thresholds on the group's leader, no empty split in a label of ten.
import type { IDBPObjectStore, StoreNames } from 'idb';
import { type Sample, SPLITS, type Split, type SplitRatios } from '../../contract/sample';
import { fillEmptySplits, type Group, splitOf } from '../../pipeline/bucket/split';
import { database, type GleanerSchema, type Writing } from '../database';

/** Gives every sample the split these ratios want, in one transaction. */
export async function applyRatios(ratios: SplitRatios): Promise<void> {
  const db = await database();
  const tx = db.transaction(['labels', 'samples'], 'readwrite', { durability: 'strict' });
  const samples = tx.objectStore('samples');
  for (let cursor = await samples.openCursor(); cursor; cursor = await cursor.continue()) {
    const split = splitOf(cursor.value.group, ratios);
    if (split !== cursor.value.split) await cursor.update({ ...cursor.value, split });
  }
  for (const labelId of await tx.objectStore('labels').getAllKeys()) await rebalanceSplits(samples, labelId, ratios);
  await tx.done;
}

/**
 * Moves groups of a label into splits that would stand empty. Groups with members under another label stay, so that
 * one label's repair never empties another label's split.
 */
export async function rebalanceSplits(
  samples: Writing<'samples'>,
  labelId: string,
  ratios: SplitRatios,
): Promise<void> {
  if (await hasEverySplit(samples, labelId, ratios)) return;
  const groups = new Map<string, Group>();
  let cursor = await samples.index('byLabel').openCursor(labelRange(labelId));
  for (; cursor; cursor = await cursor.continue()) {
    const { group: leader, split } = cursor.value;
    if (isLive(cursor.value)) groups.set(leader, { leader, split, size: (groups.get(leader)?.size ?? 0) + 1 });
  }
  for (const [leader, split] of fillEmptySplits([...groups.values()], ratios)) {
    const members = await samples.index('byGroup').getAll(leader);
    if (members.some(member => isLive(member) && member.labelId !== labelId)) continue;
    await Promise.all(members.map(member => samples.put({ ...member, split })));
  }
}

/** Live samples of a label in a split, counted by the indexes without reading a row. */
export async function countLive<Mode extends IDBTransactionMode>(
  samples: IDBPObjectStore<GleanerSchema, ArrayLike<StoreNames<GleanerSchema>>, 'samples', Mode>,
  labelId: string,
  split: Split,
): Promise<number> {
  const [all, deleted] = await Promise.all([
    samples.index('bySplit').count(IDBKeyRange.only([labelId, split])),
    samples.index('byDeletion').count(IDBKeyRange.bound([labelId, split], [labelId, split, []])),
  ]);
  return all - deleted;
}

/** Every row of a label in the index `byLabel`. */
export function labelRange(labelId: string): IDBKeyRange {
  return IDBKeyRange.bound([labelId], [labelId, []]);
}

export function isLive(sample: Sample): boolean {
  return sample.deletedAt === undefined;
}

async function hasEverySplit(samples: Writing<'samples'>, labelId: string, ratios: SplitRatios): Promise<boolean> {
  const wanted = SPLITS.filter(name => ratios[name] > 0);
  const held = wanted.map(async split => {
    // The first row is nearly always live, which spares the counting.
    const first = await samples.index('bySplit').get(IDBKeyRange.only([labelId, split]));
    return first !== undefined && (isLive(first) || (await countLive(samples, labelId, split)) > 0);
  });
  return (await Promise.all(held)).every(Boolean);
}
