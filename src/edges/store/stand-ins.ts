// Images that hosts send for whatever they refuse: remembered by host, and taken out of the dataset where one came in first.
import type { Job } from '../../contract/job';
import type { Sample, SplitRatios } from '../../contract/sample';
import { hostnameOf } from '../../pipeline/download/stand-in';
import { jobId } from '../../pipeline/queue/job';
import { database } from '../database';
import { formerOf } from './bin-place';
import { isLive, rebalanceSplits } from './splits';

const STAND_IN = 'stand-in:';
/** Hosts remembered of one image. */
const MOST_HOSTS = 50;

interface StandInRow {
  sha256: string;
  hosts: string[];
}

/** An image that stands for whatever a host refuses, and the job whose download met it. */
export interface StandInMet {
  sha256: string;
  hostname: string;
  jobId: string;
}

/** What `StandIns` are told apart by. */
export function standInKey(hostname: string, sha256: string): string {
  return `${hostname}\n${sha256}`;
}

/** Every stand-in that is known. */
export async function standInsMet(): Promise<Set<string>> {
  const rows = (await (
    await database()
  ).getAll('meta', IDBKeyRange.bound(STAND_IN, `${STAND_IN}\uffff`))) as StandInRow[];
  return new Set(rows.flatMap(({ sha256, hosts }) => hosts.map(host => standInKey(host, sha256))));
}

/**
 * Remembers the image as the stand-in of a host, and takes what came of it before out of the dataset: the sample, unless the
 * user has placed it since, and the jobs that ended with it, which become what `ended` makes of them. Done again, it changes
 * nothing more; and nothing where the job that met it is gone, for it may have gone with everything. Gives whether the image is
 * remembered.
 */
export async function refuseStandIn(
  { sha256, hostname, jobId: met }: StandInMet,
  ended: (job: Job) => Job,
  ratios: SplitRatios,
): Promise<boolean> {
  const tx = (await database()).transaction(
    ['meta', 'samples', 'blobs', 'thumbnails', 'features', 'jobs'],
    'readwrite',
    { durability: 'strict' },
  );
  tx.done.catch(() => undefined);
  if ((await tx.objectStore('jobs').getKey(met)) === undefined) return false;
  const known = (await tx.objectStore('meta').get(STAND_IN + sha256)) as StandInRow | undefined;
  const hosts = [...new Set([hostname, ...(known?.hosts ?? [])])].slice(0, MOST_HOSTS);
  await tx.objectStore('meta').put({ sha256, hosts } satisfies StandInRow, STAND_IN + sha256);
  const sample = await tx.objectStore('samples').get(sha256);
  if (sample && isLive(sample) && hostnameOf(askedFor(sample)) === hostname) {
    const ids = sample.landings?.map(landing => landing.jobId) ?? [jobId(sample.labelId, sample.candidate.url)];
    const jobs = await Promise.all(ids.map(id => tx.objectStore('jobs').get(id)));
    // Under another label by now: the user has looked at it and wants it there.
    if (jobs[0]?.labelId === sample.labelId) {
      for (const job of jobs) if (job && endedWith(job, sha256)) await tx.objectStore('jobs').put(ended(job));
      const former = formerOf(sample);
      if (former) await tx.objectStore('samples').put(former);
      else {
        await tx.objectStore('samples').delete(sha256);
        await tx.objectStore('blobs').delete(sha256);
        await tx.objectStore('thumbnails').delete(sha256);
        await tx.objectStore('features').delete(IDBKeyRange.bound([sha256], [sha256, []]));
      }
      await rebalanceSplits(tx.objectStore('samples'), sample.labelId, ratios);
    }
  }
  await tx.done;
  return true;
}

/** The address that gave a sample its bytes; '' for one that has none. */
export function askedFor({ candidate, provenance }: Pick<Sample, 'candidate' | 'provenance'>): string {
  return provenance.downloadedFrom ?? candidate.url;
}

function endedWith({ state, reason, sha256 }: Job, image: string): boolean {
  return sha256 === image && (state === 'stored' || reason === 'duplicate-of');
}
