// Near-duplicates under different labels: found by the index of groups of several, and settled by the user.
import type { RightUnder, Sample } from '../../contract/sample';
import { standsAcross } from '../../pipeline/bucket/across-labels';
import { database } from '../database';
import { isLive } from './splits';

/** Rows read at a time, with up to as many that groups are named after: few enough that they fit between two frames. */
const PAGE = 200;

/**
 * The live samples of each group that stands under several labels and is not settled, by group and then by SHA-256. Reads
 * only samples that share a group, page by page, so that what the background stores meanwhile need not wait.
 */
export async function groupsAcross(): Promise<Sample[][]> {
  const groups = new Map<string, Sample[]>();
  const add = (sample: Sample) => {
    if (!isLive(sample)) return;
    const known = groups.get(sample.group);
    if (known) known.push(sample);
    else groups.set(sample.group, [sample]);
  };
  const db = await database();
  let after: [string, string] | undefined;
  for (;;) {
    const { store } = db.transaction('samples');
    const rows = await store.index('byAlikeTo').getAll(after && IDBKeyRange.lowerBound(after, true), PAGE);
    // A group is named after one of its own, which the index lacks. It may have gone for good.
    const first = [...new Set(rows.map(row => row.group))].filter(group => group !== after?.[0]);
    for (const row of await Promise.all(first.map(group => store.get(group)))) if (row) add(row);
    for (const row of rows) add(row);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = [last.group, last.sha256];
  }
  return [...groups.values()].filter(standsAcross);
}

/** Writes what the user said into samples, in one transaction; those that went meanwhile are passed over. */
export async function settleLookAlikes(words: readonly RightUnder[]): Promise<void> {
  const tx = (await database()).transaction('samples', 'readwrite', { durability: 'strict' });
  for (const { sha256, labelIds } of words) {
    const sample = await tx.store.get(sha256);
    if (!sample) continue;
    const { rightUnder: _before, ...rest } = sample;
    await tx.store.put(labelIds.length > 0 ? { ...rest, rightUnder: [...labelIds].sort() } : rest);
  }
  await tx.done;
}
