// What a browser may lose: single files of images, or the whole database in silence.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

describe('verifySamples', () => {
  /** The marks as the background makes them. */
  async function verify(onProgress: (checked: number, total: number) => void, signal: AbortSignal) {
    const { verifySamples } = await import('../../../src/edges/store/verify');
    const { markLost, markSound } = await import('../../../src/edges/store/lost-bytes');
    return verifySamples({ lost: markLost, sound: markSound }, onProgress, signal);
  }
  const now = () => verify(() => undefined, new AbortController().signal);
  afterEach(() => vi.restoreAllMocks());

  it('counts what is missing or damaged, keeps it, and queues it again under the label it stands under', async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    for (const name of ['sound', 'missing', 'damaged', 'moved']) await arrive(db, bear.id, name);
    const base = await db.database();
    await base.delete('blobs', sha('missing'));
    await base.put('blobs', { sha256: sha('damaged'), blob: new Blob(['damagee']) });
    const moved = (await base.get('samples', sha('moved'))) as Sample;
    await base.put('samples', { ...moved, labelId: cub.id });
    await base.put('blobs', { sha256: sha('moved'), blob: new Blob(['mov']) });
    // Rows of the user's own images have no address to fetch again.
    await base.put('samples', { ...moved, sha256: sha('own'), candidate: { url: '' }, addedAt: moved.addedAt + 1 });
    const before = await base.getAll('samples');

    const progress: [number, number][] = [];
    const verified = await verify((...at) => progress.push(at), new AbortController().signal);
    expect(verified).toEqual({ checked: 5, missing: 2, damaged: 2, unread: 0, requeued: 3 });
    expect(progress.at(-1)).toEqual([5, 5]);
    const lost = ['missing', 'damaged', 'moved', 'own'].map(sha);
    expect(await base.getAll('samples')).toEqual(
      before.map(row => (lost.includes(row.sha256) ? { ...row, lost: true } : row)),
    );
    expect(await base.count('thumbnails')).toBe(4);
    const queued = await base.getAllFromIndex('jobs', 'byState', 'queued');
    expect(queued.map(job => job.id).sort()).toEqual(
      [
        `${bear.id}\nhttps://img.example.com/damaged`,
        `${bear.id}\nhttps://img.example.com/missing`,
        `${cub.id}\nhttps://img.example.com/moved`,
      ].sort(),
    );
    await expect(verify(() => undefined, AbortSignal.abort())).rejects.toThrow();
  });

  it('lets the bytes that come again mend the picture where it stands, whatever became of it since', async () => {
    const bear = await db.createLabel('Bear');
    await arrive(db, bear.id, 'a');
    await arrive(db, bear.id, 'b');
    const base = await db.database();
    const before = await base.getAll('samples');
    for (const name of ['a', 'b']) await base.delete('blobs', sha(name));
    expect(await now()).toMatchObject({ missing: 2, requeued: 2 });
    expect(await arrive(db, bear.id, 'a')).toEqual({ kind: 'stored' });
    // Found again for another label, it stays under its own.
    const cub = await db.createLabel('Cub');
    expect(await arrive(db, cub.id, 'b')).toEqual({ kind: 'duplicate', labelId: bear.id });
    expect(await base.getAll('samples')).toEqual(before);
    expect(await (await db.blobOf(sha('b')))?.text()).toBe('b');
    expect(await now()).toMatchObject({ missing: 0, damaged: 0 });
  });

  /** The first so many reads of a store fail, as a browser's do that is busy or short of memory. */
  function failReads(times: number, store = 'blobs'): void {
    const get = IDBObjectStore.prototype.get;
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === store && times-- > 0) throw new DOMException('Internal error.', 'UnknownError');
      return get.call(this, key);
    });
  }

  it('does not believe one failed read', async () => {
    await arrive(db, (await db.createLabel('Bear')).id, 'sound');
    failReads(1);
    expect(await now()).toEqual({ checked: 1, missing: 0, damaged: 0, unread: 0, requeued: 0 });
  });

  it('says what it could not read, and touches nothing of it', async () => {
    await arrive(db, (await db.createLabel('Bear')).id, 'sound');
    const base = await db.database();
    const before = await base.getAll('samples');
    failReads(2);
    expect(await now()).toEqual({ checked: 1, missing: 0, damaged: 0, unread: 1, requeued: 0 });
    expect(await base.getAll('samples')).toEqual(before);
    expect(await base.countFromIndex('jobs', 'byState', 'queued')).toBe(0);
  });

  it('takes bytes whose file is gone for missing, and takes that back when they are there again', async () => {
    await arrive(db, (await db.createLabel('Bear')).id, 'a');
    const base = await db.database();
    const before = await base.getAll('samples');
    const bytes = vi.spyOn(Blob.prototype, 'arrayBuffer');
    bytes.mockRejectedValue(new DOMException('gone', 'NotFoundError'));
    expect(await now()).toMatchObject({ missing: 1, unread: 0, requeued: 1 });
    bytes.mockRestore();
    await now();
    expect(await base.getAll('samples')).toEqual(before);
  });
});
