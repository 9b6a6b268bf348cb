// Pictures found for a second label: which claims stand open, and how moving, deleting and settling end them.
import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';

let db: Store;
let claims: typeof import('../../../src/edges/store/claims');
let [bear, cub] = ['', ''];
beforeEach(async () => {
  freshDatabase();
  db = await store();
  claims = await import('../../../src/edges/store/claims');
  [bear, cub] = [(await db.createLabel('Bear')).id, (await db.createLabel('Cub')).id];
  await arrive(db, bear, 'a');
});

/** The same bytes come again for a label, as a download brings them. */
async function comeAgain(labelId: string, name: string, content: string) {
  const { jobAfter, jobId } = await import('../../../src/pipeline/queue/job');
  const end = await arrive(db, labelId, name, { content });
  if (end.kind !== 'duplicate') throw new Error(end.kind);
  const outcome = { kind: 'rejected', reason: 'duplicate-of', detail: end.labelId, sha256: sha(content) } as const;
  const { endAttempt } = db;
  await endAttempt(jobId(labelId, `https://img.example.com/${name}`), job => jobAfter(job, outcome, 0, 0));
}
const open = async () => (await claims.openClaims()).map(({ labelId, sample }) => [labelId, sample.sha256]);

it('a copy under the same label claims nothing', async () => {
  await comeAgain(bear, 'copy', 'a');
  expect(await open()).toEqual([]);
});

it('a copy under another label claims the picture, once for all its addresses', async () => {
  await comeAgain(cub, 'copy', 'a');
  await comeAgain(cub, 'other', 'a');
  const [claim, ...others] = await claims.openClaims();
  expect(others).toEqual([]);
  expect(claim).toMatchObject({ labelId: cub, sample: { sha256: sha('a'), labelId: bear } });
  expect(claim?.jobIds).toHaveLength(2);
});

it('copies are counted apart among what a harvest did not bring', async () => {
  await comeAgain(bear, 'copy', 'a');
  const progress = await db.progressOf(harvestOf(bear).id);
  expect(progress).toMatchObject({ rejected: 1, copies: 1 });
});

it('settling ends a claim, and can be taken back', async () => {
  await comeAgain(cub, 'copy', 'a');
  const [claim] = await claims.openClaims();
  await claims.settleClaims(claim!.jobIds, true);
  expect(await open()).toEqual([]);
  await claims.settleClaims(claim!.jobIds, false);
  expect(await open()).toEqual([[cub, sha('a')]]);
});

it('moving the picture ends the claim, moving it back brings it back', async () => {
  await comeAgain(cub, 'copy', 'a');
  await db.moveSamples([sha('a')], cub, DEFAULT_RATIOS);
  expect(await open()).toEqual([]);
  await db.moveSamples([sha('a')], bear, DEFAULT_RATIOS);
  expect(await open()).toEqual([[cub, sha('a')]]);
});

it('a deleted picture is not contested', async () => {
  await comeAgain(cub, 'copy', 'a');
  await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
  expect(await open()).toEqual([]);
});

it('the newest samples come newest first, deleted ones left out', async () => {
  for (const name of ['b', 'c', 'd']) await arrive(db, bear, name);
  await db.deleteSamples([sha('c')], DEFAULT_RATIOS);
  expect((await db.newestSamplesOf(bear, 2)).map(({ sha256 }) => sha256)).toEqual([sha('d'), sha('b')]);
});
