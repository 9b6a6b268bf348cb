// A file from somebody who knows ids of ours is restored beside them, and taken back after the user has worked with it.
import { beforeEach, expect, it, vi } from 'vitest';
import { sampleRow } from '../../harness/rows';
import type { Model } from '../../src/contract/report';
import { DEFAULT_RATIOS, type Sample } from '../../src/contract/sample';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import type { StagedImage } from '../../src/entries/options/transfer/stage-images';
import type { OpenPart } from '../../src/entries/workers/backup-reader';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from '../edges/store/database';
import { MODEL_LABELS, storeModelLabel } from '../edges/store/stored-rows';

let db: Store;
let tables: OpenPart;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  const rows = await import('../../src/edges/store/restore');
  const { restoreHarvests } = await import('../../src/edges/store/restore-harvests');
  const { takeBackRows } = await import('../../src/edges/store/take-back-rows');
  const answers: Record<string, (args: never) => unknown> = {
    restoreLabels: ({ labels }: { labels: Parameters<typeof rows.restoreLabels>[0] }) => rows.restoreLabels(labels),
    restoreHarvests: ({ harvests }: { harvests: Parameters<typeof restoreHarvests>[0] }) => restoreHarvests(harvests),
    restoreAddresses: ({ addresses }: { addresses: Parameters<typeof rows.restoreAddresses>[0] }) =>
      rows.restoreAddresses(addresses, new Set()),
    takeBackRows: (args: Parameters<typeof takeBackRows>[0]) => takeBackRows(args, DEFAULT_RATIOS),
    deleteLabel: ({ labelId }: { labelId: string }) => db.deleteLabel(labelId),
  };
  vi.doMock('../../src/edges/messages', () => ({ ask: async (name: string, args: never) => answers[name]?.(args) }));
  vi.doMock('../../src/edges/changes', () => ({ announce: () => {} }));
  vi.doMock('../../src/edges/settings', () => ({ readSettings: async () => DEFAULT_SETTINGS }));
  vi.doMock('../../src/entries/workers/backup-reader', () => ({
    withBackups: (_: unknown, __: unknown, work: (parts: OpenPart[]) => unknown) => work([tables]),
  }));
  vi.doMock('../../src/entries/workers/delete-models', () => ({ deleteModels: async () => undefined }));
  vi.doMock('../../src/entries/options/transfer/stage-images', () => ({
    /** Stores each image under what the row says of it. */
    async stageImages(
      images: AsyncIterable<StagedImage>,
      onBatch: (_: unknown, batch: StagedImage[]) => Promise<void>,
    ) {
      const batch = [];
      for await (const image of images) batch.push(image);
      for (const { labelId, origin } of batch) {
        const { sha256, dHash, confirmedLabels } = origin.fromBackup ?? { sha256: '', dHash: '' };
        const { candidate, provenance, harvestId } = origin;
        const place = { addedAt: 9, ...(confirmedLabels && { confirmedLabels }) };
        const row = sampleRow(sha256, { labelId, dHash, candidate, provenance, harvestId, ...place });
        await (await db.database()).put('samples', row);
      }
      await onBatch({}, batch);
    },
  }));
});

/** What a file holds that has these images and no harvest, all of them said to be of this one. */
function fileOf(labelId: string, harvestId: string, names: string[]): OpenPart {
  const provenance = { engine: '', query: '', pageUrl: '', harvestedAt: 0 };
  const of = (name: string) => ({
    ...{ labelId, harvestId, provenance },
    candidate: { url: `https://img.example.com/${name}` },
  });
  async function* none() {}
  return {
    async *images() {
      for (const name of names) {
        const row = sampleRow(sha(name), { ...of(name), addedAt: 1 });
        yield { row, read: async () => new Uint8Array(1) };
      }
    },
    async *jobs() {
      for (const name of names) {
        yield { ...of(name), state: 'stored' as const, sha256: sha(name), attempts: 1, notBefore: 0 };
      }
    },
    confirmed: none,
    adoptFeatures: async () => undefined,
    bringModel: async () => 'here' as const,
    harvests: none,
    models: none,
  };
}

async function restore(labelId: string, name: string, more: { chosenModel?: string } = {}) {
  const { nothingRestored, restoreBackup } = await import('../../src/entries/options/backup/restore-backup');
  const restored = nothingRestored();
  const label = { id: labelId, name, folder: 'x', colour: 0, createdAt: 1 };
  const counts = { name: '', images: 1, here: 0, elsewhere: 0, empty: false };
  const plan = { ...counts, parts: [], labels: [label], settings: {}, otherSettings: {}, ...more };
  const choice = { settings: false, optOuts: false };
  await restoreBackup(plan as never, choice as never, restored, () => {}, new AbortController().signal);
  return restored;
}

it('no picture and no address of a file becomes one of a harvest of ours', async () => {
  const { id } = await db.createLabel('Bear');
  await arrive(db, id, 'ours');
  tables = fileOf(id, harvestOf(id).id, ['theirs']);
  await restore(id, 'Bear');
  // Nor where addresses come alone.
  tables = { ...fileOf(id, harvestOf(id).id, ['address']), async *images() {} };
  await restore(id, 'Bear');
  const base = await db.database();
  const rows = [...(await base.getAll('samples')), ...(await base.getAll('jobs'))];
  const ours = rows.filter(({ harvestId }) => harvestId === harvestOf(id).id);
  expect([rows.length, ours.length]).toEqual([5, 2]);
  await db.undoHarvest(harvestOf(id).id, DEFAULT_RATIOS);
  expect(((await base.get('samples', sha('theirs'))) as Sample).deletedAt).toBeUndefined();
});

it('undone, it leaves the pictures that were moved, with their addresses, and puts the others back into the bin', async () => {
  const { id } = await db.createLabel('Bear');
  const cat = await db.createLabel('Cat');
  const names = ['binned', 'binned moved', 'new', 'new moved'];
  for (const name of names.slice(0, 2)) await arrive(db, id, name);
  await db.deleteSamples([sha('binned'), sha('binned moved')], DEFAULT_RATIOS);
  const base = await db.database();
  const before = (await base.get('samples', sha('binned'))) as Sample;
  tables = fileOf(id, 'theirs', names);
  const restored = await restore(id, 'Bear');
  expect(restored.images.map(({ left, before }) => [left.sha256, before !== undefined])).toEqual(
    names.map(name => [sha(name), name.startsWith('binned')]),
  );
  await db.moveSamples([sha('binned moved'), sha('new moved')], cat.id, DEFAULT_RATIOS);
  const { undoRestore } = await import('../../src/entries/options/backup/undo-restore');
  await undoRestore(restored);
  expect((await db.samplesOf(cat.id, { limit: 9 })).map(({ sha256 }) => sha256).sort()).toEqual(
    [sha('binned moved'), sha('new moved')].sort(),
  );
  expect(await base.get('samples', sha('binned'))).toEqual(before);
  expect(((await base.get('samples', sha('new'))) as Sample).deletedAt).toBeDefined();
  expect((await base.getAllKeys('jobs')).map(key => key.split('/').at(-1))).toEqual([
    'binned',
    'binned%20moved',
    'new%20moved',
  ]);
});

it('of an earlier version, an address says what its image is confirmed against: of one that comes, not of one that is here', async () => {
  const [bear, cub] = [await db.createLabel('Bear'), await db.createLabel('Cub')];
  await arrive(db, bear.id, 'ours');
  const file = fileOf('theirs', 'theirs', ['new', 'ours']);
  tables = {
    ...file,
    async *images() {
      for await (const image of file.images())
        yield { ...image, row: { ...image.row, confirmedLabels: [cub.id, 'unknown'] } };
    },
    async *confirmed() {
      for (const name of ['new', 'ours', 'nowhere', 'new']) yield { sha256: sha(name), labelIds: ['theirs'] };
    },
  };
  const restored = await restore('theirs', 'Bear');
  const confirmed = async (name: string) => (await db.sampleByHash(sha(name)))?.confirmedLabels;
  // The file's label is ours of that name; of our other labels the file has nothing to say.
  expect(await confirmed('new')).toEqual([bear.id]);
  expect(await confirmed('ours')).toBeUndefined();
  expect(restored.images.map(({ left }) => left.confirmedLabels)).toEqual([[bear.id]]);
});

it('the model that was chosen to answer does so again, unless there are others here or one was chosen', async () => {
  const models = await import('../../src/edges/store/models');
  const model = (id: string, createdAt: number) => ({ id, createdAt, labels: MODEL_LABELS }) as Model;
  await storeModelLabel();
  const inFile = [model('older', 1), model('newer', 2)];
  tables = {
    ...fileOf('theirs', 'theirs', []),
    bringModel: models.bringModel,
    async *models() {
      yield* inFile;
    },
  };
  await restore('theirs', 'Bear', { chosenModel: 'older' });
  expect(await models.modelInUseId()).toBe('older');
  // Restored once more: what was chosen since stays.
  await models.chooseModel('newer');
  await restore('theirs', 'Bear', { chosenModel: 'older' });
  expect(await models.modelInUseId()).toBe('newer');
  // A restore that ended between the models goes on as if it had not.
  await models.deleteModel('newer');
  await restore('theirs', 'Bear', { chosenModel: 'older' });
  expect(await models.modelInUseId()).toBe('older');
  // One that was trained here answers.
  await models.saveModel(model('ours', 9));
  await restore('theirs', 'Bear', { chosenModel: 'older' });
  expect(await models.modelInUseId()).toBe('ours');
  // Without a word of it the newest does, as before.
  for (const { id } of await models.keptModels()) await models.deleteModel(id);
  await restore('theirs', 'Bear');
  expect(await models.modelInUseId()).toBe('newer');
  for (const { id } of await models.keptModels()) await models.deleteModel(id);
  await restore('theirs', 'Bear', { chosenModel: 'no model of the file' });
  expect(await models.modelInUseId()).toBe('newer');
});

it('models that find no room are told, and taken for none that came', async () => {
  const came = { ours: 'here', new: 'brought', 'one too many': 'no-room', 'another too many': 'no-room' } as const;
  tables = {
    ...fileOf('theirs', 'theirs', []),
    bringModel: async ({ id }) => came[id as keyof typeof came],
    async *models() {
      for (const id of Object.keys(came)) yield { id, createdAt: 1, labels: [] } as unknown as Model;
    },
  };
  const { models, noRoom } = await restore('theirs', 'Bear');
  expect([models, noRoom]).toEqual([['new'], 2]);
});
