// Labels in the database: made, renamed, merged, deleted with a way back; counted per split.
import { GleanerError } from '../../contract/error';
import type { Job, Reason } from '../../contract/job';
import { type Label, type LabelCounts, LONGEST_LABEL_NAME } from '../../contract/label';
import { folderName } from '../../pipeline/bucket/folder-name';
import { checkedName, named, tidyName } from '../../pipeline/bucket/label-name';
import { database } from '../database';
import { drain } from './drain';
import { countLive } from './splits';

/** All labels, by folder name in code-unit order, which is how folder readers order classes. */
export async function allLabels(): Promise<Label[]> {
  const labels = await (await database()).getAll('labels');
  return labels.sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Counts of every label, in the order of `allLabels`. */
export async function labelCounts(): Promise<LabelCounts[]> {
  const labels = await allLabels();
  const tx = (await database()).transaction(['samples', 'jobs']);
  const samples = tx.objectStore('samples');
  const jobs = tx.objectStore('jobs');
  return Promise.all(
    labels.map(async ({ id }) => {
      const [train, valid, test, queued, rejected] = await Promise.all([
        countLive(samples, id, 'train'),
        countLive(samples, id, 'valid'),
        countLive(samples, id, 'test'),
        jobs.index('byLabel').count(IDBKeyRange.only([id, 'queued'])),
        (async () => {
          const rejected: LabelCounts['rejected'] = {};
          const index = jobs.index('byReason');
          let cursor = await index.openKeyCursor(IDBKeyRange.bound([id], [id, []]), 'nextunique');
          for (; cursor; cursor = await cursor.continue()) {
            rejected[cursor.key[1] as Reason] = await index.count(IDBKeyRange.only(cursor.key));
          }
          return rejected;
        })(),
      ]);
      return { labelId: id, train, valid, test, queued, rejected };
    }),
  );
}

/** The label of this name, made if there is none. Rejects with 'label_name_empty' or 'label_name_long'. */
export async function createLabel(name: string): Promise<Label> {
  const clean = checkedName(name);
  const tx = (await database()).transaction('labels', 'readwrite', { durability: 'strict' });
  const labels = await tx.store.getAll();
  const existing = labels.find(label => label.name === clean);
  if (existing) return existing;
  const label: Label = {
    id: crypto.randomUUID(),
    name: clean,
    folder: folderName(
      clean,
      labels.map(other => other.folder),
    ),
    colour: freeColour(labels),
    createdAt: Date.now(),
  };
  await tx.store.add(label);
  await tx.done;
  return label;
}

/** Renames a label and its folder. Rejects with 'label_name_taken' when another label has the name. */
export async function renameLabel(labelId: string, name: string): Promise<Label> {
  const clean = checkedName(name);
  const tx = (await database()).transaction('labels', 'readwrite', { durability: 'strict' });
  const labels = await tx.store.getAll();
  const label = labels.find(({ id }) => id === labelId);
  if (!label) throw new GleanerError('label_gone');
  const others = labels.filter(({ id }) => id !== labelId);
  if (others.some(other => other.name === clean)) throw new GleanerError('label_name_taken', [named(clean)]);
  const folder = folderName(
    clean,
    others.map(other => other.folder),
  );
  const renamed = { ...label, name: clean, folder };
  await tx.store.put(renamed);
  await tx.done;
  return renamed;
}

/** What a deleted label leaves for `restoreLabel`, kept in `meta`. */
interface DeletedLabel {
  label: Label;
}
export const deletedKey = (labelId: string) => `deleted-label:${labelId}`;
/** The detail of jobs cancelled because their label went; those the user cancelled before have none and stay cancelled. */
const WENT_WITH_LABEL = 'label-deleted';

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

/** Puts everything of one label under another and removes the first. Where both know an address, the better end wins. */
export async function mergeLabels(from: string, into: string): Promise<void> {
  if (from === into) return;
  const tx = (await database()).transaction(['labels', 'samples', 'jobs', 'harvests'], 'readwrite', {
    durability: 'strict',
  });
  const labels = tx.objectStore('labels');
  if (!(await labels.get(from)) || !(await labels.get(into))) throw new GleanerError('label_gone');
  await labels.delete(from);
  const samples = tx.objectStore('samples');
  const range = IDBKeyRange.bound([from], [from, []]);
  await drain(samples.index('byLabel'), range, sample => samples.put({ ...sample, labelId: into }));
  const jobs = tx.objectStore('jobs');
  await drain(jobs.index('byLabel'), range, async job => {
    await jobs.delete(job.id);
    const moved: Job = { ...job, id: into + job.id.slice(from.length), labelId: into };
    const known = await jobs.get(moved.id);
    if (!known || RANK[known.state] < RANK[moved.state]) await jobs.put(moved);
  });
  for (let cursor = await tx.objectStore('harvests').openCursor(); cursor; cursor = await cursor.continue()) {
    if (cursor.value.labelId === from) await cursor.update({ ...cursor.value, labelId: into });
  }
  await tx.done;
}
const RANK: Record<Job['state'], number> = { rejected: 0, queued: 1, stored: 2 };

function freeColour(labels: Label[]): number {
  const used = new Set(labels.map(label => label.colour));
  let colour = 0;
  while (used.has(colour)) colour++;
  return colour;
}
