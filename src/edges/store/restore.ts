// Brings the rows of a backup back: labels and harvests first, then, when the images are there, known addresses.
import type { Job } from '../../contract/job';
import { type Label, LONGEST_LABEL_NAME } from '../../contract/label';
import type { RestoredAddress } from '../../contract/restored-rows';
import type { Sample } from '../../contract/sample';
import { FolderNames, folderName } from '../../pipeline/bucket/folder-name';
import { tidyName } from '../../pipeline/bucket/label-name';
import { hostOf } from '../../pipeline/queue/host';
import { addressOf, isGivenUp, jobId, requeued } from '../../pipeline/queue/job';
import { database, type Writing } from '../database';
import { deletedLabel } from './deleted-labels';
import { freeColour } from './labels';
import { standsFor } from './merge-labels';

/** Which row of the project stands for a row of the backup. */
export interface IdMatch {
  /** The row's id in the backup, and here. */
  from: string;
  into: string;
  /** Made now, or deleted before and back. */
  made: boolean;
}

/** Nothing is here that a backup could touch, the bin included. */
export async function nothingHere(): Promise<boolean> {
  const db = await database();
  return (await db.count('labels')) === 0 && (await db.count('samples')) === 0;
}

/**
 * A label that is here already, by id or else by name, takes the backup's images in; it keeps its own name and colour. One
 * that was deleted here comes back as it was here; where another label has its name by now it stays deleted, and keeps its id. The
 * others are made as the backup says, under a free name and folder.
 */
export async function restoreLabels(wanted: Label[]): Promise<IdMatch[]> {
  const tx = (await database()).transaction(['labels', 'meta'], 'readwrite', { durability: 'strict' });
  const store = tx.objectStore('labels');
  const labels = await store.getAll();
  const folders = new FolderNames(labels.map(({ folder }) => folder));
  const matches: IdMatch[] = [];
  for (const label of wanted) {
    const name = nameOf(label);
    const same = labels.find(({ id }) => id === label.id) ?? labels.find(other => other.name === name);
    if (same) {
      matches.push({ from: label.id, into: same.id, made: false });
      continue;
    }
    const deleted = await deletedLabel(label.id).get(tx.objectStore('meta'));
    const free = deleted && !labels.some(other => other.name === deleted.label.name);
    // A stranger's label under the id of ours would take its place, its images and its way back.
    const row = free ? deleted.label : { ...label, name, ...(deleted && { id: crypto.randomUUID() }) };
    const made = { ...row, folder: folders.add(row.folder), colour: freeColour(labels, row.colour) };
    labels.push(made);
    await store.put(made);
    await deletedLabel(made.id).remove(tx.objectStore('meta'));
    matches.push({ from: label.id, into: made.id, made: true });
  }
  await tx.done;
  return matches;
}

/** The name as ours are kept. Where a file's shows nothing, or grows too long in its normal form, that of a folder does. */
function nameOf({ name, folder }: Label): string {
  const tidy = tidyName(name);
  if (tidy !== '' && tidy.length <= LONGEST_LABEL_NAME) return tidy;
  return tidyName(folderName(folder, [])) || folderName('', []);
}

/** A job without what follows from its label and address. */
export type BackupAddress = Omit<Job, 'id' | 'host'>;

/**
 * Puts addresses in, but for those whose label was deleted meanwhile; what is here already stays, but for addresses that were cancelled or undone here, which come with what they were.
 * An address whose image was to be restored but is not there goes back into the queue.
 * @param missing  SHA-256 of such images
 */
export async function restoreAddresses(
  addresses: BackupAddress[],
  missing: ReadonlySet<string>,
): Promise<{ came: RestoredAddress[]; queued: number }> {
  const now = Date.now();
  const tx = (await database()).transaction(['jobs', 'samples', 'labels', 'meta'], 'readwrite', {
    durability: 'strict',
  });
  const jobs = tx.objectStore('jobs');
  const came: RestoredAddress[] = [];
  let queued = 0;
  for (const saved of addresses) {
    const labelId = await standsFor(tx.objectStore('labels'), tx.objectStore('meta'), saved.labelId);
    if (labelId === undefined) continue;
    const address = { ...saved, labelId };
    const id = jobId(address.labelId, address.candidate.url);
    const here = await jobs.get(id);
    if (here && !isGivenUp(here)) continue;
    const row: Job = { id, host: hostOf(addressOf(address)), ...address };
    const job = row.sha256 !== undefined && missing.has(row.sha256) ? requeued(row, now) : row;
    if (job.state === 'queued') queued++;
    const confirmed = await isConfirmed(tx.objectStore('samples'), job);
    const left = { id, harvestId: job.harvestId, state: job.state, ...(confirmed && { confirmed }) };
    came.push({ left, ...(here && { before: here }) });
    await jobs.put(job);
  }
  await tx.done;
  return { came, queued };
}

/** Whether the user has confirmed a duplicate's image against the label it was found for. */
export async function isConfirmed(samples: Writing<'samples'>, { reason, sha256, labelId }: Job): Promise<boolean> {
  if (reason !== 'duplicate-of' || sha256 === undefined) return false;
  return (await samples.get(sha256))?.confirmedLabels?.includes(labelId) ?? false;
}

/** The rows of these images that are here, deleted ones included. */
export async function rowsOf(sha256s: string[]): Promise<Map<string, Sample>> {
  const { store } = (await database()).transaction('samples');
  const rows = await Promise.all(sha256s.map(sha256 => store.get(sha256)));
  return new Map(rows.flatMap(row => (row ? [[row.sha256, row] as const] : [])));
}
