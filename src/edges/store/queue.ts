// What the pump needs of the rows: jobs host by host without reading the whole queue, their ends, and resting hosts.
import type { Job } from '../../contract/job';
import { type HostState, IDLE_HOST } from '../../pipeline/queue/host';
import { database } from '../database';

export interface Waiting {
  jobs: Job[];
  /** The last host that was read, to go on from; '' when the end was reached. */
  last: string;
  /** Whether any job is queued at all, whichever host it waits for. */
  any: boolean;
}

/**
 * The first queued jobs of up to `hosts` hosts, from the one after `after` on. Seeks from host to host, so ten thousand
 * jobs of one host cost as much as one.
 * @param skip  hosts that cannot start anything now
 */
export async function waitingJobs(
  after: string,
  hosts: number,
  perHost: number,
  skip: (host: string) => boolean,
): Promise<Waiting> {
  const index = (await database()).transaction('jobs').store.index('byHost');
  const jobs: Job[] = [];
  let last = after;
  let any = false;
  let read = 0;
  const from = after === '' ? ['queued'] : ['queued', after, []];
  let cursor = await index.openKeyCursor(IDBKeyRange.bound(from, ['queued', []]));
  for (; cursor && read < hosts; cursor = await cursor.continue(['queued', last, []] as unknown as typeof cursor.key)) {
    any = true;
    last = cursor.key[1];
    if (skip(last)) continue;
    jobs.push(...(await index.getAll(IDBKeyRange.bound(['queued', last], ['queued', last, []]), perHost)));
    read++;
  }
  return { jobs, last: cursor ? last : '', any };
}

/** The job's row as it is now, if it is still queued. */
export async function stillQueued(jobId: string): Promise<Job | undefined> {
  const job = await (await database()).get('jobs', jobId);
  return job?.state === 'queued' ? job : undefined;
}

/** Writes the end of an attempt, and what its host asked for, unless the job was cancelled or undone meanwhile. */
export async function endAttempt(jobId: string, ended: (job: Job) => Job, host?: RestingHost): Promise<void> {
  const tx = (await database()).transaction(['jobs', 'meta'], 'readwrite');
  tx.done.catch(() => undefined);
  const job = await tx.objectStore('jobs').get(jobId);
  const writes: Promise<unknown>[] = [];
  if (job?.state === 'queued') writes.push(tx.objectStore('jobs').put(ended(job)));
  if (host) writes.push(tx.objectStore('meta').put(host satisfies RestingHost, `${HOST}${host.host}`));
  await Promise.all(writes);
  await tx.done;
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
