// What a background was looking at when it died: read by the next, but for what has ended since.
import { beforeEach, expect, it } from 'vitest';
import { freshDatabase, harvestOf, type Store, store } from './database';

let db: Store;
let looks: typeof import('../../../src/edges/store/looks');
let labelId: string;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  looks = await import('../../../src/edges/store/looks');
  labelId = (await db.createLabel('Bear')).id;
});

it('is nothing in a database that an earlier version wrote', async () => {
  expect(await looks.looksBegun()).toEqual(new Map());
});

it('is told of jobs and of the inbox alike, until they have ended', async () => {
  const urls = ['https://a.test/1', 'https://a.test/2'];
  await db.enqueue(
    harvestOf(labelId),
    urls.map(url => ({ url })),
  );
  const [first = -1, second = -1] = await db.putIntoInbox(labelId, [new File(['a'], 'a'), new File(['b'], 'b')]);
  const jobs = (await (await db.database()).getAllKeys('jobs')).map(jobId => looks.lookKey({ jobId }));
  const inbox = [first, second].map(inboxId => looks.lookKey({ inboxId }));
  const all = new Map([...jobs, ...inbox].map((key, n) => [key, n + 1]));
  expect(all.size).toBe(4);
  await looks.saveLooks(all);
  expect(await looks.looksBegun()).toEqual(all);
  await db.endAttempt(`${labelId}\n${urls[0]}`, job => ({ ...job, state: 'rejected', reason: 'gone' }));
  await db.removeFromInbox(first);
  expect(await looks.looksBegun()).toEqual(new Map([...all].filter(([key]) => key === jobs[1] || key === inbox[1])));
  await looks.saveLooks(new Map());
  expect(await (await db.database()).getAllKeys('meta')).toEqual([]);
});
