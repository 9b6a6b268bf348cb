// Rows of a backup meet rows that are here: none of ours goes, changes or answers to a stranger's id, and all can be taken back.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Harvest } from '../../../src/contract/harvest';
import type { Job } from '../../../src/contract/job';
import type { Label } from '../../../src/contract/label';
import type { Model } from '../../../src/contract/report';
import type { RestoredImage } from '../../../src/contract/restored-rows';
import { DEFAULT_RATIOS, type Sample } from '../../../src/contract/sample';
import { MOST_MODELS } from '../../../src/pipeline/backup/limits';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';
import { MODEL_LABELS, storeModelLabel } from './stored-rows';

let db: Store;
let restore: typeof import('../../../src/edges/store/restore');
let takeBackRows: typeof import('../../../src/edges/store/take-back-rows').takeBackRows;
let harvests: typeof import('../../../src/edges/store/restore-harvests');
let models: typeof import('../../../src/edges/store/models');
beforeEach(async () => {
  freshDatabase();
  db = await store();
  restore = await import('../../../src/edges/store/restore');
  ({ takeBackRows } = await import('../../../src/edges/store/take-back-rows'));
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
    const { id } = await db.createLabel('Bear');
    const row = theirs(id, crypto.randomUUID());
    expect(await harvests.restoreHarvests([row])).toEqual([{ from: row.id, into: row.id, made: true }]);
    expect(await harvests.restoreHarvests([row])).toEqual([{ from: row.id, into: row.id, made: false }]);
    expect(await db.allHarvests()).toEqual([row]);
  });

  it('stay out where everything was deleted since their labels came, but not where one label was', async () => {
    const { id } = await db.createLabel('Bear');
    await db.deleteLabel(id);
    await harvests.restoreHarvests([theirs(id, crypto.randomUUID())]);
    const row = theirs('went with everything', crypto.randomUUID());
    expect(await harvests.restoreHarvests([row])).toEqual([{ from: row.id, into: row.id, made: false }]);
    expect((await db.allHarvests()).map(({ labelId }) => labelId)).toEqual([id]);
  });

  it('come under the label that theirs was merged into meanwhile', async () => {
    const [bear, cub] = [await db.createLabel('Bear'), await db.createLabel('Cub')];
    await db.mergeLabels(cub.id, bear.id);
    const row = theirs(cub.id, crypto.randomUUID());
    await harvests.restoreHarvests([row]);
    expect((await db.harvestById(row.id))?.labelId).toBe(bear.id);
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

  it('come also where a name shows nothing, or is too long in its normal form, and all of them are told', async () => {
    const odd = [label('a', 'Bear'), label('b', ''), label('c', '\u202e\u3164'), label('d', '\u0344'.repeat(300))];
    const came = await restore.restoreLabels(odd.map(one => ({ ...one, folder: one.id === 'c' ? '\u3164' : 'owls' })));
    expect(came.map(({ from }) => from)).toEqual(['a', 'b', 'c', 'd']);
    expect((await db.allLabels()).map(({ name }) => name).sort()).toEqual(['Bear', 'label', 'owls']);
  });

  it('bring a deleted label back as it was here, with its way back', async () => {
    const ours = await db.createLabel('Bear');
    await arrive(db, ours.id, 'ours');
    await db.deleteLabel(ours.id);
    expect(await restore.restoreLabels([label(ours.id, 'Weapons')])).toEqual([
      { from: ours.id, into: ours.id, made: true },
    ]);
    expect(await db.allLabels()).toEqual([ours]);
    await db.deleteLabel(ours.id);
    expect((await db.undeleteLabel(ours.id)).label).toEqual(ours);
    expect((await db.samplesOf(ours.id, { limit: 9 })).map(({ sha256 }) => sha256)).toEqual([sha('ours')]);
  });

  it('never take the place of a deleted label of ours whose name another has by now', async () => {
    const ours = await db.createLabel('Bear');
    await arrive(db, ours.id, 'ours');
    await db.deleteLabel(ours.id);
    await db.createLabel('Bear');
    const [match] = await restore.restoreLabels([label(ours.id, 'Weapons')]);
    expect(match).toMatchObject({ from: ours.id, made: true });
    expect(match?.into).toMatch(UUID);
    expect(match?.into).not.toBe(ours.id);
    expect(await restore.restoreLabels([label(ours.id, 'Weapons')])).toEqual([{ ...match, made: false }]);
    await db.deleteLabel(match?.into ?? '');
    expect((await db.deletedLabels()).map(({ name }) => name).sort()).toEqual(['Bear', 'Weapons']);
    expect((await db.undeleteLabel(ours.id)).label).toMatchObject({ id: ours.id, name: 'Bear (2)' });
    expect((await db.samplesOf(ours.id, { limit: 9 })).map(({ sha256 }) => sha256)).toEqual([sha('ours')]);
  });
});

describe('addresses of a backup', () => {
  const of = (labelId: string): Omit<Job, 'id' | 'host'> => ({
    labelId,
    harvestId: 'theirs',
    candidate: { url: 'https://img.example.com/a' },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    state: 'queued',
    attempts: 0,
    notBefore: 0,
  });

  it('come under the label theirs was merged into meanwhile, and not at all under one that was deleted', async () => {
    const [bear, cub, fox] = [await db.createLabel('Bear'), await db.createLabel('Cub'), await db.createLabel('Fox')];
    await db.mergeLabels(bear.id, cub.id);
    await db.deleteLabel(fox.id);
    const { came, queued } = await restore.restoreAddresses([of(bear.id), of(fox.id)], new Set());
    expect([came.map(({ left }) => left.id), queued]).toEqual([[`${cub.id}\nhttps://img.example.com/a`], 1]);
    expect((await (await db.database()).getAll('jobs')).map(({ labelId }) => labelId)).toEqual([cub.id]);
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
    const { came, queued } = await restore.restoreAddresses(addresses, new Set());
    expect([came.map(({ left, before }) => [left.id, before?.harvestId]), queued]).toEqual([
      [
        [`${id}\nhttps://img.example.com/cancelled`, harvestOf(id).id],
        [`${id}\nhttps://img.example.com/new`, undefined],
      ],
      2,
    ]);
    const { deletedAt: _at, ...there } = before.samples[0] as Sample;
    const back = { ...there, labelId: 'theirs', harvestId: 'theirs' };
    await base.put('samples', back);
    await base.put('harvests', theirs(id, 'theirs'));
    const images = [{ left: back, before: before.samples[0] as Sample }];
    await takeBackRows({ images, addresses: came, harvests: ['theirs'] }, DEFAULT_RATIOS);
    expect(await base.getAll('jobs')).toEqual(before.jobs);
    expect(await base.getAll('samples')).toEqual(before.samples);
    expect(await db.harvestById('theirs')).toBeUndefined();
  });
});

describe('what was done since with what a restore brought', () => {
  const NAME = 'https://img.example.com/a';
  const came = (labelId: string): Omit<Job, 'id' | 'host'> => ({
    labelId,
    harvestId: 'theirs',
    candidate: { url: NAME },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    state: 'queued',
    attempts: 0,
    notBefore: 0,
  });
  const left = ({ sha256, labelId, harvestId, addedAt, confirmedLabels }: Sample) => ({
    ...{ sha256, labelId, harvestId, addedAt },
    ...(confirmedLabels && { confirmedLabels }),
  });
  const nothing = { images: [], addresses: [], harvests: [] };

  it('stays: an address cancelled here, brought back, and collected by a harvest of ours', async () => {
    const { id } = await db.createLabel('Bear');
    await db.enqueue(harvestOf(id), [{ url: NAME }]);
    await db.cancelLabel(id);
    const { came: addresses } = await restore.restoreAddresses([came(id)], new Set());
    const base = await db.database();
    const job = (await base.getAll('jobs'))[0] as Job;
    for (const state of [{ state: 'queued' }, { state: 'stored', sha256: sha('a') }] satisfies Partial<Job>[]) {
      const collected = { ...job, ...state, harvestId: 'new' };
      await base.put('jobs', collected);
      await takeBackRows({ ...nothing, addresses }, DEFAULT_RATIOS);
      expect(await base.getAll('jobs')).toEqual([collected]);
    }
  });

  it('stays: an address of theirs whose picture has come, and its harvest', async () => {
    const { id } = await db.createLabel('Bear');
    const base = await db.database();
    await base.put('harvests', theirs(id, 'theirs'));
    const { came: addresses } = await restore.restoreAddresses([came(id)], new Set());
    const job = (await base.getAll('jobs'))[0] as Job;
    const stored: Job = { ...job, state: 'stored', sha256: sha('a') };
    await base.put('jobs', stored);
    await takeBackRows({ ...nothing, addresses, harvests: ['theirs'] }, DEFAULT_RATIOS);
    expect(await base.getAll('jobs')).toEqual([stored]);
    expect(await db.harvestById('theirs')).toBeDefined();
    await base.put('jobs', { ...job, state: 'rejected', reason: 'not-found' });
    await takeBackRows({ ...nothing, addresses, harvests: ['theirs'] }, DEFAULT_RATIOS);
    expect(await base.getAll('jobs')).toEqual([]);
    expect(await db.harvestById('theirs')).toBeUndefined();
  });

  it('stays: the address of a duplicate whose image the user has confirmed since; one of an image confirmed before goes', async () => {
    const { id } = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    await arrive(db, id, 'ours');
    const base = await db.database();
    await base.clear('jobs');
    const duplicate = { ...came(cub.id), state: 'rejected', reason: 'duplicate-of', detail: id } as const;
    const sample = (await base.get('samples', sha('ours'))) as Sample;
    for (const confirmedLabels of [undefined, [cub.id]]) {
      await base.put('samples', { ...sample, ...(confirmedLabels && { confirmedLabels }) });
      const { came: addresses } = await restore.restoreAddresses([{ ...duplicate, sha256: sha('ours') }], new Set());
      await base.put('samples', { ...sample, confirmedLabels: [cub.id] });
      await takeBackRows({ ...nothing, addresses }, DEFAULT_RATIOS);
      expect(await base.count('jobs')).toBe(confirmedLabels ? 0 : 1);
      await base.clear('jobs');
    }
  });

  it('stays: pictures that were moved or confirmed, whether they were new or lay in the bin; the others go', async () => {
    const { id } = await db.createLabel('Bear');
    const cat = await db.createLabel('Cat');
    const names = ['new', 'new moved', 'new kept', 'binned', 'binned moved', 'binned kept'];
    for (const name of names) await arrive(db, id, name);
    const base = await db.database();
    const row = async (name: string) => (await base.get('samples', sha(name))) as Sample;
    const images: RestoredImage[] = [];
    for (const name of names) {
      const found = name.startsWith('binned') && { before: { ...(await row(name)), deletedAt: 5, harvestId: 'first' } };
      images.push({ left: left(await row(name)), ...found });
    }
    const moved = [sha('new moved'), sha('binned moved')];
    await db.moveSamples(moved, cat.id, DEFAULT_RATIOS);
    for (const name of ['new kept', 'binned kept', 'binned moved'])
      await base.put('samples', { ...(await row(name)), confirmedLabels: [id, cat.id].sort() });
    const stay = await Promise.all(names.filter(name => / /.test(name)).map(row));
    await takeBackRows({ ...nothing, images }, DEFAULT_RATIOS);
    const now = await Promise.all(stay.map(({ sha256 }) => base.get('samples', sha256)));
    const unsplit = (rows: unknown[]) => rows.map(sample => ({ ...(sample as Sample), split: '' }));
    expect(unsplit(now)).toEqual(unsplit(stay));
    expect((await row('new')).deletedAt).toBeGreaterThan(5);
    expect(await row('binned')).toMatchObject({ deletedAt: 5, harvestId: 'first' });
  });

  it('stays: the address of a picture that was moved, but none that spoke of a picture of ours', async () => {
    const { id } = await db.createLabel('Bear');
    const cat = await db.createLabel('Cat');
    await arrive(db, id, 'a');
    const base = await db.database();
    await base.clear('jobs');
    const address = { ...came(id), harvestId: harvestOf(id).id, state: 'stored' as const, sha256: sha('a') };
    const restored = await restore.restoreAddresses([address], new Set());
    await db.moveSamples([sha('a')], cat.id, DEFAULT_RATIOS);
    await takeBackRows({ ...nothing, addresses: restored.came }, DEFAULT_RATIOS);
    expect(await base.count('jobs')).toBe(1);
    await base.clear('jobs');
    const strange = await restore.restoreAddresses([{ ...address, harvestId: 'theirs' }], new Set());
    await takeBackRows({ ...nothing, addresses: strange.came }, DEFAULT_RATIOS);
    expect(await base.count('jobs')).toBe(0);
  });
});

describe('models of a backup', () => {
  const model = (id: string, createdAt: number) => ({ id, createdAt, labels: MODEL_LABELS }) as Model;
  beforeEach(storeModelLabel);
  const ids = async () => (await models.allModels()).map(({ id }) => id);

  /** As many of ours as are kept. */
  const full = () => Array.from({ length: models.KEPT_MODELS }, (_, i) => i + 1);

  it('stand beside ours, of which none goes, neither now nor at later trainings', async () => {
    const now = Date.now();
    for (const n of full()) await models.saveModel(model(`ours ${n}`, now - 100 + n));
    for (const n of [1, 2, 3, 4]) expect(await models.bringModel(model(`theirs ${n}`, now), false)).toBe('brought');
    expect(await models.bringModel(model('ours 1', 9), false)).toBe('here');
    expect((await ids()).filter(id => id.startsWith('ours'))).toEqual(full().map(n => `ours ${n}`));
    await models.saveModel(model('ours, the next', Date.now() + 1));
    const theirs = [1, 2, 3, 4].map(n => `theirs ${n}`);
    const ours = full()
      .slice(1)
      .map(n => `ours ${n}`);
    expect(await ids()).toEqual([...ours, ...theirs, 'ours, the next']);
    expect((await models.modelInUse())?.id).toBe('ours, the next');
    for (const id of theirs) await models.deleteModel(id);
    expect(await ids()).toEqual([...ours, 'ours, the next']);
  });

  it('that an earlier version took with dates in the future give way to the next training', async () => {
    const base = await db.database();
    for (const n of full()) await base.put('models', model(`old ${n}`, 8e15 + n));
    await models.saveModel(model('ours', Date.now()));
    expect((await models.modelInUse())?.id).toBe('ours');
    await models.saveModel(model('next', Date.now() + 1));
    expect((await models.modelInUse())?.id).toBe('next');
    expect(await ids()).toHaveLength(models.KEPT_MODELS);
  });

  it('stay out where everything was deleted since their labels came', async () => {
    const labelIds = MODEL_LABELS.map(({ id }) => id);
    expect(await models.bringModel(model('theirs', 1), true, labelIds)).toBe('brought');
    const base = await db.database();
    for (const name of ['labels', 'models', 'meta'] as const) await base.clear(name);
    await db.createLabel('Begun anew');
    await expect(models.bringModel(model('late', 2), true, labelIds)).rejects.toMatchObject({ code: 'restore_gone' });
    expect([await ids(), await base.count('meta')]).toEqual([[], 0]);
  });

  it('are as if they were trained here where the project was made of the backup', async () => {
    for (const n of full()) await models.bringModel(model(`back ${n}`, n), true);
    await models.saveModel(model('next', Date.now()));
    expect(await ids()).toEqual([
      ...full()
        .slice(1)
        .map(n => `back ${n}`),
      'next',
    ]);
  });

  it('come until there are as many as the next backup holds, and those beyond what is kept of ours go for no training', async () => {
    const count = MOST_MODELS + 1;
    const came: string[] = [];
    for (let n = 0; n < count; n++) came.push(await models.bringModel(model(`back ${n}`, count - n), true));
    expect(came).toEqual([...Array(MOST_MODELS).fill('brought'), 'no-room']);
    await models.saveModel(model('next', Date.now()));
    // Ours were the first that came: the oldest of them goes.
    const gone = `back ${models.KEPT_MODELS - 1}`;
    expect((await ids()).sort()).toEqual(
      ['next', ...Array.from({ length: MOST_MODELS }, (_, n) => `back ${n}`).filter(id => id !== gone)].sort(),
    );
    expect(await models.bringModel(model('another', 1), false)).toBe('no-room');
    await models.deleteModel('back 20');
    expect(await models.bringModel(model('another', 1), false)).toBe('brought');
  });
});
