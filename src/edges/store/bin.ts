// The bin: deleted images, whose bytes stay for undo until it is emptied.
import type { Sample } from '../../contract/sample';
import { database } from '../database';
import { forgetDeletedLabels } from './deleted-labels';

const BATCH = 200;

/** How many deleted images there are, and the bytes of their files. */
export async function binContents(): Promise<{ images: number; bytes: number }> {
  const index = (await database()).transaction('samples').store.index('byDeletedAt');
  let [images, bytes] = [0, 0];
  for (let cursor = await index.openCursor(); cursor; cursor = await cursor.continue()) {
    images++;
    bytes += cursor.value.bytes;
  }
  return { images, bytes };
}

/**
 * Removes deleted images for good, with their thumbnails and features, and what was kept of deleted labels. Their addresses
 * stay known under labels that still exist, so that they are not fetched again. Cut off, it leaves the rest in the bin.
 */
export async function emptyBin(): Promise<void> {
  for (let rows = await nextBatch(); rows.length > 0; rows = await nextBatch()) await remove(rows);
  await forgetDeletedLabels();
}

async function nextBatch(): Promise<Sample[]> {
  return (await database()).getAllFromIndex('samples', 'byDeletedAt', null, BATCH);
}

async function remove(rows: readonly Sample[]): Promise<void> {
  const tx = (await database()).transaction(['samples', 'blobs', 'thumbnails', 'features'], 'readwrite');
  const removals = rows.map(async ({ sha256 }) => {
    // It may have been restored since it was read.
    if ((await tx.objectStore('samples').get(sha256))?.deletedAt === undefined) return;
    await Promise.all([
      tx.objectStore('samples').delete(sha256),
      tx.objectStore('blobs').delete(sha256),
      tx.objectStore('thumbnails').delete(sha256),
      tx.objectStore('features').delete(IDBKeyRange.bound([sha256], [sha256, []])),
    ]);
  });
  await Promise.all([...removals, tx.done]);
}
