// The bin as a place: listed by the indexes, brought back with labels that are gone, emptied in part; merges made undone.
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';

let db: Store;
let bear: string;
let cub: string;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  bear = (await db.createLabel('Bear')).id;
  cub = (await db.createLabel('Cub')).id;
  for (const name of ['a', 'b', 'c']) await arrive(db, bear, name);
  await arrive(db, cub, 'd');
});

const under = async (labelId: string) =>
  (await db.samplesOf(labelId, { limit: 99 })).map(({ sha256 }) => sha256).sort();
const hashes = (...names: string[]) => names.map(sha).sort();
const bin = (...names: string[]) => db.deleteSamples(names.map(sha), DEFAULT_RATIOS);
const back = (...names: string[]) => db.restoreSamples(names.map(sha), DEFAULT_RATIOS);
/** Deletions are told apart by the millisecond. */
const aWhile = () => new Promise(resolve => setTimeout(resolve, 3));

describe('deleted images', () => {
  it('are listed the latest first, of all labels or one, and counted by label', async () => {
    await bin('a');
    await aWhile();
    await bin('d');
    await aWhile();
    await bin('c');
    expect(await db.deletedKeys()).toEqual(['c', 'd', 'a'].map(sha));
    expect(await db.deletedKeys(bear)).toEqual(['c', 'a'].map(sha));
    expect(await db.deletedCount()).toBe(3);
    await db.deleteLabel(cub);
    expect((await db.deletedPerLabel()).map(({ label, gone, images }) => [label.name, gone, images])).toEqual([
      ['Bear', false, 2],
      ['Cub', true, 1],
    ]);
  });

  it('come back with their label, alone; the rest of it comes with the label', async () => {
    await db.deleteLabel(bear);
    expect(await back('a', 'nobody')).toEqual({ restored: 1, labels: [bear] });
    expect(await under(bear)).toEqual(hashes('a'));
    expect(await db.deletedCount()).toBe(2);
    expect((await db.deletedPerLabel()).map(({ label, gone }) => [label.id, gone])).toEqual([[bear, false]]);
    await db.restoreLabel(bear);
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });

  it('that stayed behind stay so when a label that came back in part is deleted anew and restored', async () => {
    await db.deleteLabel(bear);
    await back('a');
    await db.deleteLabel(bear);
    await db.restoreLabel(bear);
    expect(await under(bear)).toEqual(hashes('a'));
    // Taking the restoring itself back is another matter: then all of it went with the label.
    await back('b', 'c');
    await db.deleteLabel(bear);
    await back('b');
    await db.deleteLabel(bear, { withEarlier: true });
    await db.restoreLabel(bear);
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });

  it('keep their label restorable, and the downloads of one that is back, when the bin is emptied beside them', async () => {
    await db.enqueue(harvestOf(bear), [{ url: 'https://img.example.com/later' }]);
    await db.deleteLabel(bear);
    await back('a');
    await db.emptyBin();
    const jobs = (await (await db.database()).getAll('jobs')).filter(job => job.labelId === bear);
    expect(jobs).toHaveLength(4);
    expect(await under(bear)).toEqual(hashes('a'));
    // A label that is deleted while the bin is emptied keeps what it needs to come back.
    await db.deleteLabel(bear);
    const { forgetDeletedLabels } = await import('../../../src/edges/store/deleted-labels');
    await forgetDeletedLabels();
    expect(await back('a')).toEqual({ restored: 1, labels: [bear] });
  });

  it('go for good one by one, and only those', async () => {
    await bin('a', 'b');
    expect(await db.deleteForGood(['a', 'c', 'nobody'].map(sha))).toBe(1);
    const base = await db.database();
    for (const name of ['samples', 'blobs', 'thumbnails'] as const)
      expect((await base.getAllKeys(name)).sort()).toEqual(hashes('b', 'c', 'd'));
    expect(await back('a', 'b')).toEqual({ restored: 1, labels: [] });
  });

  it('never come to stand under a label that is gone', async () => {
    await db.deleteLabel(cub);
    await expect(db.moveSamples([sha('a')], cub, DEFAULT_RATIOS)).rejects.toMatchObject({ code: 'label_gone' });
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });
});

describe('a merge', () => {
  const unmerge = (id: string) => db.unmergeLabel(id, DEFAULT_RATIOS);

  it('is undone with the label as it was, its images, bin, harvests and addresses', async () => {
    await bin('c');
    const labels = await db.allLabels();
    const jobs = await (await db.database()).getAll('jobs');
    await db.mergeLabels(bear, cub);
    expect(await under(cub)).toEqual(hashes('a', 'b', 'd'));
    await unmerge(bear);
    expect(await db.allLabels()).toEqual(labels);
    expect([await under(bear), await under(cub)]).toEqual([hashes('a', 'b'), hashes('d')]);
    expect((await db.sampleByHash(sha('c')))?.labelId).toBe(bear);
    expect((await db.harvestById(harvestOf(bear).id))?.labelId).toBe(bear);
    expect(await (await db.database()).getAll('jobs')).toEqual(jobs);
    // A second time, from another page, does no harm.
    await unmerge(bear);
    expect(await under(bear)).toEqual(hashes('a', 'b'));
  });

  it('leaves what was moved on since, and takes a free name when its own is taken', async () => {
    const { id: third } = await db.createLabel('Third');
    await db.mergeLabels(bear, cub);
    await db.moveSamples([sha('a')], third, DEFAULT_RATIOS);
    await db.createLabel('Bear');
    await unmerge(bear);
    expect((await db.allLabels()).map(({ name }) => name)).toContain('Bear (2)');
    expect([await under(bear), await under(third)]).toEqual([hashes('b', 'c'), hashes('a')]);
  });

  it('nobody knows of cannot be undone', async () => {
    await expect(unmerge('nobody')).rejects.toMatchObject({ code: 'label_gone' });
  });
});
