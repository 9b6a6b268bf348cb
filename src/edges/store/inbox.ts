// Images of the user's own, waiting for the background to check them.
import type { Sample } from '../../contract/sample';
import { database } from '../database';
import type { FromBackup } from './arrivals';
import { standsFor } from './merge-labels';

/** Where an image is from that did not come as a loose file. */
export interface InboxOrigin extends Pick<Sample, 'candidate' | 'provenance' | 'harvestId'> {
  fromBackup?: FromBackup;
}

export interface InboxEntry {
  id: number;
  labelId: string;
  name: string;
  blob: Blob;
  origin?: InboxOrigin;
}

/** Lays images down for a label; gives their ids, for the message `takeInbox` to have them checked and stored. */
export async function putIntoInbox(labelId: string, files: readonly File[]): Promise<number[]> {
  return putAll(files.map(file => ({ labelId, name: file.name, blob: file })));
}

/** Lays images down that come with their origin, each under its own label; gives their ids. */
export async function putWithOrigin(entries: Required<Omit<InboxEntry, 'id'>>[]): Promise<number[]> {
  return putAll(entries);
}

async function putAll(entries: readonly Omit<InboxEntry, 'id'>[]): Promise<number[]> {
  const tx = (await database()).transaction('inbox', 'readwrite');
  // A refused write ends it, and is told by itself; without this it would be reported as unhandled as well.
  tx.done.catch(() => undefined);
  const ids: number[] = [];
  for (const entry of entries) ids.push(await tx.store.add(entry));
  await tx.done;
  return ids;
}

/** Takes images away again that nobody has looked at yet. */
export async function withdraw(ids: readonly number[]): Promise<void> {
  const tx = (await database()).transaction('inbox', 'readwrite');
  await Promise.all(ids.map(id => tx.store.delete(id)));
  await tx.done;
}

/** A waiting image, under the label that stands by now for the one it was laid down for. */
export interface Waiting extends Omit<InboxEntry, 'labelId'> {
  /** Undefined where that label is deleted. */
  labelId: string | undefined;
}

/** Undefined once the image was taken or withdrawn. */
export async function inboxEntry(id: number): Promise<Waiting | undefined> {
  const tx = (await database()).transaction(['inbox', 'labels', 'meta']);
  const row = await tx.objectStore('inbox').get(id);
  return row && { ...row, id, labelId: await standsFor(tx.objectStore('labels'), tx.objectStore('meta'), row.labelId) };
}

/** Ids of all that wait, in the order they came. */
export async function inboxIds(): Promise<number[]> {
  return (await database()).getAllKeys('inbox');
}

export async function removeFromInbox(id: number): Promise<void> {
  await (await database()).delete('inbox', id);
}
