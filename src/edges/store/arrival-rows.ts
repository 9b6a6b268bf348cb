// The rows that arriving images may meet, read in one go, and kept true to what the transaction writes of them.
import type { Job } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import { grouped } from '../../pipeline/bucket/near-duplicates/grouping';
import type { Arrival, ArrivalTransaction, Source } from './arrivals';
import type { HarvestRow } from './harvests';

/** As the rows stand at this point of the transaction. */
export class ArrivalRows {
  /** Harvests that brought bytes. */
  private readonly brought = new Set<string>();

  private constructor(
    private readonly tx: ArrivalTransaction,
    private readonly labels: Map<string, string | undefined>,
    private readonly jobs: Map<string, Job | undefined>,
    private readonly samples: Map<string, Sample | undefined>,
    private readonly harvests: Map<string, HarvestRow | undefined>,
    /** Ids of images that wait in the inbox. */
    private readonly waiting: Map<number, number | undefined>,
  ) {}

  /** A wait for each image would last as long as whatever else the thread has to do. */
  static async read(
    tx: ArrivalTransaction,
    arrivals: readonly { arrival: Arrival; source: Source }[],
  ): Promise<ArrivalRows> {
    const jobIds = arrivals.flatMap(({ source }) => ('jobId' in source ? source.jobId : []));
    const inboxIds = arrivals.flatMap(({ source }) => ('inboxId' in source ? source.inboxId : []));
    const sha256s = arrivals.flatMap(({ arrival }) => [arrival.sample.sha256, ...arrival.near]);
    // The user's own images belong to none.
    const harvestIds = arrivals.flatMap(({ arrival }) => arrival.sample.harvestId || []);
    const labelIds = arrivals.map(({ arrival }) => arrival.sample.labelId);
    const [labels, jobs, samples, harvests, waiting] = await Promise.all([
      eachOnce(labelIds, id => tx.objectStore('labels').getKey(id)),
      eachOnce(jobIds, id => tx.objectStore('jobs').get(id)),
      eachOnce(sha256s, id => tx.objectStore('samples').get(id)),
      eachOnce(harvestIds, id => tx.objectStore('harvests').get(id)),
      eachOnce(inboxIds, id => tx.objectStore('inbox').getKey(id)),
    ]);
    return new ArrivalRows(tx, labels, jobs, samples, harvests, waiting);
  }

  sample(sha256: string): Sample | undefined {
    return this.samples.get(sha256);
  }

  /** Whether the label an image is to stand under is there; a job moves with its label, and is another's then. */
  hasLabel({ sample }: Arrival): boolean {
    return this.labels.get(sample.labelId) !== undefined;
  }

  /** The job an image came from; undefined when it came from the inbox. */
  job(source: Source): Job | undefined {
    return 'jobId' in source ? this.jobs.get(source.jobId) : undefined;
  }

  /**
   * Whether the row an image came from still waits for it. Where its harvest was undone on the way and the address collected anew, the
   * job waits for an image of another harvest.
   */
  waitsFor({ sample }: Arrival, source: Source): boolean {
    if ('inboxId' in source) return this.waiting.get(source.inboxId) !== undefined;
    const job = this.job(source);
    return job?.state === 'queued' && job.harvestId === sample.harvestId;
  }

  /** Whether an image comes of an import that is undone or gone. A backup brings images of harvests that went before, too. */
  isUndone({ sample: { harvestId }, fromBackup }: Arrival, source: Source): boolean {
    if ('jobId' in source || fromBackup || harvestId === '') return false;
    return this.harvests.get(harvestId)?.undone !== false;
  }

  harvest(job: Job | undefined): HarvestRow | undefined {
    return job && this.harvests.get(job.harvestId);
  }

  put(sample: Sample): void {
    this.samples.set(sample.sha256, sample);
    written(this.tx.objectStore('samples').put(grouped(sample)));
  }

  putBytes({ sample: { sha256 }, blob, thumbnail }: Arrival): void {
    written(this.tx.objectStore('blobs').put({ sha256, blob }));
    written(this.tx.objectStore('thumbnails').put({ sha256, blob: thumbnail }));
  }

  /** The end of the row a stored image came from. */
  end({ sample: { sha256, bytes } }: Arrival, source: Source): void {
    if ('inboxId' in source) {
      written(this.tx.objectStore('inbox').delete(source.inboxId));
      return;
    }
    const job = this.job(source);
    if (!job) return;
    const ended = source.ended(sha256)(job);
    this.jobs.set(source.jobId, ended);
    written(this.tx.objectStore('jobs').put(ended));
    const harvest = this.harvest(job);
    if (!harvest) return;
    this.harvests.set(harvest.id, { ...harvest, bytes: (harvest.bytes ?? 0) + bytes });
    this.brought.add(harvest.id);
  }

  /** Writes the harvests that brought bytes, once for all of the images. */
  putHarvests(): void {
    for (const id of this.brought) {
      const harvest = this.harvests.get(id);
      if (harvest) written(this.tx.objectStore('harvests').put(harvest));
    }
  }
}

async function eachOnce<K, T>(keys: readonly K[], read: (key: K) => Promise<T>): Promise<Map<K, T>> {
  return new Map(await Promise.all([...new Set(keys)].map(async key => [key, await read(key)] as const)));
}

/** The end of the transaction says whether it was; the write's own failure would be reported as unhandled as well. */
function written(write: Promise<unknown>): void {
  write.catch(() => undefined);
}
