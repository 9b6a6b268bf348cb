// The bin: deleted images, whose bytes stay until they are deleted for good; listed by the indexes, without reading a row.
import { type Sample, SPLITS } from '../../contract/sample';
import { database, type Writing } from '../database';
import { deletedLabel, deletedLabels, forgetDeletedLabels } from './deleted-labels';
import { allLabels } from './labels';
import { labelRange } from './splits';

const BATCH = 200;

/** How many deleted images there are, and the bytes of their files. */
export async function binContents(): Promise<{ images: number; bytes: number }> {
  const { store } = (await database()).transaction('samples');
  const keys = await store.index('byDeletedAt').getAllKeys();
  let bytes = 0;
  // Asked for together: a cursor would wait for each row.
  for (let at = 0; at < keys.length; at += BATCH) {
    const rows = await Promise.all(keys.slice(at, at + BATCH).map(key => store.get(key)));
    for (const row of rows) bytes += row?.bytes ?? 0;
  }
  return { images: keys.length, bytes };
}

export async function deletedCount(): Promise<number> {
  return (await database()).countFromIndex('samples', 'byDeletedAt');
}

/** SHA-256 of the deleted images, of one label or all, the latest first. */
export async function deletedKeys(labelId?: string): Promise<string[]> {
  const { store } = (await database()).transaction('samples');
  const [all, ofLabel] = await Promise.all([
    store.index('byDeletedAt').getAllKeys(),
    labelId === undefined ? undefined : store.index('byDeletion').getAllKeys(deletedOf(labelId)),
  ]);
  const wanted = ofLabel && new Set(ofLabel);
  return all.filter(key => !wanted || wanted.has(key)).reverse();
}

/** How many deleted images each label has that has any; deleted labels come last, also those that have addresses alone. */
export async function deletedPerLabel(): Promise<BinLabel[]> {
  const [live, gone] = await Promise.all([allLabels(), deletedLabels()]);
  const tx = (await database()).transaction(['samples', 'jobs']);
  const rows = [...live.map(label => ({ label, gone: false })), ...gone.map(label => ({ label, gone: true }))];
  const held = rows.map(async row => {
    const images = await tx.objectStore('samples').index('byDeletion').count(deletedOf(row.label.id));
    // One that never held anything is not missed.
    const wanted = images > 0 || (row.gone && (await hasJobs(tx.objectStore('jobs'), row.label.id)));
    return wanted ? [{ ...row, images }] : [];
  });
  return (await Promise.all(held)).flat();
}

async function hasJobs(jobs: JobRows, labelId: string): Promise<boolean> {
  return (await jobs.index('byLabel').getKey(labelRange(labelId))) !== undefined;
}
interface JobRows {
  index(name: 'byLabel'): { getKey(range: IDBKeyRange): Promise<string | undefined> };
}

/** A label as the bin sees it. */
export interface BinLabel {
  label: Awaited<ReturnType<typeof allLabels>>[number];
  /** Whether the label is deleted too. */
  gone: boolean;
  images: number;
}

/** Every deleted image of a label, split by split. */
const deletedOf = (labelId: string) => IDBKeyRange.bound([labelId], [labelId, SPLITS.toSorted().at(-1), []]);

/**
 * Removes deleted images for good, with their thumbnails and features, and what was kept of deleted labels. Their addresses
 * stay known under labels that still exist, so that they are not fetched again. Cut off, it leaves the rest in the bin.
 */
export async function emptyBin(): Promise<void> {
  for (let rows = await nextBatch(); rows.length > 0; rows = await nextBatch()) await remove(rows);
  await forgetDeletedLabels();
}

/** Removes some of the deleted images for good; those that are in the dataset stay. Returns how many went. */
export async function deleteForGood(sha256s: readonly string[]): Promise<number> {
  let count = 0;
  for (let at = 0; at < sha256s.length; at += BATCH) count += await remove(sha256s.slice(at, at + BATCH));
  return count;
}

async function nextBatch(): Promise<string[]> {
  return (await database()).getAllKeysFromIndex('samples', 'byDeletedAt', null, BATCH);
}

async function remove(sha256s: readonly Sample['sha256'][]): Promise<number> {
  const tx = (await database()).transaction(
    ['samples', 'blobs', 'thumbnails', 'features', 'harvests', 'meta'],
    'readwrite',
    { durability: 'strict' },
  );
  const gone: Sample[] = [];
  const removals = sha256s.map(async sha256 => {
    // It may have been restored since it was read.
    const sample = await tx.objectStore('samples').get(sha256);
    if (sample?.deletedAt === undefined) return;
    gone.push(sample);
    await Promise.all([
      tx.objectStore('samples').delete(sha256),
      tx.objectStore('blobs').delete(sha256),
      tx.objectStore('thumbnails').delete(sha256),
      tx.objectStore('features').delete(IDBKeyRange.bound([sha256], [sha256, []])),
    ]);
  });
  // What refused to go ends the transaction, and that is what is told.
  tx.done.catch(() => undefined);
  await Promise.all(removals);
  await countGone(tx.objectStore('harvests'), tx.objectStore('meta'), gone);
  await tx.done;
  return gone.length;
}

/** Labels and harvests whose images went for good know how many, to say so when they come back. */
async function countGone(harvests: Writing<'harvests'>, meta: Writing<'meta'>, gone: Sample[]): Promise<void> {
  for (const [id, count] of counted(gone.filter(row => row.deletedWithHarvest).map(row => row.harvestId))) {
    const harvest = await harvests.get(id);
    if (harvest) await harvests.put({ ...harvest, gone: (harvest.gone ?? 0) + count });
  }
  for (const [id, count] of counted(gone.filter(row => row.deletedWithLabel).map(row => row.labelId))) {
    const kept = await deletedLabel(id).get(meta);
    if (kept) await deletedLabel(id).set({ ...kept, gone: (kept.gone ?? 0) + count }, meta);
  }
}

function counted(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
