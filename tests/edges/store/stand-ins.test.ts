// What is remembered of an image that stands for whatever a host refuses.
import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { jobId } from '../../../src/pipeline/queue/job';
import { arrive, freshDatabase, type Store, sha, store } from './database';

let db: Store;
let standIns: typeof import('../../../src/edges/store/stand-ins');
beforeEach(async () => {
  freshDatabase();
  db = await store();
  standIns = await import('../../../src/edges/store/stand-ins');
});

const met = (id: string, name: string) => ({
  sha256: sha(name),
  hostname: 'img.example.com',
  jobId: jobId(id, `https://img.example.com/${name}`),
});

it('is its host and its hash, and the image leaves the dataset', async () => {
  const { id } = await db.createLabel('Bear');
  await arrive(db, id, 'notice');
  expect(await standIns.refuseStandIn(met(id, 'notice'), job => job, DEFAULT_RATIOS)).toBe(true);
  expect(await standIns.standInsMet()).toEqual(new Set([standIns.standInKey('img.example.com', sha('notice'))]));
  expect(await db.sampleByHash(sha('notice'))).toBeUndefined();
});

it('is nothing where everything was deleted while it was downloaded', async () => {
  const { id } = await db.createLabel('Bear');
  await arrive(db, id, 'notice');
  await (await db.database()).clear('jobs');
  expect(await standIns.refuseStandIn(met(id, 'notice'), job => job, DEFAULT_RATIOS)).toBe(false);
  expect(await standIns.standInsMet()).toEqual(new Set());
});
