// Joins near-duplicate groups whose images the backbone finds alike: before a training, so that no copy is held out.
import type { Sample, SplitRatios } from '../../contract/sample';
import { SPLITS } from '../../contract/sample';
import { grouped, joinGroups } from '../../pipeline/bucket/near-duplicates/grouping';
import { database } from '../database';
import { countLive, isLive, rebalanceSplits } from './splits';

/**
 * Joins the groups of each pair, in their order, in one transaction; pairs that are one group already cost nothing, so a run
 * that was cut off is simply made again.
 * @param pairs  SHA-256 of two samples each
 */
export async function joinNearDuplicates(
  pairs: readonly (readonly [string, string])[],
  ratios: SplitRatios,
): Promise<void> {
  const tx = (await database()).transaction('samples', 'readwrite', { durability: 'strict' });
  const images = new Map<string, number>();
  const count = async (labelId: string) => {
    if (images.has(labelId)) return;
    const live = await Promise.all(SPLITS.map(split => countLive(tx.store, labelId, split)));
    images.set(
      labelId,
      live.reduce((sum, n) => sum + n, 0),
    );
  };
  const touched = new Set<string>();
  for (const pair of pairs) {
    const [a, b] = await Promise.all(pair.map(sha256 => tx.store.get(sha256)));
    // One of them may have gone since it was compared.
    if (!a || !b || !isLive(a) || !isLive(b) || a.group === b.group) continue;
    const index = tx.store.index('byGroup');
    const [ofA, ofB] = (await Promise.all([index.getAll(a.group), index.getAll(b.group)])) as [Sample[], Sample[]];
    const members = [...ofA, ...ofB];
    for (const { labelId } of members) await count(labelId);
    const one = joinGroups(ofA.filter(isLive), ofB.filter(isLive), id => images.get(id) ?? 0);
    if (!one) continue;
    await Promise.all(members.map(member => tx.store.put(grouped({ ...member, ...one }))));
    for (const { labelId } of members) touched.add(labelId);
  }
  for (const labelId of touched) await rebalanceSplits(tx.store, labelId, ratios);
  await tx.done;
}
