// Checked pictures come into the dataset: row, bytes, thumbnail, the job's end and the group's split in one transaction.

import type { IDBPTransaction } from 'idb';
import type { Job } from '../../contract/job';
import type { Sample, SplitRatios } from '../../contract/sample';
import { place } from '../../pipeline/bucket/grouping';
import { database, type GleanerSchema } from '../database';
import { settleSplits } from './splits';

/** A picture that passed every check. Its group and split are found in the transaction. */
export interface Arrival {
  sample: Omit<Sample, 'group' | 'split' | 'addedAt'>;
  blob: Blob;
  thumbnail: Blob;
  /** Samples whose hashes are near; rows that went meanwhile do no harm. */
  near: string[];
  kept?: Kept;
}

/**
 * What a backup says of one of its samples. `place` is kept in an empty project only, where no other sample can speak against
 * it; in others group and split are found as for any arrival.
 */
export interface Kept extends Pick<Sample, 'sha256' | 'dHash'> {
  place?: Pick<Sample, 'group' | 'split' | 'addedAt'>;
}

/** Where the picture came from: the row that ends with its arrival. */
export type Source = { jobId: string; ended: (sha256: string) => (job: Job) => Job } | { inboxId: number };

export type ArrivalEnd =
  | { kind: 'stored' }
  /** The same bytes are in the dataset already, under this label. */
  | { kind: 'duplicate'; labelId: string }
  /** The job was cancelled, undone or moved while its picture was on the way. */
  | { kind: 'unwanted' };

let lastStamp = 0;

const STORES = ['jobs', 'inbox', 'samples', 'blobs', 'thumbnails'] as const;
type ArrivalTransaction = IDBPTransaction<GleanerSchema, typeof STORES, 'readwrite'>;

/**
 * Stores pictures in one transaction, in their order: committing costs more than writing. A picture of the same bytes is a
 * duplicate, unless the user deleted it under another label, or restores it: then it comes back under this one. Rejects with
 * the transaction's error when the storage refuses, and then none is stored.
 */
export async function storeArrivals(
  arrivals: readonly { arrival: Arrival; source: Source }[],
  ratios: SplitRatios,
): Promise<ArrivalEnd[]> {
  // A commit the system loses with the power is a picture that is fetched again.
  const tx = (await database()).transaction(STORES, 'readwrite', { durability: 'relaxed' });
  // A refused write aborts the transaction; without this its rejection would be reported as unhandled as well.
  tx.done.catch(() => undefined);
  const ends: ArrivalEnd[] = [];
  const writes: Promise<unknown>[] = [];
  const labels = new Set<string>();
  for (const { arrival, source } of arrivals) ends.push(await store(tx, arrival, source, ratios, writes, labels));
  await Promise.all(writes);
  for (const id of labels) await settleSplits(tx.objectStore('samples'), id, ratios);
  await tx.done;
  return ends;
}

/** @param writes  filled with what is under way: the next picture's reads stand behind it in the transaction anyway
 *  @param labels  filled with labels whose splits changed */
async function store(
  tx: ArrivalTransaction,
  arrival: Arrival,
  source: Source,
  ratios: SplitRatios,
  writes: Promise<unknown>[],
  labels: Set<string>,
): Promise<ArrivalEnd> {
  const { sha256 } = arrival.sample;
  const samples = tx.objectStore('samples');
  const jobs = tx.objectStore('jobs');
  const [job, same] = await Promise.all(['jobId' in source ? jobs.get(source.jobId) : undefined, samples.get(sha256)]);
  if ('jobId' in source && job?.state !== 'queued') return { kind: 'unwanted' };
  const labelId = job?.labelId ?? arrival.sample.labelId;
  if (same && (same.deletedAt === undefined || (same.labelId === labelId && !arrival.kept))) {
    return { kind: 'duplicate', labelId: same.labelId };
  }

  const look = arrival.kept?.place ? [] : arrival.near.filter(id => id !== sha256);
  const near = await Promise.all(look.map(id => samples.get(id)));
  const { group, split, changed } = place(
    sha256,
    near.filter(member => member !== undefined),
    ratios,
  );
  // Half a restored label would look as if it lacked a split.
  if (!arrival.kept?.place) labels.add(labelId);
  for (const id of changed) {
    for (const member of await samples.index('byGroup').getAll(id)) {
      labels.add(member.labelId);
      await samples.put({ ...member, group, split });
    }
  }
  // Strictly rising, so that lists can page by it.
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  const where = arrival.kept?.place ?? { group, split, addedAt: lastStamp };
  writes.push(
    samples.put({ ...arrival.sample, labelId, ...where }),
    tx.objectStore('blobs').put({ sha256, blob: arrival.blob }),
    tx.objectStore('thumbnails').put({ sha256, blob: arrival.thumbnail }),
  );
  if ('jobId' in source && job) writes.push(jobs.put(source.ended(sha256)(job)));
  if ('inboxId' in source) writes.push(tx.objectStore('inbox').delete(source.inboxId));
  return { kind: 'stored' };
}

/** SHA-256 and dHash of every sample, deleted ones included, in batches. */
export async function* everyHash(): AsyncGenerator<{ sha256: string; dHash: string }> {
  const batch = 1000;
  let last = '';
  for (;;) {
    const rows = await (await database()).getAll('samples', IDBKeyRange.lowerBound(last, true), batch);
    for (const { sha256, dHash } of rows) yield { sha256, dHash };
    if (rows.length < batch) return;
    last = rows.at(-1)?.sha256 ?? last;
  }
}
