// A harvest is undone into the bin and done again out of it: nothing of it is lost, and nothing else goes with it.
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';

let db: Store;
/** The label the harvest is for, and the harvest's id. */
let bear: string;
let harvest: string;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  bear = (await db.createLabel('Bear')).id;
  harvest = harvestOf(bear).id;
});

const undo = () => db.undoHarvest(harvest, DEFAULT_RATIOS);
const redo = () => db.redoHarvest(harvest, DEFAULT_RATIOS);
const address = (name: string) => ({ url: `https://img.example.com/${name}` });
const holdings = async () => db.holdingsOf((await db.harvestById(harvest))!);
const under = async (labelId: string) =>
  (await db.samplesOf(labelId, { limit: 99 })).map(({ sha256 }) => sha256).sort();
const hashes = (...names: string[]) => names.map(sha).sort();
/** Every row of the stores that make the collection. */
async function rows() {
  const base = await db.database();
  const read = async (name: 'samples' | 'jobs' | 'labels' | 'harvests') => base.getAll(name);
  const [samples, jobs, labels, harvests] = await Promise.all(
    (['samples', 'jobs', 'labels', 'harvests'] as const).map(read),
  );
  return { samples, jobs, labels, harvests };
}

/** Three images, a waiting download, a failure, and a copy of an image of another label. */
async function collect(): Promise<void> {
  for (const name of ['a', 'b', 'c']) await arrive(db, bear, name);
  const cub = await db.createLabel('Cub');
  await arrive(db, cub.id, 'twin');
  await arrive(db, bear, 'copy', { content: 'twin' });
  await db.enqueue(harvestOf(bear), [address('later'), address('broken')]);
  const { jobAfter, jobId } = await import('../../../src/pipeline/queue/job');
  await db.endAttempt(jobId(bear, address('broken').url), job =>
    jobAfter(job, { kind: 'rejected', reason: 'not-found', detail: '404' }, 5, 0),
  );
}

describe('an undone harvest', () => {
  it('leaves rows, bytes, thumbnails and features in the bin, nothing in the queue, and comes back as it was', async () => {
    await collect();
    const base = await db.database();
    await base.put('features', { key: [sha('a'), 'resnet', ''], values: new Float32Array(2) });
    const before = await rows();
    // The copy is still queued, as `arrive` leaves the end of duplicates to the pump.
    expect(await undo()).toEqual({ images: 3, queued: 2 });
    expect(await under(bear)).toEqual([]);
    expect((await db.queueState()).queued).toBe(0);
    expect(await db.binContents()).toMatchObject({ images: 3 });
    for (const name of ['blobs', 'thumbnails'] as const) expect(await base.count(name)).toBe(4);
    expect(await base.count('features')).toBe(1);
    expect((await db.harvestById(harvest))?.undone).toBe(true);
    const counts = (await db.labelCounts()).find(({ labelId }) => labelId === bear);
    expect(counts).toMatchObject({ train: 0, valid: 0, test: 0, queued: 0, rejected: {} });
    expect(await db.rejectedJobs(bear, 9)).toEqual([]);
    expect(await db.retryRejected(bear)).toBe(0);
    expect(await redo()).toMatchObject({ restored: 3, labels: [] });
    expect(await rows()).toEqual(before);
  });

  it('says before what it takes, what stays, and afterwards what can come back', async () => {
    await collect();
    const cub = (await db.allLabels()).find(({ name }) => name === 'Cub')!.id;
    await db.moveSamples([sha('a')], cub, DEFAULT_RATIOS);
    expect(await holdings()).toMatchObject({ images: 2, elsewhere: 1, deleted: 0, queued: 2 });
    await undo();
    expect(await holdings()).toMatchObject({ images: 0, elsewhere: 1, deleted: 2, queued: 0 });
    await db.emptyBin();
    expect(await holdings()).toMatchObject({ images: 0, elsewhere: 1, deleted: 0, queued: 0 });
  });

  it('counts what the user deleted and moved since, from the bin as well', async () => {
    await collect();
    const cub = (await db.allLabels()).find(({ name }) => name === 'Cub')!.id;
    await db.moveSamples([sha('a')], cub, DEFAULT_RATIOS);
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    expect(await holdings()).toMatchObject({ images: 1, elsewhere: 1, removed: 1, deleted: 0 });
    await db.emptyBin();
    expect(await holdings()).toMatchObject({ images: 1, elsewhere: 1, removed: 1, deleted: 0 });
    await undo();
    expect(await holdings()).toMatchObject({ images: 0, elsewhere: 1, deleted: 1 });
  });

  it('tells what the searches for a label were worth, but not of what was undone or is no search', async () => {
    await collect();
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    await db.changeHarvest(harvest, row => ({ ...row, leftOut: 4 }));
    await db.saveHarvest({ ...harvestOf(bear, 'list'), pageUrl: '' });
    await db.saveHarvest({ ...harvestOf(bear, 'before'), undone: true });
    const { searchesOf } = await import('../../../src/edges/store/searches-of');
    const { engine, query } = harvestOf(bear);
    expect(await searchesOf(bear)).toEqual([{ engine, query, kept: 2, judged: 7 }]);
  });

  it('takes no image the user has put under another label, and brings back none that was deleted by hand', async () => {
    for (const name of ['a', 'b', 'c']) await arrive(db, bear, name);
    const cub = await db.createLabel('Cub');
    await db.moveSamples([sha('a')], cub.id, DEFAULT_RATIOS);
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    expect(await undo()).toEqual({ images: 1, queued: 0 });
    expect(await under(cub.id)).toEqual(hashes('a'));
    expect(await redo()).toMatchObject({ restored: 1, labels: [] });
    expect(await under(bear)).toEqual(hashes('c'));
    // Both are still known under the label they were collected for.
    expect(await db.enqueue(harvestOf(bear), [address('a'), address('b')])).toEqual({ added: 0, known: 2 });
  });

  it('can be collected again: the same bytes come back under the new harvest, and the old one holds them no more', async () => {
    await arrive(db, bear, 'a');
    await undo();
    const again = harvestOf(bear, 'again');
    await db.saveHarvest(again);
    expect(await db.enqueue(again, [address('a')])).toEqual({ added: 1, known: 0 });
    // As the pump stores what it fetched.
    const sample = (await db.sampleByHash(sha('a')))!;
    const { jobAfter, jobId } = await import('../../../src/pipeline/queue/job');
    const { group: _g, split: _s, addedAt: _a, deletedAt: _d, deletedWithHarvest: _w, ...fresh } = sample;
    const [end] = await db.storeArrivals(
      [
        {
          arrival: {
            sample: { ...fresh, harvestId: 'again' },
            blob: new Blob(['a']),
            thumbnail: new Blob(['t']),
            near: [],
          },
          source: {
            jobId: jobId(bear, address('a').url),
            ended: sha256 => job => jobAfter(job, { kind: 'stored', sha256 }, 9, 0),
          },
        },
      ],
      DEFAULT_RATIOS,
    );
    expect(end).toEqual({ kind: 'stored' });
    expect(await under(bear)).toEqual(hashes('a'));
    await expect(redo()).rejects.toMatchObject({ code: 'not_in_bin' });
    expect((await db.harvestById(harvest))?.undone).toBe(true);
  });

  it('comes back with its label, should that be deleted by now', async () => {
    await arrive(db, bear, 'a');
    await undo();
    await db.deleteLabel(bear);
    expect(await redo()).toMatchObject({ restored: 1, labels: [bear] });
    expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Bear']);
    expect(await under(bear)).toEqual(hashes('a'));
  });

  it('never takes its label from an image or a download that comes to it just then', async () => {
    const made = { ...harvestOf(bear, 'made'), madeLabel: true as const };
    await db.saveHarvest(made);
    await db.undoHarvest(made.id, DEFAULT_RATIOS);
    for (let wait = 0; wait < 30; wait++) {
      const coming = arrive(db, bear, `${wait}`).catch(() => undefined);
      for (let turn = 0; turn < wait; turn++) await new Promise(resolve => setImmediate(resolve));
      const dropped = await db.dropEmptyLabel(made.id);
      await coming;
      const base = await db.database();
      const [samples, jobs] = [await base.getAll('samples'), await base.getAll('jobs')];
      expect([
        wait,
        samples.filter(row => row.deletedWithLabel),
        jobs.filter(row => row.reason === 'cancelled'),
      ]).toEqual([wait, [], []]);
      if (dropped) await db.undeleteLabel(bear);
      await db.undoHarvest(harvest, DEFAULT_RATIOS).catch(() => undefined);
      await db.emptyBin();
    }
  });

  it('gives single images back, whose addresses are known again', async () => {
    await arrive(db, bear, 'a');
    await arrive(db, bear, 'b');
    await undo();
    expect(await db.undeleteSamples([sha('a')], DEFAULT_RATIOS)).toMatchObject({ restored: 1, labels: [] });
    expect(await holdings()).toMatchObject({ images: 1, elsewhere: 0, deleted: 1, queued: 0 });
    expect(await db.enqueue(harvestOf(bear), [address('a')])).toEqual({ added: 0, known: 1 });
    expect(await undo()).toEqual({ images: 1, queued: 0 });
    expect(await redo()).toMatchObject({ restored: 2, labels: [] });
  });

  it('keeps its image under no name but its own: own pictures and unknown harvests are refused', async () => {
    await arrive(db, bear, 'a');
    const base = await db.database();
    await base.put('samples', { ...(await db.sampleByHash(sha('a')))!, harvestId: '' });
    // As a backup might bring it.
    await db.saveHarvest(harvestOf(bear, ''));
    for (const id of ['', 'nobody']) {
      await expect(db.undoHarvest(id, DEFAULT_RATIOS)).rejects.toMatchObject({ code: 'harvest_gone' });
      await expect(db.redoHarvest(id, DEFAULT_RATIOS)).rejects.toMatchObject({ code: 'harvest_gone' });
    }
    expect(await under(bear)).toEqual(hashes('a'));
  });

  it('of many images is undone and done again whole', async () => {
    for (let n = 0; n < 1203; n++) await arrive(db, bear, `${n}`);
    expect(await undo()).toEqual({ images: 1203, queued: 0 });
    expect(await redo()).toMatchObject({ restored: 1203, labels: [] });
    expect(await db.deletedCount()).toBe(0);
  });

  it('is as it was once the restoring of some of its images is taken back', async () => {
    for (const name of ['a', 'b', 'c']) await arrive(db, bear, name);
    const before = await rows();
    await undo();
    const removed = await rows();
    const { before: places } = await db.undeleteSamples([sha('a'), sha('b')], DEFAULT_RATIOS);
    await db.rebinSamples(places, DEFAULT_RATIOS);
    expect(await rows()).toEqual(removed);
    expect(await redo()).toMatchObject({ restored: 3, gone: 0 });
    expect(await rows()).toEqual(before);
  });

  it('whose label was deleted since is as it was once the restoring of all of it is taken back', async () => {
    for (const name of ['a', 'b']) await arrive(db, bear, name);
    await undo();
    const first = await db.deleteLabel(bear);
    const { before: places, labels } = await db.undeleteSamples([sha('a'), sha('b')], DEFAULT_RATIOS);
    expect(labels).toEqual([bear]);
    await db.rebinSamples(places, DEFAULT_RATIOS);
    await db.deleteLabel(bear);
    expect(await db.undeleteLabel(bear, first)).toMatchObject({ restored: 0 });
    expect(await redo()).toMatchObject({ restored: 2 });
  });

  it('says how many of its images were deleted for good, and that only when they were', async () => {
    for (const name of ['a', 'b', 'c']) await arrive(db, bear, name);
    await undo();
    await db.deleteForGood([sha('a'), sha('b')]);
    expect(await redo()).toMatchObject({ restored: 1, gone: 2 });
    await undo();
    await db.undeleteSamples([sha('c')], DEFAULT_RATIOS);
    await expect(redo()).rejects.toMatchObject({ code: 'not_in_bin' });
    await undo();
    await db.deleteForGood([sha('c')]);
    await expect(redo()).rejects.toMatchObject({ code: 'images_gone' });
  });

  it('of downloads that all waited can be brought back', async () => {
    await db.saveHarvest(harvestOf(bear));
    await db.enqueue(harvestOf(bear), [address('x'), address('y')]);
    expect(await undo()).toEqual({ images: 0, queued: 2 });
    expect(await holdings()).toMatchObject({ images: 0, deleted: 0, queued: 0, cancelled: 2 });
    expect(await redo()).toMatchObject({ restored: 0 });
    expect(await holdings()).toMatchObject({ queued: 2, cancelled: 0 });
  });

  it('leaves an image that it had brought back from the bin there as it lay, and brings it back again', async () => {
    const cub = await db.createLabel('Cub');
    await arrive(db, bear, 'a');
    const deletion = await db.deleteLabel(bear);
    expect(await arrive(db, cub.id, 'a')).toEqual({ kind: 'stored' });
    const again = harvestOf(cub.id).id;
    expect(await db.undoHarvest(again, DEFAULT_RATIOS)).toMatchObject({ images: 1 });
    expect(await db.holdingsOf((await db.harvestById(again))!)).toMatchObject({ images: 0, deleted: 1 });
    expect(await db.redoHarvest(again, DEFAULT_RATIOS)).toMatchObject({ restored: 1 });
    expect(await under(cub.id)).toEqual(hashes('a'));
    await db.undoHarvest(again, DEFAULT_RATIOS);
    expect(await db.undeleteLabel(bear, deletion)).toMatchObject({ restored: 1 });
    expect([await under(bear), await under(cub.id)]).toEqual([hashes('a'), []]);
  });
});
