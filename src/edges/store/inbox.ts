// Images of the user's own, waiting for the background to check them.
import type { Sample } from '../../contract/sample';
import { database } from '../database';
import type { FromBackup } from './arrivals';

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

/** Lays images down for a label, for the message `takeInbox` to have them checked and stored; gives their ids for `withdraw`. */
export async function putIntoInbox(labelId: string, files: readonly File[]): Promise<number[]> {
  return putAll(files.map(file => ({ labelId, name: file.name, blob: file })));
}

/** Lays images down that come with their origin, each under its own label; gives their ids for `withdraw`. */
export async function putWithOrigin(entries: Required<Omit<InboxEntry, 'id'>>[]): Promise<number[]> {
  return putAll(entries);
}

async function putAll(entries: readonly Omit<InboxEntry, 'id'>[]): Promise<number[]> {
  const tx = (await database()).transaction('inbox', 'readwrite');
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

/** The first waiting image of a label after the given id. */
export async function nextInInbox(labelId: string, after: number): Promise<InboxEntry | undefined> {
  const store = (await database()).transaction('inbox').store;
  let cursor = await store.openCursor(IDBKeyRange.lowerBound(after, true));
  while (cursor && cursor.value.labelId !== labelId) cursor = await cursor.continue();
  return cursor ? { ...cursor.value, id: cursor.key } : undefined;
}

/** Labels images are waiting for. */
export async function inboxLabels(): Promise<string[]> {
  const labels = new Set<string>();
  const store = (await database()).transaction('inbox').store;
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue())
    labels.add(cursor.value.labelId);
  return [...labels];
}

export async function removeFromInbox(id: number): Promise<void> {
  await (await database()).delete('inbox', id);
}
