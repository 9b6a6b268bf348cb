// What the collection holds, read from the extension's own database: the check on what its screens say.
import type { Page } from 'puppeteer-core';
import type { Harvest } from '../../src/contract/harvest';
import type { Job } from '../../src/contract/job';
import type { Label } from '../../src/contract/label';
import type { Sample } from '../../src/contract/sample';

export interface Collection {
  labels: Label[];
  jobs: Job[];
  /** Deleted ones are left out. */
  samples: Sample[];
  harvests: Harvest[];
}

const STORES = ['labels', 'jobs', 'samples', 'harvests'];

/** Reads all rows through one of the extension's own pages, which has opened the database before. */
export async function readCollection(app: Page): Promise<Collection> {
  const rows = await app.evaluate(async names => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('gleaner');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction(names);
    const all = await Promise.all(
      names.map(
        name =>
          new Promise<unknown[]>((resolve, reject) => {
            const request = transaction.objectStore(name).getAll();
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          }),
      ),
    );
    database.close();
    return JSON.stringify(all);
  }, STORES);
  const [labels, jobs, samples, harvests] = JSON.parse(rows) as [Label[], Job[], Sample[], Harvest[]];
  return { labels, jobs, samples: samples.filter(sample => sample.deletedAt === undefined), harvests };
}

/** How many downloads are in each state, in words. */
export function tally({ jobs }: Collection): { queued: number; stored: number; rejected: number } {
  const count = (state: Job['state']) => jobs.filter(job => job.state === state).length;
  return { queued: count('queued'), stored: count('stored'), rejected: count('rejected') };
}
