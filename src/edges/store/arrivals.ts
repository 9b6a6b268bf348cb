// Checked pictures come into the dataset: row, bytes, thumbnail, the job's end and the group's split in one transaction.

import type { IDBPTransaction } from 'idb';
import type { Job } from '../../contract/job';
import type { Sample, SplitRatios } from '../../contract/sample';
import { grouped, place } from '../../pipeline/bucket/grouping';
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
export interface Kept extends Pick<Sample, 'sha256' | 'dHash' | 'rightUnder'> {
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
 * duplicate, unless the user deleted it under another label or with its harvest, or restores it: then it comes back under
 * this one. Rejects with the transaction's error when the storage refuses, and then none is stored.
 */
export async function storeArrivals(
  arrivals: readonly { arrival: Arrival; source: Source }[],
  ratios: SplitRatios,
): Promise<ArrivalEnd[]> {
  // A commit the system loses with the power is a picture that is fetched again.
  const tx = (await database()).transaction(STORES, 'readwrite', { durability: 'relaxed' });
  // A refused write aborts the transaction; without this its rejection would be reported as unhandled as well.
  tx.done.catch(() => undefined);
  const known = await rowsOf(tx, arrivals);
  const ends: ArrivalEnd[] = [];
  const labels = new Set<string>();
  for (const { arrival, source } of arrivals) ends.push(await store(tx, arrival, source, ratios, known, labels));
  for (const id of labels) await settleSplits(tx.objectStore('samples'), id, ratios);
  // Said rather than found out by the browser, which spares a turn.
  tx.commit();
  await tx.done;
  return ends;
}

/** The rows the arrivals may meet, as they stand at this point of the transaction. */
interface Known {
  jobs: Map<string, Job | undefined>;
  samples: Map<string, Sample | undefined>;
}

/** Reads them all in one go: a wait for each picture would last as long as whatever else the thread has to do. */
async function rowsOf(
  tx: ArrivalTransaction,
  arrivals: readonly { arrival: Arrival; source: Source }[],
): Promise<Known> {
  const jobIds = new Set(arrivals.flatMap(({ source }) => ('jobId' in source ? source.jobId : [])));
  const sha256s = new Set(arrivals.flatMap(({ arrival }) => [arrival.sample.sha256, ...arrival.near]));
  const [jobs, samples] = await Promise.all([
    Promise.all([...jobIds].map(async id => [id, await tx.objectStore('jobs').get(id)] as const)),
    Promise.all([...sha256s].map(async id => [id, await tx.objectStore('samples').get(id)] as const)),
  ]);
  return { jobs: new Map(jobs), samples: new Map(samples) };
}

/**
 * Waits for nothing, but where groups are joined.
 * @param known  kept true to what is written
 * @param labels  filled with labels whose splits changed
 */
async function store(
  tx: ArrivalTransaction,
  arrival: Arrival,
  source: Source,
  ratios: SplitRatios,
  known: Known,
  labels: Set<string>,
): Promise<ArrivalEnd> {
  const { sha256 } = arrival.sample;
  const samples = tx.objectStore('samples');
  const job = 'jobId' in source ? known.jobs.get(source.jobId) : undefined;
  if ('jobId' in source && job?.state !== 'queued') return { kind: 'unwanted' };
  const same = known.samples.get(sha256);
  const labelId = job?.labelId ?? arrival.sample.labelId;
  const unwanted = same?.labelId === labelId && !arrival.kept && !same.deletedWithHarvest;
  if (same && (same.deletedAt === undefined || unwanted)) {
    return { kind: 'duplicate', labelId: same.labelId };
  }
  const put = (sample: Sample) => {
    known.samples.set(sample.sha256, sample);
    written(samples.put(grouped(sample)));
  };

  const look = arrival.kept?.place ? [] : arrival.near.filter(id => id !== sha256);
  const near = look.map(id => known.samples.get(id));
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
      put({ ...member, group, split });
    }
  }
  // Strictly rising, so that lists can page by it.
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  const rightUnder = arrival.kept?.rightUnder;
  put({
    ...arrival.sample,
    labelId,
    ...(arrival.kept?.place ?? { group, split, addedAt: lastStamp }),
    ...(rightUnder && { rightUnder }),
  });
  written(tx.objectStore('blobs').put({ sha256, blob: arrival.blob }));
  written(tx.objectStore('thumbnails').put({ sha256, blob: arrival.thumbnail }));
  if ('jobId' in source && job) {
    const ended = source.ended(sha256)(job);
    known.jobs.set(source.jobId, ended);
    written(tx.objectStore('jobs').put(ended));
  }
  if ('inboxId' in source) written(tx.objectStore('inbox').delete(source.inboxId));
  return { kind: 'stored' };
}

/** The end of the transaction says whether it was; the write's own failure would be reported as unhandled as well. */
function written(write: Promise<unknown>): void {
  write.catch(() => undefined);
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
