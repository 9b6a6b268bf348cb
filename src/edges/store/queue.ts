// What the pump needs of the rows: jobs host by host without reading the whole queue, their ends, and resting hosts.
import type { Job, Reason } from '../../contract/job';
import { type HostState, IDLE_HOST } from '../../pipeline/queue/host';
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';
import { database } from '../database';
import { drain } from './drain';

/**
 * The first queued jobs of up to `hosts` hosts, from the one after `after` on, host by host. Seeks from host to host, so
 * ten thousand jobs of one host cost as much as one. `last` is the last host that was read, undefined at the end.
 * @param skip  whether a host whose first job is to run at `notBefore` is passed over
 */
export async function waitingHosts(
  after: string,
  hosts: number,
  perHost: number,
  skip: (host: string, notBefore: number) => boolean,
): Promise<{ jobs: Map<string, Job[]>; last: string | undefined }> {
  const index = (await database()).transaction('jobs').store.index('byHost');
  const reading: Promise<[string, Job[]]>[] = [];
  let last = after;
  const from = after === '' ? ['queued'] : ['queued', after, []];
  let cursor = await index.openKeyCursor(IDBKeyRange.bound(from, ['queued', []]));
  for (; cursor && reading.length < hosts; cursor = await cursor.continue(beyond(last) as typeof cursor.key)) {
    const [, host, notBefore] = cursor.key;
    last = host;
    if (!skip(host, notBefore)) reading.push(index.getAll(queuedOf(host), perHost).then(jobs => [host, jobs]));
  }
  return { jobs: new Map(await Promise.all(reading)), last: cursor ? last : undefined };
}

/** The first queued jobs of some hosts, read in one transaction: each would wait for the writes that stand before it. */
export async function waitingOf(hosts: readonly string[], perHost: number): Promise<Map<string, Job[]>> {
  const index = (await database()).transaction('jobs').store.index('byHost');
  const reading = hosts.map(async host => [host, await index.getAll(queuedOf(host), perHost)] as const);
  return new Map(await Promise.all(reading));
}

const queuedOf = (host: string) => IDBKeyRange.bound(['queued', host], ['queued', host, []]);
/** A key behind every row of a host: arrays stand behind numbers. */
const beyond = (host: string): unknown => ['queued', host, []];

/** Whether no job is queued, whichever host it waits for. */
export async function nothingQueued(): Promise<boolean> {
  return (await (await database()).getKeyFromIndex('jobs', 'byState', 'queued')) === undefined;
}

/**
 * Writes the end of an attempt, and what its host asked for, unless the job was cancelled or undone meanwhile. Gives the
 * row as it is now.
 */
export async function endAttempt(
  jobId: string,
  ended: (job: Job) => Job,
  host?: RestingHost,
): Promise<Job | undefined> {
  // Only what is written to is locked: looks of images are written into `meta` all the time.
  const tx = (await database()).transaction(host ? ['jobs', 'meta'] : ['jobs'], 'readwrite');
  tx.done.catch(() => undefined);
  let job = await tx.objectStore('jobs').get(jobId);
  const writes: Promise<unknown>[] = [];
  if (job?.state === 'queued') {
    job = ended(job);
    writes.push(tx.objectStore('jobs').put(job));
  }
  // A job that is gone may have gone with everything: then nothing is to be remembered of its host.
  if (host && job) writes.push(tx.objectStore('meta').put(host satisfies RestingHost, `${HOST}${host.host}`));
  await Promise.all(writes);
  await tx.done;
  return job;
}

/**
 * Ends the queued jobs of a harvest that has brought as many bytes as one may, as 'harvest-full'; how many. None where the
 * user has allowed it more meanwhile.
 */
export async function endFullHarvest(harvestId: string): Promise<number> {
  const tx = (await database()).transaction(['harvests', 'jobs'], 'readwrite');
  const harvest = await tx.objectStore('harvests').get(harvestId);
  const full = (harvest?.bytes ?? 0) >= QUEUE_LIMITS.harvestBytes;
  const jobs = tx.objectStore('jobs');
  const queued = IDBKeyRange.only([harvestId, 'queued']);
  const ended = full
    ? await drain(jobs.index('byHarvest'), queued, job =>
        jobs.put({ ...job, state: 'rejected', reason: 'harvest-full' satisfies Reason }),
      )
    : 0;
  await tx.done;
  return ended;
}

/** What outlives the background of a host that asked for rest. */
export interface RestingHost {
  host: string;
  pausedUntil: number;
  strikes: number;
}
const HOST = 'host:';
const HOSTS = () => IDBKeyRange.bound(HOST, `${HOST}\uffff`);

/** Hosts that asked for rest; those whose rest is long over are forgotten. */
export async function restingHosts(now: number): Promise<Map<string, HostState>> {
  const store = (await database()).transaction('meta', 'readwrite').store;
  const hosts = new Map<string, HostState>();
  for (const row of (await store.getAll(HOSTS())) as RestingHost[]) {
    if (row.pausedUntil + FORGET < now) await store.delete(`${HOST}${row.host}`);
    else hosts.set(row.host, { ...IDLE_HOST, pausedUntil: row.pausedUntil, strikes: row.strikes });
  }
  return hosts;
}
/** Strikes count for an hour after the rest ended. */
const FORGET = 3_600_000;
