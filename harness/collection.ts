// What the collection holds, read from the extension's own database: the check on what its screens say.
import type { Page } from 'puppeteer-core';
import type { Harvest } from '../src/contract/harvest';
import type { Job } from '../src/contract/job';
import type { Label } from '../src/contract/label';
import type { Sample } from '../src/contract/sample';
import { inDatabase } from './database';

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
  const rows = await inDatabase(
    app,
    async ({ database, result }, names) => {
      const transaction = database.transaction(names);
      return JSON.stringify(await Promise.all(names.map(name => result(transaction.objectStore(name).getAll()))));
    },
    STORES,
  );
  const [labels, jobs, samples, harvests] = JSON.parse(rows) as [Label[], Job[], Sample[], Harvest[]];
  return { labels, jobs, samples: samples.filter(sample => sample.deletedAt === undefined), harvests };
}

/** How many downloads are in each state, in words. */
export function tally({ jobs }: Collection): { queued: number; stored: number; rejected: number } {
  const count = (state: Job['state']) => jobs.filter(job => job.state === state).length;
  return { queued: count('queued'), stored: count('stored'), rejected: count('rejected') };
}
