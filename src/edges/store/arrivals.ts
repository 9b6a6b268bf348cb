// Checked images come into the dataset: row, bytes, thumbnail, the job's end and the group's split in one transaction.
import type { IDBPTransaction } from 'idb';
import type { Job } from '../../contract/job';
import type { Landing, Sample, SplitRatios } from '../../contract/sample';
import { place } from '../../pipeline/bucket/near-duplicates/grouping';
import { isFlat, sketchBytes } from '../../pipeline/bucket/near-duplicates/sketch';
import { isFurther, isStandIn } from '../../pipeline/download/stand-in';
import { jobId } from '../../pipeline/queue/job';
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';
import { database, type GleanerSchema } from '../database';
import { ArrivalRows } from './arrival-rows';
import { inPlaceOf } from './bin-place';
import { rebalanceSplits } from './splits';
import { askedFor } from './stand-ins';

/** An image that passed every check. Its group and split are found in the transaction. */
export interface Arrival {
  sample: Omit<Sample, 'group' | 'split' | 'addedAt'>;
  blob: Blob;
  thumbnail: Blob;
  /** Samples whose hashes are near; rows that went meanwhile do no harm. */
  near: string[];
  fromBackup?: FromBackup;
  /** Of a download: where its bytes were found. */
  landing?: Landing;
}

/** What a backup says of one of its samples. */
export interface FromBackup extends Pick<Sample, 'sha256' | 'dHash' | 'confirmedLabels'> {
  /** Only into an empty project, where no grouping exists yet; in others group and split are found as for any arrival. */
  place?: Pick<Sample, 'group' | 'split'> & Partial<Pick<Sample, 'addedAt'>>;
}

/** Where the image came from: the row that ends with its arrival. */
export type Source = { jobId: string; ended: (sha256: string) => (job: Job) => Job } | { inboxId: number };

export type ArrivalEnd =
  | { kind: 'stored' }
  /** These bytes are in the dataset already, under this label; `besides`: they came from another address of the host. */
  | { kind: 'duplicate'; labelId: string; besides?: true }
  /** Other addresses of its host gave these bytes, too: it is no image of what was asked for. Nothing was changed. */
  | { kind: 'stand-in' }
  /** Its harvest has brought as many bytes as one may; the job's end is still to be written. */
  | { kind: 'full' }
  /** The label it was to stand under is deleted, or another's by now; the row it came from still waits. Nothing was changed. */
  | { kind: 'label-gone' }
  /** The import it belongs to was undone, or deleted with everything; the row it came from still waits. Nothing was changed. */
  | { kind: 'undone' }
  /** The row it came from ended or went while the image was on the way: cancelled, undone, deleted with everything. */
  | { kind: 'unwanted' };

const STORES = ['labels', 'jobs', 'inbox', 'harvests', 'samples', 'blobs', 'thumbnails'] as const;
export type ArrivalTransaction = IDBPTransaction<GleanerSchema, typeof STORES, 'readwrite'>;

let lastStamp = 0;

/**
 * Stores images in one transaction, in their order: committing costs more than writing. An image of the same bytes is a
 * duplicate, unless the user deleted it under another label or with its harvest, or restores or adds it: then it comes back
 * under this one, and knows how it lay in the bin. Rejects with the transaction's error when the storage refuses, and then none is stored.
 */
export async function storeArrivals(
  arrivals: readonly { arrival: Arrival; source: Source }[],
  ratios: SplitRatios,
): Promise<ArrivalEnd[]> {
  // A commit the system loses with the power is an image that is fetched again.
  const tx = (await database()).transaction(STORES, 'readwrite', { durability: 'relaxed' });
  // A refused write aborts the transaction; without this its rejection would be reported as unhandled as well.
  tx.done.catch(() => undefined);
  const rows = await ArrivalRows.read(tx, arrivals);
  const ends: ArrivalEnd[] = [];
  const labels = new Set<string>();
  for (const { arrival, source } of arrivals) ends.push(await store(tx, rows, arrival, source, ratios, labels));
  for (const id of labels) await rebalanceSplits(tx.objectStore('samples'), id, ratios);
  rows.putHarvests();
  // Said rather than found out by the browser, which spares a turn.
  tx.commit();
  await tx.done;
  return ends;
}

/**
 * Waits for nothing, but where it is near to others.
 * @param labels  filled with labels whose splits changed
 */
async function store(
  tx: ArrivalTransaction,
  rows: ArrivalRows,
  arrival: Arrival,
  source: Source,
  ratios: SplitRatios,
  labels: Set<string>,
): Promise<ArrivalEnd> {
  const { sha256 } = arrival.sample;
  const { fromBackup } = arrival;
  if (!rows.waitsFor(arrival, source)) return { kind: 'unwanted' };
  if (rows.isUndone(arrival, source)) return { kind: 'undone' };
  // No screen shows what stands under a label that is not there.
  if (!rows.hasLabel(arrival)) return { kind: 'label-gone' };
  const job = rows.job(source);
  const there = rows.sample(sha256);
  const labelId = job?.labelId ?? arrival.sample.labelId;
  const mended = there?.deletedAt === undefined && there?.lost ? soundAgain(there) : undefined;
  if (mended) {
    // Only its bytes were missing: it stays where it stands.
    rows.put(mended);
    rows.putBytes(arrival);
    if (!job || job.labelId === mended.labelId) return stored(rows, arrival, source);
  }
  const same = mended ?? there;
  // An image the user adds is wanted, whatever became of it before.
  const unwanted = job && same?.labelId === labelId && !same.deletedWithHarvest;
  if (same && (same.deletedAt === undefined || unwanted)) return again(rows, same, arrival.landing);
  if ((rows.harvest(job)?.bytes ?? 0) >= QUEUE_LIMITS.harvestBytes) return { kind: 'full' };

  const look = fromBackup?.place ? [] : arrival.near.filter(id => id !== sha256);
  const near = look.map(id => rows.sample(id)).filter(member => member !== undefined);
  const sizes = await sizesOf(tx, near);
  const { group, split, changed } = place(sha256, near, ratios, id => sizes.get(id) ?? 1);
  // Half a restored label would look as if it lacked a split.
  if (!fromBackup?.place) labels.add(labelId);
  for (const id of changed) {
    for (const member of await tx.objectStore('samples').index('byGroup').getAll(id)) {
      labels.add(member.labelId);
      rows.put({ ...member, group, split });
    }
  }
  // Strictly rising, so that lists can page by it.
  lastStamp = Math.max(Date.now(), lastStamp + 1);
  // What the user confirmed is said of the bytes, and outlives the bin; a backup brings its own word.
  const confirmedLabels = (fromBackup ?? same)?.confirmedLabels;
  const fresh: Sample = {
    ...arrival.sample,
    labelId,
    ...{ group, split, addedAt: lastStamp, ...fromBackup?.place },
    ...(confirmedLabels && { confirmedLabels }),
    ...(arrival.landing?.landed !== undefined && { landings: [arrival.landing] }),
  };
  // Whoever restores a backup keeps what it found in the bin.
  rows.put(same && !fromBackup ? inPlaceOf(fresh, same) : fresh);
  rows.putBytes(arrival);
  return stored(rows, arrival, source);
}

function soundAgain({ lost: _lost, ...sound }: Sample): Sample {
  return sound;
}

/** Bytes that came once more: a copy, or what the host sends for whatever it does not give. */
function again(rows: ArrivalRows, same: Sample, landing: Landing | undefined): ArrivalEnd {
  const copy = { kind: 'duplicate', labelId: same.labelId } as const;
  const earlier = same.landings ?? earliest(same);
  if (!landing || earlier.length === 0 || !isFurther(earlier, landing)) return copy;
  const flat = same.sketch !== undefined && isFlat(sketchBytes(same.sketch));
  if (isStandIn(earlier, landing, flat)) return { kind: 'stand-in' };
  rows.put({ ...same, landings: [...earlier, landing] });
  return { ...copy, besides: true };
}

/** The one address a sample's bytes are known from; none of what the user added. */
function earliest({ labelId, harvestId, candidate, provenance }: Sample): Landing[] {
  if (harvestId === '' || !URL.canParse(candidate.url)) return [];
  return [{ asked: askedFor({ candidate, provenance }), jobId: jobId(labelId, candidate.url) }];
}

function stored(rows: ArrivalRows, arrival: Arrival, source: Source): ArrivalEnd {
  rows.end(arrival, source);
  return { kind: 'stored' };
}

/** Images in each of the groups that an arrival is near to, those included that this transaction has put there. */
async function sizesOf(tx: ArrivalTransaction, near: readonly Sample[]): Promise<Map<string, number>> {
  const groups = [...new Set(near.map(({ group }) => group))];
  const byGroup = tx.objectStore('samples').index('byGroup');
  return new Map(await Promise.all(groups.map(async id => [id, await byGroup.count(id)] as const)));
}
