// Labels in the database: listed, counted per split, made and renamed. Those that go are in deleted-labels and merge-labels.
import { GleanerError } from '../../contract/error';
import type { Reason } from '../../contract/job';
import type { Label, LabelCounts } from '../../contract/label';
import { byCodePoint } from '../../pipeline/bucket/class-order';
import { folderName } from '../../pipeline/bucket/folder-name';
import { checkedName, named } from '../../pipeline/bucket/label-name';
import { database, type Writing } from '../database';
import { countLive } from './splits';

/** All labels, by folder name in the order in which folder readers number classes. */
export async function allLabels(): Promise<Label[]> {
  const labels = await (await database()).getAll('labels');
  return labels.sort((a, b) => byCodePoint(a.folder, b.folder));
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
            const reason = cursor.key[1] as Reason;
            // What was undone with its harvest did not fail.
            if (reason !== 'undone') rejected[reason] = await index.count(IDBKeyRange.only(cursor.key));
          }
          return rejected;
        })(),
      ]);
      return { labelId: id, train, valid, test, queued, rejected };
    }),
  );
}

/** The label of this name, made with this id if there is none. Rejects with 'label_name_empty' or 'label_name_long'. */
export async function createLabel(name: string, id: string = crypto.randomUUID()): Promise<Label> {
  const clean = checkedName(name);
  const tx = (await database()).transaction('labels', 'readwrite', { durability: 'strict' });
  const { label } = await labelNamed(tx.store, clean, id);
  await tx.done;
  return label;
}

/** As `createLabel`, in a transaction of the caller's and of a name that is checked; says whether it was made. */
export async function labelNamed(
  store: Writing<'labels'>,
  name: string,
  id: string = crypto.randomUUID(),
): Promise<{ label: Label; made: boolean }> {
  const labels = await store.getAll();
  const existing = labels.find(label => label.name === name);
  if (existing) return { label: existing, made: false };
  const label: Label = {
    id,
    name,
    folder: folderName(
      name,
      labels.map(other => other.folder),
    ),
    colour: freeColour(labels),
    createdAt: Date.now(),
  };
  await store.add(label);
  return { label, made: true };
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
  const { formerName: _before, ...rest } = label;
  const renamed = { ...rest, name: clean, folder };
  await tx.store.put(renamed);
  await tx.done;
  return renamed;
}

/** The colour wanted, or the first that no label has where another has that one. */
export function freeColour(labels: Label[], wanted = 0): number {
  const used = new Set(labels.map(label => label.colour));
  let colour = wanted;
  for (let free = 0; used.has(colour); free++) colour = free;
  return colour;
}
