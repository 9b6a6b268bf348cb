// Which images the background is looking at, in one small row: what it dies of is named there when the next one starts.
import { database } from '../database';
import { metaItem } from './meta';

/** Each key with how often it was begun. */
const row = metaItem<[string, number][]>('looks');
const INBOX = 'inbox ';

/** Where an image comes from: the row that ends when it does. */
export type LookSource = { jobId: string } | { inboxId: number };

/** Names an image among those looked at. No job's id begins like an inbox's key: ids of labels hold no blank. */
export const lookKey = (source: LookSource): string => ('jobId' in source ? source.jobId : `${INBOX}${source.inboxId}`);

/** How often each image was begun to be looked at and the end of it not seen; only of those that still wait. */
export async function looksBegun(): Promise<Map<string, number>> {
  const tx = (await database()).transaction(['meta', 'jobs', 'inbox']);
  const rows = (await row.get(tx.objectStore('meta'))) ?? [];
  const waits = await Promise.all(
    rows.map(async ([key]) =>
      key.startsWith(INBOX)
        ? (await tx.objectStore('inbox').getKey(Number(key.slice(INBOX.length)))) !== undefined
        : (await tx.objectStore('jobs').get(key))?.state === 'queued',
    ),
  );
  return new Map(rows.filter((_, n) => waits[n]));
}

/** Stands in the database when this resolves: whatever kills the background after it does not take it along. */
export async function saveLooks(looks: ReadonlyMap<string, number>): Promise<void> {
  const tx = (await database()).transaction('meta', 'readwrite', { durability: 'relaxed' });
  // A refused write aborts the transaction; without this its rejection would be reported as unhandled as well.
  tx.done.catch(() => undefined);
  const writing = looks.size > 0 ? row.set([...looks], tx.store) : row.remove(tx.store);
  writing.catch(() => undefined);
  await tx.done;
}
