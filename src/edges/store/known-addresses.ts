// Which labels know an address already, read from the keys of the queue's rows alone.
import { isGivenUp } from '../../pipeline/queue/job';
import { database } from '../database';

/** Keys read at a time. */
const PAGE = 5000;

/** Ids of the labels that hold or wait for each of these addresses; those nobody knows are left out. */
export async function labelsKnowing(urls: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const db = await database();
  const hits: string[] = [];
  for (let range: IDBKeyRange | undefined; ; ) {
    const keys = await db.getAllKeys('jobs', range, PAGE);
    // A job's key is its label's id, a line break and the address.
    for (const key of keys) if (urls.has(key.slice(key.indexOf('\n') + 1))) hits.push(key);
    const last = keys.at(-1);
    if (last === undefined || keys.length < PAGE) break;
    range = IDBKeyRange.lowerBound(last, true);
  }
  const known = new Map<string, string[]>();
  const jobs = db.transaction('jobs').store;
  for (const job of await Promise.all(hits.map(key => jobs.get(key)))) {
    // What was taken back may be taken again.
    if (!job || isGivenUp(job)) continue;
    known.set(job.candidate.url, [...(known.get(job.candidate.url) ?? []), job.labelId]);
  }
  return known;
}
