// Images under a label that is not there, as earlier versions could leave them: each is brought back into sight.
import { beforeEach, expect, it } from 'vitest';
import { sampleRow } from '../../../harness/rows';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { arrive, freshDatabase, type Store, sha, store } from './database';

let db: Store;
let bringBack: () => Promise<number>;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  const { bringBackStrays } = await import('../../../src/edges/store/stray-samples');
  bringBack = () => bringBackStrays('Found again', DEFAULT_RATIOS);
});

/** An image that came under a label after it was gone. */
const late = async (labelId: string, name: string) =>
  (await db.database()).put('samples', sampleRow(sha(name), { labelId, addedAt: Date.now() + 9 }));
const under = async (labelId: string) => (await db.samplesOf(labelId, { limit: 99 })).map(({ sha256 }) => sha256);

it('of a merged label stand under the one it was merged into', async () => {
  const [bear, cub] = [await db.createLabel('Bear'), await db.createLabel('Cub')];
  await arrive(db, bear.id, 'a');
  await db.mergeLabels(bear.id, cub.id);
  for (const name of ['b', 'c']) await late(bear.id, name);
  expect(await bringBack()).toBe(2);
  expect((await under(cub.id)).sort()).toEqual(['a', 'b', 'c'].map(sha).sort());
  expect(await bringBack()).toBe(0);
});

it('of a deleted label lie in the bin with it, and come back with it', async () => {
  const { id } = await db.createLabel('Bear');
  await arrive(db, id, 'a');
  await db.deleteLabel(id);
  expect(await bringBack()).toBe(0);
  await late(id, 'b');
  expect(await bringBack()).toBe(1);
  expect(await db.deletedPerLabel()).toMatchObject([{ label: { id }, images: 2 }]);
  expect((await db.undeleteLabel(id)).restored).toBe(2);
});

it('of a label nothing is known of get it back under a name of its own', async () => {
  await db.createLabel('Found again');
  await late('nobody', 'a');
  await late('somebody', 'b');
  expect(await bringBack()).toBe(2);
  expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Found again', 'Found again (2)', 'Found again (3)']);
  expect([await under('nobody'), await under('somebody')]).toEqual([[sha('a')], [sha('b')]]);
});

it('are the only ones that are touched', async () => {
  const { id } = await db.createLabel('Bear');
  for (const name of ['a', 'b']) await arrive(db, id, name);
  await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
  const rows = async () => (await db.database()).getAll('samples');
  const before = await rows();
  await late('nobody', 'c');
  await bringBack();
  expect((await rows()).filter(({ labelId }) => labelId === id)).toEqual(before);
});
