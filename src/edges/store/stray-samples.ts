// Images of the dataset under a label that is not there: no screen shows them, so they are looked for and brought back into sight.
import type { IDBPObjectStore, StoreNames } from 'idb';
import { SPLITS, type SplitRatios } from '../../contract/sample';
import { database, type GleanerSchema, type Writing } from '../database';
import { deletedLabel, putBack } from './deleted-labels';
import { drain } from './drain';
import { standsFor } from './merge-labels';
import { countLive, isLive, labelRange, rebalanceSplits } from './splits';

/**
 * Puts such images under the label theirs was merged into, or into the bin with the label they were deleted with; where nothing
 * is known of their label any more it is made again. What is collected now cannot come to stand so, but an earlier version's could.
 * @param name  of a label that is made again
 * @returns how many there were
 */
export async function bringBackStrays(name: string, ratios: SplitRatios): Promise<number> {
  // Looked for by itself: in nearly every collection there are none, and nobody shall wait for that.
  const look = (await database()).transaction(['labels', 'samples']);
  const there = await look.objectStore('labels').getAllKeys();
  if ((await strayLabels(there, look.objectStore('samples'))).length === 0) return 0;
  const tx = (await database()).transaction(['labels', 'meta', 'samples'], 'readwrite', { durability: 'strict' });
  const [labels, meta, samples] = [tx.objectStore('labels'), tx.objectStore('meta'), tx.objectStore('samples')];
  let count = 0;
  for (const labelId of await strayLabels(await labels.getAllKeys(), samples)) {
    const into = await standsFor(labels, meta, labelId);
    if (into !== undefined) {
      count += await drain(samples.index('byLabel'), labelRange(labelId), sample =>
        samples.put({ ...sample, labelId: into }),
      );
      await rebalanceSplits(samples, into, ratios);
    } else if (await deletedLabel(labelId).get(meta)) {
      count += await binStrays(samples, labelId);
    } else {
      count += await samples.index('byLabel').count(labelRange(labelId));
      await putBack(labels, { id: labelId, name, folder: '', colour: 0, createdAt: Date.now() });
      await rebalanceSplits(samples, labelId, ratios);
    }
  }
  await tx.done;
  return count;
}

/** As if they had come before their label was deleted. */
async function binStrays(samples: Writing<'samples'>, labelId: string): Promise<number> {
  const deletedAt = Date.now();
  let count = 0;
  let cursor = await samples.index('byLabel').openCursor(labelRange(labelId));
  for (; cursor; cursor = await cursor.continue()) {
    if (!isLive(cursor.value)) continue;
    count++;
    await cursor.update({ ...cursor.value, deletedAt, deletedWithLabel: true });
  }
  return count;
}

/** Labels that are not there and have images in the dataset; found by one seek for each label that has any. */
async function strayLabels<Mode extends IDBTransactionMode>(
  labels: readonly string[],
  samples: IDBPObjectStore<GleanerSchema, ArrayLike<StoreNames<GleanerSchema>>, 'samples', Mode>,
): Promise<string[]> {
  const there = new Set(labels);
  const strays: string[] = [];
  let cursor = await samples.index('byLabel').openKeyCursor();
  while (cursor) {
    const [labelId] = cursor.key;
    if (!there.has(labelId)) {
      const live = await Promise.all(SPLITS.map(split => countLive(samples, labelId, split)));
      if (live.some(n => n > 0)) strays.push(labelId);
    }
    cursor = await cursor.continue([labelId, []] as unknown as typeof cursor.key);
  }
  return strays;
}
