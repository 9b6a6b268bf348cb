// Checked pictures come into the dataset: row, bytes, thumbnail, the job's end and the group's split in one transaction.

import type { IDBPTransaction } from 'idb';
import type { Job } from '../../contract/job';
import type { Landing, Sample, SplitRatios } from '../../contract/sample';
import { grouped, place } from '../../pipeline/bucket/grouping';
import { isFurther, isStandIn } from '../../pipeline/download/stand-in';
import { jobId } from '../../pipeline/queue/job';
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';
import { database, type GleanerSchema } from '../database';
import { inPlaceOf } from './bin-place';
import type { HarvestRow } from './harvests';
import { settleSplits } from './splits';
import { askedFor } from './stand-ins';

/** A picture that passed every check. Its group and split are found in the transaction. */
export interface Arrival {
  sample: Omit<Sample, 'group' | 'split' | 'addedAt'>;
  blob: Blob;
  thumbnail: Blob;
  /** Samples whose hashes are near; rows that went meanwhile do no harm. */
  near: string[];
  kept?: Kept;
  /** Of a download: where its bytes were found. */
  landing?: Landing;
}

/**
 * What a backup says of one of its samples. `place` is kept in an empty project only, where no other sample can speak against
 * it; in others group and split are found as for any arrival.
 */
export interface Kept extends Pick<Sample, 'sha256' | 'dHash' | 'rightUnder'> {
  place?: Pick<Sample, 'group' | 'split'> & Partial<Pick<Sample, 'addedAt'>>;
}

/** Where the picture came from: the row that ends with its arrival. */
export type Source = { jobId: string; ended: (sha256: string) => (job: Job) => Job } | { inboxId: number };

export type ArrivalEnd =
  | { kind: 'stored' }
  /** The same bytes are in the dataset already, under this label; `besides`: they came from another address of the host. */
  | { kind: 'duplicate'; labelId: string; besides?: true }
  /** Other addresses of its host gave these bytes, too: it is no image of what was asked for. Nothing was changed. */
  | { kind: 'stand-in' }
  /** Its harvest has brought as many bytes as one may; the job's end is still to be written. */
  | { kind: 'full' }
  /** The row it came from ended or went while the picture was on the way: cancelled, undone, deleted with everything. */
  | { kind: 'unwanted' };

let lastStamp = 0;

const STORES = ['jobs', 'inbox', 'harvests', 'samples', 'blobs', 'thumbnails'] as const;
type ArrivalTransaction = IDBPTransaction<GleanerSchema, typeof STORES, 'readwrite'>;

/**
 * Stores pictures in one transaction, in their order: committing costs more than writing. A picture of the same bytes is a
 * duplicate, unless the user deleted it under another label or with its harvest, or restores or adds it: then it comes back
 * under this one, and knows how it lay in the bin. Rejects with the transaction's error when the storage refuses, and then none is stored.
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
  for (const id of known.brought) {
    const harvest = known.harvests.get(id);
    if (harvest) written(tx.objectStore('harvests').put(harvest));
  }
  // Said rather than found out by the browser, which spares a turn.
  tx.commit();
  await tx.done;
  return ends;
}

/** The rows the arrivals may meet, as they stand at this point of the transaction. */
interface Known {
  jobs: Map<string, Job | undefined>;
  samples: Map<string, Sample | undefined>;
  harvests: Map<string, HarvestRow | undefined>;
  /** Ids of pictures that wait in the inbox. */
  inbox: Set<number>;
  /** Harvests that brought bytes. */
  brought: Set<string>;
}

/** Reads them all in one go: a wait for each picture would last as long as whatever else the thread has to do. */
async function rowsOf(
  tx: ArrivalTransaction,
  arrivals: readonly { arrival: Arrival; source: Source }[],
): Promise<Known> {
  const jobIds = arrivals.flatMap(({ source }) => ('jobId' in source ? source.jobId : []));
  const inboxIds = arrivals.flatMap(({ source }) => ('inboxId' in source ? source.inboxId : []));
  const sha256s = arrivals.flatMap(({ arrival }) => [arrival.sample.sha256, ...arrival.near]);
  const harvestIds = jobIds.length > 0 ? arrivals.map(({ arrival }) => arrival.sample.harvestId) : [];
  const [jobs, samples, harvests, inbox] = await Promise.all([
    eachOnce(jobIds, id => tx.objectStore('jobs').get(id)),
    eachOnce(sha256s, id => tx.objectStore('samples').get(id)),
    eachOnce(harvestIds, id => tx.objectStore('harvests').get(id)),
    eachOnce(inboxIds, id => tx.objectStore('inbox').getKey(id)),
  ]);
  const waiting = new Set([...inbox.values()].filter(id => id !== undefined));
  return { jobs, samples, harvests, inbox: waiting, brought: new Set() };
}

async function eachOnce<K, T>(keys: readonly K[], read: (key: K) => Promise<T>): Promise<Map<K, T>> {
  return new Map(await Promise.all([...new Set(keys)].map(async key => [key, await read(key)] as const)));
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
  if ('jobId' in source ? job?.state !== 'queued' : !known.inbox.has(source.inboxId)) return { kind: 'unwanted' };
  const same = known.samples.get(sha256);
  const labelId = job?.labelId ?? arrival.sample.labelId;
  const lost = same?.deletedAt === undefined && same?.lost;
  // Only its bytes were missing: it stays where it stands.
  if (lost) mend(tx, same, arrival, known);
  if (lost && (!job || job.labelId === same.labelId)) return end(tx, arrival, source, job, known);
  // A picture the user adds is wanted, whatever became of it before.
  const unwanted = job && same?.labelId === labelId && !same.deletedWithHarvest;
  if (same && (same.deletedAt === undefined || unwanted)) {
    const earlier = arrival.landing && same.harvestId !== '' ? earlierOf(same) : undefined;
    if (!arrival.landing || !earlier || !isFurther(earlier, arrival.landing))
      return { kind: 'duplicate', labelId: same.labelId };
    if (isStandIn(earlier, arrival.landing)) return { kind: 'stand-in' };
    const landings = [...earlier, arrival.landing];
    known.samples.set(sha256, { ...same, landings });
    written(samples.put({ ...same, landings }));
    return { kind: 'duplicate', labelId: same.labelId, besides: true };
  }
  const harvest = job && known.harvests.get(job.harvestId);
  if (harvest && (harvest.bytes ?? 0) >= QUEUE_LIMITS.harvestBytes) return { kind: 'full' };
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
  const fresh: Sample = {
    ...arrival.sample,
    labelId,
    ...{ group, split, addedAt: lastStamp, ...arrival.kept?.place },
    ...(rightUnder && { rightUnder }),
    ...(arrival.landing?.landed !== undefined && { landings: [arrival.landing] }),
  };
  // Whoever restores a backup keeps what it found in the bin.
  put(same && !arrival.kept ? inPlaceOf(fresh, same) : fresh);
  keepBytes(tx, arrival);
  return end(tx, arrival, source, job, known);
}

/** The addresses a sample's bytes are known from. */
function earlierOf(sample: Sample): Landing[] {
  const { labelId, candidate, landings } = sample;
  if (landings || !URL.canParse(candidate.url)) return landings ?? [];
  return [{ asked: askedFor(sample), jobId: jobId(labelId, candidate.url) }];
}

function mend(tx: ArrivalTransaction, { lost: _lost, ...sound }: Sample, arrival: Arrival, known: Known): void {
  known.samples.set(sound.sha256, sound);
  written(tx.objectStore('samples').put(sound));
  keepBytes(tx, arrival);
}

function keepBytes(tx: ArrivalTransaction, { sample: { sha256 }, blob, thumbnail }: Arrival): void {
  written(tx.objectStore('blobs').put({ sha256, blob }));
  written(tx.objectStore('thumbnails').put({ sha256, blob: thumbnail }));
}

/** The end of the row a stored picture came from. */
function end(
  tx: ArrivalTransaction,
  { sample: { sha256, bytes } }: Arrival,
  source: Source,
  job: Job | undefined,
  known: Known,
): ArrivalEnd {
  const harvest = job && known.harvests.get(job.harvestId);
  if ('jobId' in source && job) {
    const ended = source.ended(sha256)(job);
    known.jobs.set(source.jobId, ended);
    written(tx.objectStore('jobs').put(ended));
  }
  if (harvest) {
    known.harvests.set(harvest.id, { ...harvest, bytes: (harvest.bytes ?? 0) + bytes });
    known.brought.add(harvest.id);
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
