// Look-alikes under different labels: found by the index, in one split, and settled for good by the user's word.
import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { labelsOfGroup } from '../../../src/pipeline/bucket/across-labels';
import { arrive, freshDatabase, type Store, sha, store } from './database';

let db: Store;
let found: typeof import('../../../src/edges/store/look-alikes');
let [bear, cub, wolf] = ['', '', ''];
beforeEach(async () => {
  freshDatabase();
  db = await store();
  found = await import('../../../src/edges/store/look-alikes');
  [bear, cub, wolf] = [
    (await db.createLabel('Bear')).id,
    (await db.createLabel('Cub')).id,
    (await db.createLabel('Wolf')).id,
  ];
  for (const name of ['a', 'alone']) await arrive(db, bear, name);
});

const across = async () =>
  (await found.groupsAcross()).map(group => group.map(({ sha256, labelId }) => [labelId, sha256]));
/** Says of the only group found that it is right as it stands. */
async function sayRight(): Promise<void> {
  const [group] = await found.groupsAcross();
  const labelIds = labelsOfGroup(group!);
  await found.settleLookAlikes(group!.map(({ sha256 }) => ({ sha256, labelIds })));
}
const pair = (...names: [string, string][]) => names.map(([labelId, name]) => [labelId, sha(name)]);
/** In the order of `groupsAcross`: by SHA-256. */
const sorted = (rows: string[][]) => [...rows].sort(([, a], [, b]) => (a! < b! ? -1 : 1));

it('are found under two labels, in one split, and not under one', async () => {
  await arrive(db, bear, 'same label', { near: ['alone'] });
  expect(await across()).toEqual([]);
  await arrive(db, cub, 'copy', { near: ['a'] });
  expect(await across()).toEqual([sorted(pair([bear, 'a'], [cub, 'copy']))]);
  const [one, other] = await Promise.all(['a', 'copy'].map(name => db.sampleByHash(sha(name))));
  expect([one!.split, one!.group]).toEqual([other!.split, other!.group]);
});

it('are found when groups are joined by a picture between them, and when the backbone joins them', async () => {
  await arrive(db, cub, 'c');
  await arrive(db, wolf, 'between', { near: ['a', 'c'] });
  expect(await across()).toEqual([sorted(pair([bear, 'a'], [cub, 'c'], [wolf, 'between']))]);
  const { joinNearDuplicates } = await import('../../../src/edges/store/join-near-duplicates');
  for (const label of [bear, cub]) for (const n of [1, 2, 3]) await arrive(db, label, `${label} ${n}`);
  await joinNearDuplicates([[sha(`${bear} 1`), sha(`${cub} 1`)]], DEFAULT_RATIOS);
  expect(await across()).toHaveLength(2);
});

it('are no more once one is moved to the other, or deleted, and again when that is taken back', async () => {
  await arrive(db, cub, 'copy', { near: ['a'] });
  const before = await across();
  await db.moveSamples([sha('copy')], bear, DEFAULT_RATIOS);
  expect(await across()).toEqual([]);
  await db.moveSamples([sha('copy')], cub, DEFAULT_RATIOS);
  expect(await across()).toEqual(before);
  await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
  expect(await across()).toEqual([]);
  await db.undeleteSamples([sha('a')], DEFAULT_RATIOS);
  expect(await across()).toEqual(before);
});

it('stay settled through moves, deletions and more copies, until a third label has one', async () => {
  await arrive(db, cub, 'copy', { near: ['a'] });
  await sayRight();
  expect(await across()).toEqual([]);
  await arrive(db, cub, 'again', { near: ['copy'] });
  await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
  await arrive(db, bear, 'under the first again', { near: ['copy'] });
  expect(await across()).toEqual([]);
  await db.moveSamples([sha('again')], wolf, DEFAULT_RATIOS);
  expect(await across()).toHaveLength(1);
  await db.moveSamples([sha('again')], cub, DEFAULT_RATIOS);
  expect(await across()).toEqual([]);
});

it('come up again when the word is taken back', async () => {
  await arrive(db, cub, 'copy', { near: ['a'] });
  const before = await across();
  await sayRight();
  await found.settleLookAlikes(['a', 'copy', 'nobody'].map(name => ({ sha256: sha(name), labelIds: [] })));
  expect(await across()).toEqual(before);
  expect(await db.sampleByHash(sha('a'))).not.toHaveProperty('rightUnder');
});

it('are all found where there are more than are read at a time, and when the first of a group is gone for good', async () => {
  const { grouped } = await import('../../../src/pipeline/bucket/near-duplicates/grouping');
  const row = (await db.sampleByHash(sha('a')))!;
  const tx = (await db.database()).transaction('samples', 'readwrite');
  const put = (sha256: string, group: string, labelId: string) =>
    tx.store.put(grouped({ ...row, sha256, group, labelId }));
  // One group spans two pages; others are of one label, two in each third.
  const [first = '', ...many] = Array.from({ length: 620 }, (_, n) => sha(`many ${n}`)).sort();
  await Promise.all([first, ...many].map((sha256, n) => put(sha256, first, n === 610 ? cub : bear)));
  const pairs = Array.from({ length: 300 }, (_, n) => [sha(`one ${n}`), sha(`two ${n}`)].sort() as [string, string]);
  await Promise.all(pairs.flatMap(([a, b], n) => [put(a, a, cub), put(b, a, n % 3 ? cub : wolf)]));
  await tx.done;
  const groups = await found.groupsAcross();
  expect(groups.map(({ length }) => length).sort((a, b) => b - a)).toEqual([620, ...Array(100).fill(2)]);
  await db.deleteSamples([first], DEFAULT_RATIOS);
  await db.emptyBin();
  expect((await found.groupsAcross()).find(({ length }) => length > 2)).toHaveLength(619);
});
