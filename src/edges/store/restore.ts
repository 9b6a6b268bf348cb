// Brings the rows of a backup back: labels first, then, when the pictures are there, harvests and known addresses.
import type { Harvest } from '../../contract/harvest';
import type { Job } from '../../contract/job';
import type { Label } from '../../contract/label';
import { FolderNames } from '../../pipeline/bucket/folder-name';
import { checkedName } from '../../pipeline/bucket/label-name';
import { hostOf } from '../../pipeline/queue/host';
import { jobId, requeued } from '../../pipeline/queue/job';
import { database } from '../database';
import { deletedKey } from './deleted-labels';
import { freeColour } from './labels';

/** Which label of the project stands for a label of the backup. */
export interface LabelMatch {
  /** The label's id in the backup, and here. */
  from: string;
  into: string;
  /** Made now, or deleted before and back. */
  made: boolean;
}

/**
 * A label that is here already, by id or else by name, takes the backup's images in; it keeps its own name and colour. The
 * others are made as they were, under a free name and folder.
 */
export async function restoreLabels(wanted: Label[]): Promise<LabelMatch[]> {
  const tx = (await database()).transaction(['labels', 'meta'], 'readwrite', { durability: 'strict' });
  const store = tx.objectStore('labels');
  const labels = await store.getAll();
  const folders = new FolderNames(labels.map(({ folder }) => folder));
  const matches: LabelMatch[] = [];
  for (const label of wanted) {
    const name = checkedName(label.name);
    const same = labels.find(({ id }) => id === label.id) ?? labels.find(other => other.name === name);
    if (same) {
      matches.push({ from: label.id, into: same.id, made: false });
      continue;
    }
    const made = { ...label, name, folder: folders.add(label.folder), colour: freeColour(labels, label.colour) };
    labels.push(made);
    await store.put(made);
    // It may have been deleted here; there is nothing more to undo then.
    await tx.objectStore('meta').delete(deletedKey(label.id));
    matches.push({ from: label.id, into: made.id, made: true });
  }
  await tx.done;
  return matches;
}

/** A job without what follows from its label and address. */
export type KnownAddress = Omit<Job, 'id' | 'host'>;

/**
 * Puts harvests and addresses in; what is here already stays, but for addresses that were cancelled here. An address whose
 * picture was to be restored but is not there goes back into the queue.
 * @param missing  SHA-256 of such pictures
 */
export async function restoreRows(
  harvests: Harvest[],
  addresses: KnownAddress[],
  missing: ReadonlySet<string>,
): Promise<{ added: string[]; queued: number }> {
  const now = Date.now();
  const tx = (await database()).transaction(['harvests', 'jobs'], 'readwrite', { durability: 'strict' });
  for (const harvest of harvests) {
    if ((await tx.objectStore('harvests').getKey(harvest.id)) === undefined)
      await tx.objectStore('harvests').put(harvest);
  }
  const jobs = tx.objectStore('jobs');
  const added: string[] = [];
  let queued = 0;
  for (const address of addresses) {
    const id = jobId(address.labelId, address.candidate.url);
    const here = await jobs.get(id);
    if (here && here.reason !== 'cancelled') continue;
    const row: Job = { id, host: hostOf(address.candidate.url), ...address };
    const job = row.sha256 !== undefined && missing.has(row.sha256) ? requeued(row, now) : row;
    if (job.state === 'queued') queued++;
    added.push(id);
    await jobs.put(job);
  }
  await tx.done;
  return { added, queued };
}

/** Takes addresses out again; the way back of `restoreRows`. */
export async function forgetAddresses(ids: string[]): Promise<void> {
  const tx = (await database()).transaction('jobs', 'readwrite', { durability: 'strict' });
  await Promise.all(ids.map(id => tx.store.delete(id)));
  await tx.done;
}

/** Which of these pictures are in the dataset, and under which label. Deleted ones are not. */
export async function labelsOf(sha256s: string[]): Promise<Map<string, string>> {
  const { store } = (await database()).transaction('samples');
  const rows = await Promise.all(sha256s.map(sha256 => store.get(sha256)));
  return new Map(
    rows.flatMap(row => (row && row.deletedAt === undefined ? [[row.sha256, row.labelId] as [string, string]] : [])),
  );
}
