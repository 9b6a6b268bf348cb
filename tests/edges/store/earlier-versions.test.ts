// Databases as earlier versions left them, opened by this one: nothing collected, said or trained is lost.
import { type IDBPDatabase, openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { backboneOfId, geometryOf } from '../../../src/backbones';
import { predict } from '../../../src/pipeline/head/predict';
import { freshDatabase, type Store, sha, store } from './database';
import { openedByVersion } from './earlier-version';

let db: Store;
beforeEach(async () => {
  freshDatabase();
  await openedByVersion(3);
  db = await store();
});

describe('a database of version 3', () => {
  it('keeps its labels, samples and their bytes', async () => {
    const labels = await db.allLabels();
    expect(labels.map(({ name }) => name).sort()).toEqual(['dots', 'rings', 'stripes']);
    const rows = [];
    for (const { id } of labels) rows.push(...(await db.samplesOf(id, { limit: 99 })));
    expect(rows).toHaveLength(14);
    for (const { sha256, bytes } of rows) expect((await db.blobOf(sha256))?.size).toBe(bytes);
  });

  it('keeps its bin, and the deleted label comes back with its images', async () => {
    expect((await db.binContents()).images).toBe(3);
    const base = await db.database();
    const key = (await base.getAllKeys('meta')).find(key => key.startsWith('deleted-label:'));
    const { label } = await db.undeleteLabel(`${key}`.slice('deleted-label:'.length));
    expect(label.name).toBe('checks');
    expect(await db.samplesOf(label.id, { limit: 9 })).toHaveLength(2);
    expect((await db.binContents()).images).toBe(1);
  });

  it('keeps what the user said of images found for two labels and of near-duplicates, and asks of the others', async () => {
    const { openConflicts } = await import('../../../src/edges/store/conflicts');
    const urls = (await openConflicts()).map(({ kind, samples }) => [
      kind,
      ...samples.map(({ candidate }) => candidate.url).sort(),
    ]);
    expect(urls).toEqual([
      ['same', 'https://images.lantern.example/dots/0/dots-0.jpg'],
      ['near', 'https://photos.quarry.example/dots/5/dots-7.jpg', 'https://photos.quarry.example/rings/5/small.jpg'],
    ]);
    const rows = await (await db.database()).getAll('samples');
    expect(
      rows.filter(({ confirmedLabels }) => confirmedLabels).map(({ confirmedLabels }) => confirmedLabels?.length),
    ).toEqual([2, 1, 2]);
  });

  it('keeps the queue, paused by the user, and the addresses that failed', async () => {
    expect(await db.queueState()).toEqual({ queued: 1, paused: 'user' });
    const dots = (await db.allLabels()).find(({ name }) => name === 'dots')?.id ?? '';
    expect((await db.rejectedJobs(dots, 9)).map(({ reason }) => reason)).toEqual(['not-found']);
  });

  it('keeps the trained model and the features it learnt from', async () => {
    const { modelInUse } = await import('../../../src/edges/store/models');
    expect((await modelInUse())?.report).toBeDefined();
    const features = await (await db.database()).getAll('features');
    expect(features).toHaveLength(10);
    for (const { values } of features) expect(values).toHaveLength(4096);
  });
});

describe('the model of version 3', () => {
  it('answers as it was trained: the whole image squashed, its features, its head', async () => {
    const { modelInUse } = await import('../../../src/edges/store/models');
    const { getFeatures } = await import('../../../src/edges/store/features');
    const model = (await modelInUse())!;
    expect(model.backbone.id).toBe('resnet50-keras-v1-836f342ad8fee595-squash224');
    expect(geometryOf(model.backbone.id)).toBe('squash');
    expect(backboneOfId(model.backbone.id)?.length).toBe(2048);
    expect(model).not.toHaveProperty('resemblance');
    expect(model).not.toHaveProperty('beside');
    // Validation was judged by the fit that had not seen it.
    const learnt = model.verdicts.filter(({ split }) => split !== 'valid');
    const features = await getFeatures(
      model.backbone.id,
      learnt.map(({ sha256 }) => sha256),
    );
    expect(learnt.length).toBeGreaterThan(5);
    for (const [i, p] of predict(
      model.head,
      features.map(one => one!.m),
    ).entries()) {
      for (const [k, value] of p.entries()) expect(value).toBeCloseTo(learnt[i]!.p[k]!, 4);
    }
  });

  it('is resumed as it sees images, and a new training sees the middle', async () => {
    const { modelInUse } = await import('../../../src/edges/store/models');
    const { backboneFor } = await import('../../../src/entries/workers/backbone-for');
    const { backbone } = (await modelInUse())!;
    await (await db.database()).put('backbones', { id: backbone.id, info: backbone, tensors: new Blob() });
    expect(await backboneFor({ choice: 'auto', resume: true })).toEqual({ backbone });
    const anew = await backboneFor({ choice: 'auto' });
    expect(anew.backbone.id).toBe('resnet50-keras-v1-836f342ad8fee595-crop224');
  });
});

/** The rows of version 3 that this test is about, beside those of the fixture, whose labels and images they speak of. */
async function alsoWritten(change: (old: IDBPDatabase, labels: string[]) => Promise<unknown>): Promise<string[]> {
  const old = await openDB('gleaner', 3);
  const labels = ((await old.getAll('labels')) as { id: string }[]).map(({ id }) => id).sort();
  await change(old, labels);
  old.close();
  return labels;
}
const job = (id: string, labelId: string, sha256: string, more: object = {}) => ({
  ...{
    id: `${labelId}\n${id}`,
    labelId,
    sha256,
    harvestId: 'h',
    host: 'x',
    candidate: { url: id },
    attempts: 1,
    notBefore: 0,
  },
  ...{ provenance: {}, state: 'rejected', reason: 'duplicate-of', detail: 'l', ...more },
});
const row = (sha256: string, labelId: string, more: object = {}) => ({
  ...{
    sha256,
    labelId,
    group: sha256,
    split: 'train',
    addedAt: 1,
    dHash: '6'.repeat(64),
    candidate: { url: '' },
    ...more,
  },
});

describe('what version 3 kept of conflicts', () => {
  const confirmedOf = async (sha256: string) => (await db.sampleByHash(sha256))?.confirmedLabels;

  it('becomes the word of the image, also of rows that lie inside it, in the bin or in the inbox', async () => {
    const [a = '', b = '', c = ''] = await alsoWritten(async (old, [a = '', b = '', c = '']) => {
      const near = { rightUnder: [a, b].sort() };
      const former = row(sha('in place'), b, {
        alikeTo: 'x',
        deletedAt: 2,
        ...near,
        former: row(sha('in place'), c, near),
      });
      await old.put('samples', row(sha('in place'), a, { former }));
      await old.put('samples', row(sha('gone'), a, { deletedAt: 3, later: row(sha('gone'), b, near), ...near }));
      // As `undoHarvest` leaves a confirmed duplicate.
      const before = { state: 'rejected', reason: 'duplicate-of', detail: a };
      await old.put('jobs', job('https://x/1', c, sha('in place'), { settled: true, reason: 'undone', before }));
      const kept = { sha256: sha('new'), dHash: '00', ...near };
      await old.put('inbox', { labelId: a, name: '', blob: new Blob(['x']), origin: { harvestId: 'h', kept } });
      await old.put('inbox', { labelId: a, name: 'own', blob: new Blob(['y']) });
    });
    const sample = await db.sampleByHash(sha('in place'));
    expect(sample?.confirmedLabels).toEqual([c]);
    expect(sample?.former?.confirmedLabels).toEqual([a, b, c].sort());
    expect(sample?.former?.former?.confirmedLabels).toEqual([a, b, c].sort());
    expect((await db.sampleByHash(sha('gone')))?.later?.confirmedLabels).toEqual([a, b].sort());
    const base = await db.database();
    const [own, fresh] = (await base.getAll('inbox')).sort((x, y) => y.name.length - x.name.length);
    expect(own).not.toHaveProperty('origin');
    expect(fresh?.origin).toMatchObject({ harvestId: 'h', fromBackup: { confirmedLabels: [a, b].sort() } });
    const all = JSON.stringify([...(await base.getAll('samples')), ...(await base.getAll('jobs')), fresh?.origin]);
    for (const word of ['settled', 'rightUnder', 'alikeTo', 'kept']) expect(all).not.toContain(`"${word}"`);
  });

  it('answers no more than it did: near-duplicates of an image that was kept under one label are still asked about', async () => {
    const [a = '', b = ''] = await alsoWritten(async (old, [a = '', b = '']) => {
      const [one = '', two = ''] = [sha('one'), sha('two')].sort();
      await old.put('samples', row(one, a));
      await old.put('samples', row(two, b, { group: one, alikeTo: one }));
      await old.put('jobs', job('https://x/1', b, one, { settled: true }));
    });
    const { openConflicts } = await import('../../../src/edges/store/conflicts');
    const mine = (await openConflicts()).filter(({ samples }) => samples.some(({ sha256 }) => sha256 === sha('one')));
    expect(mine).toMatchObject([{ kind: 'near', labelIds: [a, b].sort() }]);
  });

  it('is read page by page, however much there is', async () => {
    const names = Array.from({ length: 1100 }, (_, n) => sha(`many ${n}`)).sort();
    const [, b = ''] = await alsoWritten(async (old, [a = '', b = '']) => {
      const tx = old.transaction(['samples', 'jobs'], 'readwrite');
      for (const name of names) {
        void tx.objectStore('samples').put(row(name, a));
        void tx.objectStore('jobs').put(job(`https://x/${name}`, b, name, { settled: true }));
      }
      await tx.done;
    });
    for (const name of [names[0], names[499], names[500], names[1099]])
      expect(await confirmedOf(name ?? '')).toEqual([b]);
  });
});
