// Labels that are deleted with a way back: what goes with them, what is kept for their return, and its end.
import { GleanerError } from '../../contract/error';
import { type Label, LONGEST_LABEL_NAME } from '../../contract/label';
import { folderName } from '../../pipeline/bucket/folder-name';
import { tidyName } from '../../pipeline/bucket/label-name';
import { database } from '../database';
import { drain } from './drain';

/** What a deleted label leaves for `restoreLabel`, kept in `meta`. */
interface DeletedLabel {
  label: Label;
}
/** Where in `meta` that is. */
export const deletedKey = (labelId: string) => `deleted-label:${labelId}`;
/** The detail of jobs cancelled because their label went; those the user cancelled before have none and stay cancelled. */
const WENT_WITH_LABEL = 'label-deleted';

/** Deletes a label; its samples leave the dataset and its queued jobs the queue, until `restoreLabel`. */
export async function deleteLabel(labelId: string): Promise<void> {
  const deletedAt = Date.now();
  const tx = (await database()).transaction(['labels', 'samples', 'jobs', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const label = await tx.objectStore('labels').get(labelId);
  if (!label) throw new GleanerError('label_gone');
  await tx.objectStore('labels').delete(labelId);
  await tx.objectStore('meta').put({ label } satisfies DeletedLabel, deletedKey(labelId));
  const range = IDBKeyRange.bound([labelId], [labelId, []]);
  const samples = tx.objectStore('samples').index('byLabel');
  for (let cursor = await samples.openCursor(range); cursor; cursor = await cursor.continue()) {
    if (cursor.value.deletedAt === undefined)
      await cursor.update({ ...cursor.value, deletedAt, deletedWithLabel: true });
  }
  const jobs = tx.objectStore('jobs');
  await drain(jobs.index('byLabel'), IDBKeyRange.only([labelId, 'queued']), job =>
    jobs.put({ ...job, state: 'rejected', reason: 'cancelled', detail: WENT_WITH_LABEL }),
  );
  await tx.done;
}

/** Brings a deleted label back with everything that went with it. */
export async function restoreLabel(labelId: string): Promise<Label> {
  const tx = (await database()).transaction(['labels', 'samples', 'jobs', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const deleted = (await tx.objectStore('meta').get(deletedKey(labelId))) as DeletedLabel | undefined;
  if (!deleted) throw new GleanerError('label_gone');
  const labels = await tx.objectStore('labels').getAll();
  // A label made since may have taken the folder or the name.
  const folders = labels.map(other => other.folder);
  const names = new Set(labels.map(other => other.name));
  let name = deleted.label.name;
  for (let n = 2; names.has(name); n++) {
    const ending = ` (${n})`;
    name = `${tidyName(deleted.label.name.slice(0, LONGEST_LABEL_NAME - ending.length))}${ending}`;
  }
  const label = { ...deleted.label, name, folder: folderName(name, folders) };
  await tx.objectStore('labels').put(label);
  await tx.objectStore('meta').delete(deletedKey(labelId));
  const samples = tx.objectStore('samples').index('byLabel');
  const range = IDBKeyRange.bound([labelId], [labelId, []]);
  for (let cursor = await samples.openCursor(range); cursor; cursor = await cursor.continue()) {
    const { deletedAt: _deletedAt, deletedWithLabel, ...sample } = cursor.value;
    if (deletedWithLabel) await cursor.update(sample);
  }
  const jobs = tx.objectStore('jobs');
  const cancelled = jobs.index('byReason');
  const ofLabel = IDBKeyRange.only([labelId, 'cancelled']);
  for (let cursor = await cancelled.openCursor(ofLabel); cursor; cursor = await cursor.continue()) {
    const { reason: _reason, detail, ...rest } = cursor.value;
    if (detail === WENT_WITH_LABEL) await cursor.update({ ...rest, state: 'queued' });
  }
  await tx.done;
  return label;
}

/** Forgets deleted labels with their downloads; `restoreLabel` no longer knows them. */
export async function forgetDeletedLabels(): Promise<void> {
  const tx = (await database()).transaction(['meta', 'jobs'], 'readwrite');
  const keys = await tx.objectStore('meta').getAllKeys(IDBKeyRange.bound(deletedKey(''), deletedKey('\uffff')));
  for (const key of keys) {
    const labelId = key.slice(deletedKey('').length);
    const range = IDBKeyRange.bound([labelId], [labelId, []]);
    await drain(tx.objectStore('jobs').index('byLabel'), range, job => tx.objectStore('jobs').delete(job.id));
    await tx.objectStore('meta').delete(key);
  }
  await tx.done;
}
