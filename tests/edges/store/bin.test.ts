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
const back = (...names: string[]) => db.undeleteSamples(names.map(sha), DEFAULT_RATIOS);
/** Adds an image of the user's own. */
async function own(labelId: string, name: string) {
  const id = Number(await (await db.database()).put('inbox', { labelId, name, blob: new Blob([name]) } as never));
  const { group: _g, split: _s, addedAt: _a, ...row } = (await db.sampleByHash(sha(name)))!;
  const sample = { ...row, labelId, candidate: { url: '', title: name }, harvestId: '' };
  for (const key of ['deletedAt', 'deletedWithLabel', 'deletedWithHarvest', 'former', 'later'] as const)
    delete sample[key];
  const arrival = { sample, blob: new Blob([name]), thumbnail: new Blob(['t']), near: [] };
  return (await db.storeArrivals([{ arrival, source: { inboxId: id } }], DEFAULT_RATIOS))[0];
}
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
    expect(await back('a', 'nobody')).toMatchObject({ restored: 1, labels: [bear] });
    expect(await under(bear)).toEqual(hashes('a'));
    expect(await db.deletedCount()).toBe(2);
    expect((await db.deletedPerLabel()).map(({ label, gone }) => [label.id, gone])).toEqual([[bear, false]]);
    await db.undeleteLabel(bear);
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });

  it('that stayed behind come with a label that came back in part and was deleted anew', async () => {
    const first = await db.deleteLabel(bear);
    const { before } = await back('a');
    const second = await db.deleteLabel(bear);
    await db.undeleteLabel(bear);
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
    expect(second.deletedAt).toBeGreaterThan(first.deletedAt);
    expect(before).toEqual([{ ...first, deletedWithLabel: true, sha256s: [sha('a')] }]);
  });

  it('come back step by step as they went: label, one of it, label', async () => {
    const first = await db.deleteLabel(bear);
    const { before } = await back('a');
    const second = await db.deleteLabel(bear);
    await db.undeleteLabel(bear, second);
    expect(await under(bear)).toEqual(hashes('a'));
    await db.rebinSamples(before, DEFAULT_RATIOS);
    await db.deleteLabel(bear);
    await db.undeleteLabel(bear, first);
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });

  it('that were deleted by hand stay so when the label they came back with is taken back', async () => {
    await bin('c');
    const first = await db.deleteLabel(bear);
    const { before } = await back('c');
    await db.rebinSamples(before, DEFAULT_RATIOS);
    await db.deleteLabel(bear);
    expect(await db.undeleteLabel(bear, first)).toMatchObject({ restored: 2, gone: 0 });
    expect(await under(bear)).toEqual(hashes('a', 'b'));
  });

  it('that went for good are counted when their label comes back', async () => {
    await db.deleteLabel(bear);
    await db.deleteForGood(['a', 'b'].map(sha));
    expect(await db.undeleteLabel(bear)).toMatchObject({ restored: 1, gone: 2 });
    await db.deleteLabel(bear);
    expect(await db.undeleteLabel(bear)).toMatchObject({ restored: 1, gone: 0 });
  });

  it('are not moved', async () => {
    await bin('a');
    expect(await db.moveSamples(['a', 'b'].map(sha), cub, DEFAULT_RATIOS)).toBe(1);
    expect((await db.sampleByHash(sha('a')))?.labelId).toBe(bear);
  });

  it('bring their label back under a free name and colour, which takes its own name again once that is free', async () => {
    await db.deleteLabel(bear);
    const taker = await db.createLabel('Bear');
    const { label } = await db.undeleteLabel(bear);
    expect(label.name).toBe('Bear (2)');
    const colours = (await db.allLabels()).map(({ colour }) => colour);
    expect(new Set(colours).size).toBe(colours.length);
    await db.deleteLabel(bear);
    await db.deleteLabel(taker.id);
    expect((await db.undeleteLabel(bear)).label.name).toBe('Bear');
    // A name the user gives is the label's own.
    await db.undeleteLabel(taker.id);
    await db.renameLabel(taker.id, 'Other');
    await db.deleteLabel(taker.id);
    expect((await db.undeleteLabel(taker.id)).label.name).toBe('Other');
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
    expect(await back('a')).toMatchObject({ restored: 1, labels: [bear] });
  });

  it('go for good one by one, and only those', async () => {
    await bin('a', 'b');
    expect(await db.deleteForGood(['a', 'c', 'nobody'].map(sha))).toBe(1);
    const base = await db.database();
    for (const name of ['samples', 'blobs', 'thumbnails'] as const)
      expect((await base.getAllKeys(name)).sort()).toEqual(hashes('b', 'c', 'd'));
    expect(await back('a', 'b')).toMatchObject({ restored: 1, labels: [] });
  });

  it('never come to stand under a label that is gone', async () => {
    await db.deleteLabel(cub);
    await expect(db.moveSamples([sha('a')], cub, DEFAULT_RATIOS)).rejects.toMatchObject({ code: 'label_gone' });
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });
});

describe('a picture that is added while it lies in the bin', () => {
  const undoAdd = () => db.deleteSamples([sha('a')], DEFAULT_RATIOS, { asBefore: true });
  const redoAdd = () => db.undeleteSamples([sha('a')], DEFAULT_RATIOS, { asBefore: true });

  it('is in the dataset again, also under the label it was deleted from', async () => {
    await bin('a');
    expect(await own(bear, 'a')).toEqual({ kind: 'stored' });
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });

  it('lies in the bin as it lay there once the adding is undone, also after it was done again', async () => {
    await bin('a');
    const binned = (await db.sampleByHash(sha('a')))!;
    await own(cub, 'a');
    expect(await under(cub)).toEqual(hashes('a', 'd'));
    for (let n = 0; n < 2; n++) {
      await undoAdd();
      const { later, ...row } = (await db.sampleByHash(sha('a')))!;
      expect(row).toEqual(binned);
      expect(later?.labelId).toBe(cub);
      await redoAdd();
      expect(await under(cub)).toEqual(hashes('a', 'd'));
    }
    await undoAdd();
    await back('a');
    expect(await under(bear)).toEqual(hashes('a', 'b', 'c'));
  });

  it('knows no more former rows than it may, however often it is deleted and added', async () => {
    for (let n = 0; n < 30; n++) {
      await bin('a');
      await own(n % 2 ? bear : cub, 'a');
    }
    expect(JSON.stringify(await db.sampleByHash(sha('a'))).length).toBeLessThan(8000);
  });

  it('stays under its label when the one it was deleted from was merged away', async () => {
    await bin('a');
    const third = await db.createLabel('Third');
    await own(third.id, 'a');
    await db.mergeLabels(bear, cub);
    await undoAdd();
    expect((await db.sampleByHash(sha('a')))?.labelId).toBe(third.id);
    expect(await back('a')).toMatchObject({ restored: 1 });
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

  it('leaves deleted images saying what they were deleted from, until it is undone or they come back', async () => {
    const { id: third } = await db.createLabel('Third');
    await bin('a', 'b', 'd');
    const rows = await (await db.database()).getAll('samples');
    const from = async (name: string) => (await db.sampleByHash(sha(name)))?.deletedFrom;
    await db.mergeLabels(bear, cub);
    expect([await from('a'), await from('c'), await from('d')]).toEqual(['Bear', undefined, undefined]);
    await db.mergeLabels(cub, third);
    expect([await from('a'), await from('d')]).toEqual(['Bear', 'Cub']);
    const { before } = await back('a');
    expect(await from('a')).toBeUndefined();
    await db.rebinSamples(before, DEFAULT_RATIOS);
    expect(await from('a')).toBe('Bear');
    await unmerge(cub);
    expect([await from('a'), await from('d')]).toEqual(['Bear', undefined]);
    await unmerge(bear);
    expect(await (await db.database()).getAll('samples')).toEqual(rows);
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

  it('is undone with what its harvests have brought meanwhile, but not with what the other label has got', async () => {
    const more = { ...harvestOf(bear), id: 'more' };
    await db.saveHarvest(more);
    await db.enqueue(more, [{ url: 'https://img.example.com/late' }]);
    await db.moveSamples([sha('a')], cub, DEFAULT_RATIOS);
    await aWhile();
    await db.mergeLabels(bear, cub);
    await arrive(db, cub, 'others');
    await own(cub, 'd');
    const [job] = await (await db.database()).getAllFromIndex(
      'jobs',
      'byHarvest',
      IDBKeyRange.only(['more', 'queued']),
    );
    const { group: _g, split: _s, addedAt: _a, ...row } = (await db.sampleByHash(sha('b')))!;
    const { candidate, labelId } = job!;
    const sample = { ...row, sha256: sha('late'), dHash: sha('late'), labelId, candidate, harvestId: more.id };
    const arrival = { sample, blob: new Blob(['late']), thumbnail: new Blob(['t']), near: [] };
    const source = { jobId: job!.id, ended: (sha256: string) => () => ({ ...job!, state: 'stored' as const, sha256 }) };
    expect(await db.storeArrivals([{ arrival, source }], DEFAULT_RATIOS)).toEqual([{ kind: 'stored' }]);
    await unmerge(bear);
    expect([await under(bear), await under(cub)]).toEqual([hashes('b', 'c', 'late'), hashes('a', 'd', 'others')]);
    expect(await db.undoHarvest(more.id, DEFAULT_RATIOS)).toEqual({ images: 1, queued: 0 });
  });

  it('nobody knows of cannot be undone', async () => {
    await expect(unmerge('nobody')).rejects.toMatchObject({ code: 'label_gone' });
  });
});
