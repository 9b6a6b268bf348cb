// Rows of a backup meet rows that are here: none of ours goes, changes or answers to a stranger's id, and all can be taken back.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Harvest } from '../../../src/contract/harvest';
import type { Job } from '../../../src/contract/job';
import type { Label } from '../../../src/contract/label';
import type { Model } from '../../../src/contract/report';
import { DEFAULT_RATIOS, type Sample } from '../../../src/contract/sample';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';

let db: Store;
let restore: typeof import('../../../src/edges/store/restore');
let harvests: typeof import('../../../src/edges/store/restore-harvests');
let models: typeof import('../../../src/edges/store/models');
beforeEach(async () => {
  freshDatabase();
  db = await store();
  restore = await import('../../../src/edges/store/restore');
  harvests = await import('../../../src/edges/store/restore-harvests');
  models = await import('../../../src/edges/store/models');
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const theirs = (labelId: string, id: string, change: Partial<Harvest> = {}): Harvest => ({
  ...harvestOf(labelId, id),
  query: 'theirs',
  startedAt: 7,
  ...change,
});

describe('harvests of a backup', () => {
  it('keep ids that nothing here has, and are the same however often they come', async () => {
    const row = theirs('label', crypto.randomUUID());
    expect(await harvests.restoreHarvests([row])).toEqual([{ from: row.id, into: row.id, made: true }]);
    expect(await harvests.restoreHarvests([row])).toEqual([{ from: row.id, into: row.id, made: false }]);
    expect(await db.allHarvests()).toEqual([row]);
  });

  it('get another id where a harvest of ours has theirs, and always the same', async () => {
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'ours');
    const ours = harvestOf(id);
    const row = theirs(id, ours.id);
    const [match] = await harvests.restoreHarvests([row]);
    expect(match?.into).toMatch(UUID);
    expect(match).toMatchObject({ from: ours.id, made: true });
    expect(await harvests.restoreHarvests([row])).toEqual([{ ...match, made: false }]);
    // Another that calls itself so as well is yet another.
    const [other] = await harvests.restoreHarvests([theirs(id, ours.id, { query: 'other' })]);
    expect(other?.into).not.toBe(match?.into);
    expect(await db.harvestById(ours.id)).toMatchObject(ours);
    expect(await db.allHarvests()).toHaveLength(3);
  });

  it('never take hold of pictures or addresses of ours whose own harvest is not in the log', async () => {
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'ours');
    const base = await db.database();
    await base.delete('harvests', harvestOf(id).id);
    const [byJob] = await harvests.restoreHarvests([theirs(id, harvestOf(id).id)]);
    expect(byJob?.into).not.toBe(harvestOf(id).id);
    await base.clear('jobs');
    const [bySample] = await harvests.restoreHarvests([theirs(id, harvestOf(id).id, { query: 'again' })]);
    expect(bySample?.into).not.toBe(harvestOf(id).id);
  });
});

describe('labels of a backup', () => {
  const label = (id: string, name: string): Label => ({ id, name, folder: 'x', colour: 5, createdAt: 1 });

  it('bring a deleted label back as it was here, with its way back', async () => {
    const ours = await db.createLabel('Bear');
    await arrive(db, ours.id, 'ours');
    await db.deleteLabel(ours.id);
    expect(await restore.restoreLabels([label(ours.id, 'Weapons')])).toEqual([
      { from: ours.id, into: ours.id, made: true },
    ]);
    expect(await db.allLabels()).toEqual([ours]);
    await db.deleteLabel(ours.id);
    expect((await db.restoreLabel(ours.id)).label).toEqual(ours);
    expect((await db.samplesOf(ours.id, { limit: 9 })).map(({ sha256 }) => sha256)).toEqual([sha('ours')]);
  });
});

describe('what a restore brought', () => {
  it('goes again, and what it found is as it was', async () => {
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'binned');
    await db.deleteSamples([sha('binned')], DEFAULT_RATIOS);
    await db.enqueue(harvestOf(id), [{ url: 'https://img.example.com/cancelled' }]);
    await db.cancelLabel(id);
    const base = await db.database();
    const before = { jobs: await base.getAll('jobs'), samples: await base.getAll('samples') };
    const address = (name: string): Omit<Job, 'id' | 'host'> => ({
      labelId: id,
      harvestId: 'theirs',
      candidate: { url: `https://img.example.com/${name}` },
      provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
      state: 'queued',
      attempts: 0,
      notBefore: 0,
    });
    const addresses = ['binned', 'cancelled', 'new'].map(address);
    const { added, replaced, queued } = await restore.restoreAddresses(addresses, new Set());
    expect([added, replaced.map(job => job.harvestId), queued]).toEqual([
      [`${id}\nhttps://img.example.com/new`],
      [harvestOf(id).id],
      2,
    ]);
    const binned = before.samples;
    await base.put('samples', { ...(binned[0] as Sample), labelId: 'theirs', harvestId: 'theirs' });
    await base.put('harvests', theirs(id, 'theirs'));
    await restore.takeBackRows({ harvests: ['theirs'], addresses: added, replaced, binned });
    expect(await base.getAll('jobs')).toEqual(before.jobs);
    expect(await base.getAll('samples')).toEqual(before.samples);
    expect(await db.harvestById('theirs')).toBeUndefined();
  });
});

describe('models of a backup', () => {
  const model = (id: string, createdAt: number) => ({ id, createdAt }) as Model;
  const ids = async () => (await models.allModels()).map(({ id }) => id);

  it('stand beside ours, of which none goes, neither now nor at later trainings', async () => {
    const now = Date.now();
    for (const n of [1, 2, 3]) await models.saveModel(model(`ours ${n}`, now - 100 + n));
    for (const n of [1, 2, 3, 4]) expect(await models.bringModel(model(`theirs ${n}`, now), false)).toBe(true);
    expect(await models.bringModel(model('ours 1', 9), false)).toBe(false);
    expect((await ids()).filter(id => id.startsWith('ours'))).toEqual(['ours 1', 'ours 2', 'ours 3']);
    await models.saveModel(model('ours 4', Date.now() + 1));
    expect(await ids()).toEqual(['ours 2', 'ours 3', 'theirs 1', 'theirs 2', 'theirs 3', 'theirs 4', 'ours 4']);
    expect((await models.newestModel())?.id).toBe('ours 4');
    for (const n of [1, 2, 3, 4]) await models.deleteModel(`theirs ${n}`);
    expect(await ids()).toEqual(['ours 2', 'ours 3', 'ours 4']);
  });

  it('that an earlier version took with dates in the future give way to the next training', async () => {
    const base = await db.database();
    for (const n of [1, 2, 3]) await base.put('models', model(`old ${n}`, 8e15 + n));
    await models.saveModel(model('ours', Date.now()));
    expect((await models.newestModel())?.id).toBe('ours');
    await models.saveModel(model('next', Date.now() + 1));
    expect((await models.newestModel())?.id).toBe('next');
    expect(await ids()).toHaveLength(3);
  });

  it('are as if they were trained here where the project was made of the backup', async () => {
    for (const n of [1, 2, 3]) await models.bringModel(model(`back ${n}`, n), true);
    await models.saveModel(model('next', Date.now()));
    expect(await ids()).toEqual(['back 2', 'back 3', 'next']);
  });
});
