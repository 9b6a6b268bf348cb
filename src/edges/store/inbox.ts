// Pictures of the user's own, waiting for the background to check them.
import { database } from '../database';

export interface InboxEntry {
  id: number;
  labelId: string;
  name: string;
  blob: Blob;
}

/** Lays pictures down for a label; the message `takeInbox` then has them checked and stored. */
export async function putIntoInbox(labelId: string, files: File[]): Promise<void> {
  const tx = (await database()).transaction('inbox', 'readwrite');
  for (const file of files) await tx.store.add({ labelId, name: file.name, blob: file });
  await tx.done;
}

/** The first waiting picture of a label after the given id. */
export async function nextInInbox(labelId: string, after: number): Promise<InboxEntry | undefined> {
  const store = (await database()).transaction('inbox').store;
  let cursor = await store.openCursor(IDBKeyRange.lowerBound(after, true));
  while (cursor && cursor.value.labelId !== labelId) cursor = await cursor.continue();
  return cursor ? { ...cursor.value, id: cursor.key } : undefined;
}

/** Labels pictures are waiting for. */
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
