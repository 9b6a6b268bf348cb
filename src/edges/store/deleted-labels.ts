// Labels that are deleted with a way back: what goes with them, what is kept for their return, and its end.
import type { IDBPTransaction } from 'idb';
import { GleanerError } from '../../contract/error';
import { type Label, LONGEST_LABEL_NAME } from '../../contract/label';
import { SPLITS, type UndeletedWhole } from '../../contract/sample';
import { byCodePoint } from '../../pipeline/bucket/class-order';
import { folderName } from '../../pipeline/bucket/folder-name';
import { tidyName } from '../../pipeline/bucket/label-name';
import { database, type GleanerSchema, type Writing } from '../database';
import { liveAgain, Places } from './bin-place';
import { drain } from './drain';
import { freeColour } from './labels';
import { metaItem } from './meta';
import { countLive, isLive, labelRange } from './splits';

/** What a deleted label leaves for `undeleteLabel`, kept in `meta`. */
export interface DeletedLabel {
  label: Label;
  /** How many images that went with it were deleted for good since. */
  gone?: number;
}
const deletedKey = (labelId: string) => `deleted-label:${labelId}`;
/** Of one label. */
export const deletedLabel = (labelId: string) => metaItem<DeletedLabel>(deletedKey(labelId));
const KEPT = () => IDBKeyRange.bound(deletedKey(''), deletedKey('\uffff'));
type LabelStore = Writing<'labels'>;
type MetaStore = Writing<'meta'>;
/** The detail of jobs cancelled because their label went; those the user cancelled before have none and stay cancelled. */
export const WENT_WITH_LABEL = 'label-deleted';

let lastDeletion = 0;

/**
 * Deletes a label; its samples leave the dataset and its queued jobs the queue, until `undeleteLabel`. What had gone with it
 * before and stayed behind when it came back in part comes back with it too. Returns when it was.
 */
export async function deleteLabel(labelId: string): Promise<{ deletedAt: number }> {
  // Strictly rising, so that two deletions of one label can be told apart.
  const deletedAt = Math.max(Date.now(), lastDeletion + 1);
  lastDeletion = deletedAt;
  const tx = await writing();
  const label = await tx.objectStore('labels').get(labelId);
  if (!label) throw new GleanerError('label_gone');
  await takeOut(tx, label, deletedAt);
  await tx.done;
  return { deletedAt };
}

/**
 * Deletes a label as `deleteLabel` does, but only where nothing stands or waits under it at that moment. Whether it went; where it is
 * gone already it did not.
 */
export async function deleteEmptyLabel(labelId: string): Promise<boolean> {
  const tx = await writing();
  const label = await tx.objectStore('labels').get(labelId);
  const held = await Promise.all([
    tx
      .objectStore('jobs')
      .index('byLabel')
      .count(IDBKeyRange.only([labelId, 'queued'])),
    ...SPLITS.map(split => countLive(tx.objectStore('samples'), labelId, split)),
  ]);
  const goes = label !== undefined && held.every(count => count === 0);
  if (goes) {
    lastDeletion = Math.max(Date.now(), lastDeletion + 1);
    await takeOut(tx, label, lastDeletion);
  }
  await tx.done;
  return goes;
}

const STORES = ['labels', 'samples', 'jobs', 'meta'] as const;
type DeletingTransaction = IDBPTransaction<GleanerSchema, typeof STORES, 'readwrite'>;

async function writing(): Promise<DeletingTransaction> {
  return (await database()).transaction(STORES, 'readwrite', { durability: 'strict' });
}

async function takeOut(tx: DeletingTransaction, label: Label, deletedAt: number): Promise<void> {
  const labelId = label.id;
  await tx.objectStore('labels').delete(labelId);
  const { formerName: name = label.name, ...rest } = label;
  const meta = tx.objectStore('meta');
  const earlier = await deletedLabel(labelId).get(meta);
  await deletedLabel(labelId).set({ ...earlier, label: { ...rest, name } }, meta);
  const samples = tx.objectStore('samples').index('byLabel');
  for (let cursor = await samples.openCursor(labelRange(labelId)); cursor; cursor = await cursor.continue()) {
    if (isLive(cursor.value)) await cursor.update({ ...cursor.value, deletedAt, deletedWithLabel: true });
  }
  const jobs = tx.objectStore('jobs');
  await drain(jobs.index('byLabel'), IDBKeyRange.only([labelId, 'queued']), job =>
    jobs.put({ ...job, state: 'rejected', reason: 'cancelled', detail: WENT_WITH_LABEL }),
  );
}

/**
 * Brings a deleted label back with everything that went with it and is still there. Rejects with 'label_gone'.
 * @param deletedAt  only what went with it at that time, to take one deletion back; what had gone before stays in the bin
 */
export async function undeleteLabel(
  labelId: string,
  { deletedAt }: { deletedAt?: number | undefined } = {},
): Promise<UndeletedWhole & { label: Label }> {
  const tx = await writing();
  const label = await labelBack(tx.objectStore('labels'), tx.objectStore('meta'), labelId);
  const kept = await deletedLabel(labelId).get(tx.objectStore('meta'));
  await deletedLabel(labelId).remove(tx.objectStore('meta'));
  const places = new Places();
  let restored = 0;
  const samples = tx.objectStore('samples').index('byLabel');
  for (let cursor = await samples.openCursor(labelRange(labelId)); cursor; cursor = await cursor.continue()) {
    const sample = cursor.value;
    if (!sample.deletedWithLabel || (deletedAt !== undefined && sample.deletedAt !== deletedAt)) continue;
    restored++;
    places.note(sample);
    await cursor.update(liveAgain(sample));
  }
  const jobs = tx.objectStore('jobs');
  const cancelled = jobs.index('byReason');
  const ofLabel = IDBKeyRange.only([labelId, 'cancelled']);
  for (let cursor = await cancelled.openCursor(ofLabel); cursor; cursor = await cursor.continue()) {
    const { reason: _reason, detail, ...rest } = cursor.value;
    if (detail === WENT_WITH_LABEL) await cursor.update({ ...rest, state: 'queued' });
  }
  await tx.done;
  return { label, restored, labels: [], before: places.all, gone: kept?.gone ?? 0 };
}

/**
 * The label as it stands, or made again from what was kept of it, under a free name and folder. What went with it stays
 * where it is, and so does what is kept, for `undeleteLabel`. Rejects with 'label_gone'.
 */
export async function labelBack(labels: LabelStore, meta: MetaStore, labelId: string): Promise<Label> {
  const here = await labels.get(labelId);
  if (here) return here;
  const deleted = await deletedLabel(labelId).get(meta);
  if (!deleted) throw new GleanerError('label_gone');
  return putBack(labels, deleted.label);
}

/** Puts a label in as it was; one made since may have taken its name, its folder or its colour. */
export async function putBack(labels: LabelStore, gone: Label): Promise<Label> {
  const others = await labels.getAll();
  const names = new Set(others.map(other => other.name));
  let name = gone.name;
  for (let n = 2; names.has(name); n++) {
    const ending = ` (${n})`;
    name = `${tidyName(gone.name.slice(0, LONGEST_LABEL_NAME - ending.length))}${ending}`;
  }
  const folders = others.map(other => other.folder);
  const label: Label = {
    ...gone,
    name,
    folder: folderName(name, folders),
    colour: freeColour(others, gone.colour),
    ...(name !== gone.name && { formerName: gone.name }),
  };
  await labels.put(label);
  return label;
}

/** Labels that are deleted and can come back, by name. */
export async function deletedLabels(): Promise<Label[]> {
  const tx = (await database()).transaction(['labels', 'meta']);
  const [live, kept] = await Promise.all([
    tx.objectStore('labels').getAllKeys(),
    tx.objectStore('meta').getAll(KEPT()) as Promise<DeletedLabel[]>,
  ]);
  const names = new Set(live);
  return kept
    .map(({ label }) => label)
    .filter(({ id }) => !names.has(id))
    .sort((a, b) => byCodePoint(a.folder, b.folder));
}

/**
 * Forgets deleted labels with their downloads; `undeleteLabel` no longer knows them. One that still has an image in the bin
 * is kept, and of one that came back its downloads are.
 */
export async function forgetDeletedLabels(): Promise<void> {
  const tx = (await database()).transaction(['labels', 'samples', 'meta', 'jobs'], 'readwrite');
  const [labels, jobs, meta] = [tx.objectStore('labels'), tx.objectStore('jobs'), tx.objectStore('meta')];
  for (const key of await meta.getAllKeys(KEPT())) {
    const labelId = key.slice(deletedKey('').length);
    const back = (await labels.getKey(labelId)) !== undefined;
    // Deleted while the bin was being emptied.
    if (!back && (await tx.objectStore('samples').index('byLabel').getKey(labelRange(labelId))) !== undefined) continue;
    await meta.delete(key);
    if (back) continue;
    const range = IDBKeyRange.bound([labelId], [labelId, []]);
    await drain(jobs.index('byLabel'), range, job => jobs.delete(job.id));
  }
  await tx.done;
}
