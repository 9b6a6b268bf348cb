// What a browser may lose: single files of pictures, or the whole database in silence.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sample } from '../../../src/contract/sample';
import { arrive, freshDatabase, type Store, sha, store } from './database';

const local = new Map<string, unknown>();
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: {
        get: async (keys: string | string[]) =>
          Object.fromEntries([keys].flat().flatMap(key => (local.has(key) ? [[key, local.get(key)]] : []))),
        set: async (values: object) => {
          for (const [key, value] of Object.entries(values)) local.set(key, value);
        },
        remove: async (keys: string | string[]) => {
          for (const key of [keys].flat()) local.delete(key);
        },
      },
    },
  },
}));
vi.stubGlobal('navigator', { locks: { request: (_name: string, work: () => unknown) => work() } });

let db: Store;
const canary = () => import('../../../src/edges/canary');
beforeEach(async () => {
  local.clear();
  freshDatabase();
  db = await store();
});

describe('the canary', () => {
  it('is silent over a sound collection, through restarts', async () => {
    const { guardCollection, feedCanary, lossNotice } = await canary();
    await guardCollection();
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'a');
    await feedCanary();
    vi.resetModules();
    await guardCollection();
    expect(await lossNotice()).toBeUndefined();
    expect(local.get('canary')).toMatchObject({ rowCount: 1 });
  });

  it('tells of a database that came back empty, once, until dismissed', async () => {
    const before = await canary();
    await before.guardCollection();
    const { id } = await db.createLabel('Bear');
    for (const name of ['a', 'b', 'c']) await arrive(db, id, name);
    await before.feedCanary();
    freshDatabase();
    const after = await canary();
    expect(await after.lossNotice()).toMatchObject({ rowCount: 3 });
    expect(await after.lossNotice()).toMatchObject({ rowCount: 3 });
    await after.feedCanary();
    expect(await after.lossNotice()).toMatchObject({ rowCount: 3 });
    await after.dismissLoss();
    expect(await after.lossNotice()).toBeUndefined();
  });

  it('does not hide a loss when it is fed before anybody looked', async () => {
    const before = await canary();
    await before.guardCollection();
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'a');
    await before.feedCanary();
    freshDatabase();
    const after = await canary();
    await after.feedCanary();
    expect(await after.lossNotice()).toMatchObject({ rowCount: 1 });
  });

  it.each([
    ['a canary of another database', { canary: { dbUuid: 'forged', rowCount: 5000, lastWrite: 1 } }],
    ['a notice', { loss: { rowCount: 5000, lastWrite: 1 } }],
    ['both, and neither what it should be', { canary: 'x', loss: { rowCount: '5', lastWrite: {} } }],
  ])('believes no forgery: %s', async (_what, forged) => {
    const { guardCollection, feedCanary, lossNotice } = await canary();
    await guardCollection();
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'a');
    for (const [key, value] of Object.entries(forged)) local.set(key, value);
    expect(await lossNotice()).toBeUndefined();
    // And what was forged is put right again.
    await feedCanary();
    expect(local.get('canary')).toMatchObject({ rowCount: 1 });
  });

  it.each([
    [{ dbUuid: 'x', rowCount: 1e300, lastWrite: 1 }],
    [{ dbUuid: 'x', rowCount: Number.NaN, lastWrite: 1 }],
    [{ dbUuid: 'x', rowCount: 7, lastWrite: 1e99 }],
    [{ dbUuid: 'x', rowCount: -7, lastWrite: 1 }],
  ])('has no numbers that no screen could show: %j', async forged => {
    local.set('canary', forged);
    expect(await (await canary()).lossNotice()).toBeUndefined();
  });

  it('still tells of a loss that the version before noticed, until it is dismissed', async () => {
    // That version had named the database and kept the notice in storage.local.
    await (await db.database()).put('meta', 'a-name', 'identity');
    local.set('canary', { dbUuid: 'a-name', rowCount: 0, lastWrite: 9 });
    local.set('loss', { rowCount: 12, lastWrite: 5 });
    const { lossNotice, dismissLoss } = await canary();
    expect(await lossNotice()).toEqual({ rowCount: 12, lastWrite: 5 });
    await dismissLoss();
    expect(await lossNotice()).toBeUndefined();
  });
});

describe('verifyCollection', () => {
  it('counts what is missing or damaged and queues it again under the label it stood under', async () => {
    const { verifyCollection } = await import('../../../src/edges/store/verify');
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    for (const name of ['sound', 'missing', 'damaged', 'moved']) await arrive(db, bear.id, name);
    const base = await db.database();
    await base.delete('blobs', sha('missing'));
    await base.put('blobs', { sha256: sha('damaged'), blob: new Blob(['damagee']) });
    const moved = (await base.get('samples', sha('moved'))) as Sample;
    await base.put('samples', { ...moved, labelId: cub.id });
    await base.put('blobs', { sha256: sha('moved'), blob: new Blob(['mov']) });
    // Rows of the user's own pictures have no address to fetch again.
    await base.put('samples', { ...moved, sha256: sha('own'), candidate: { url: '' }, addedAt: moved.addedAt + 1 });

    const progress: [number, number][] = [];
    const verified = await verifyCollection((...at) => progress.push(at), new AbortController().signal);
    expect(verified).toEqual({ checked: 5, missing: 2, damaged: 2, requeued: 3 });
    expect(progress.at(-1)).toEqual([5, 5]);
    expect((await base.getAllKeys('samples')).sort()).toEqual([sha('sound')]);
    const queued = await base.getAllFromIndex('jobs', 'byState', 'queued');
    expect(queued.map(job => job.id).sort()).toEqual(
      [
        `${bear.id}\nhttps://img.example.com/damaged`,
        `${bear.id}\nhttps://img.example.com/missing`,
        `${cub.id}\nhttps://img.example.com/moved`,
      ].sort(),
    );
    await expect(verifyCollection(() => undefined, AbortSignal.abort())).rejects.toThrow();
  });
});
