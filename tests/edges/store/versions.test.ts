// Versions of the database: rows of an old one come along, a newer one is left alone, and connections give way to each other.
import { type IDBPDatabase, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_RATIOS, type Sample } from '../../../src/contract/sample';
import { arrive, freshDatabase, type Store, sha, store } from './database';
import { openedByVersion } from './earlier-version';

let db: Store;
beforeEach(async () => {
  freshDatabase();
  db = await store();
});

/** Brings the database to the shape of version 1, with the rows it has. */
async function backToVersion1(): Promise<void> {
  const now = await db.database();
  const names = [...now.objectStoreNames];
  const shapes = names.map(name => {
    const { keyPath, autoIncrement, indexNames } = now.transaction(name).store;
    const indexes = [...indexNames].filter(index => index !== 'byDeletedAt' && index !== 'byNearDuplicateOf');
    return {
      name,
      options: { keyPath, autoIncrement },
      indexes: indexes.map(index => [index, now.transaction(name).store.index(index as never).keyPath] as const),
    };
  });
  const rows = new Map<string, unknown[]>();
  for (const name of names) if (name !== 'meta') rows.set(name, await now.getAll(name));
  now.close();
  freshDatabase();
  const old = await openDB('gleaner', 1, {
    upgrade(base) {
      for (const { name, options, indexes } of shapes) {
        const made = base.createObjectStore(name, options as IDBObjectStoreParameters);
        for (const [index, keyPath] of indexes) made.createIndex(index, keyPath as string | string[]);
      }
    },
  });
  for (const [name, all] of rows) {
    for (const { nearDuplicateOf: _later, ...row } of all as { nearDuplicateOf?: string }[]) await old.put(name, row);
  }
  old.close();
  db = await store();
}

/** Takes every key of a database's stores, to tell whether anything changed. */
async function keys(base: IDBPDatabase<never> | Awaited<ReturnType<Store['database']>>): Promise<unknown[]> {
  return Promise.all([...base.objectStoreNames].map(name => (base as IDBPDatabase).getAllKeys(name)));
}

describe('an upgrade', () => {
  it('brings along all rows of version 1, its deleted images in the bin', async () => {
    const { id } = await db.createLabel('Bear');
    for (const name of ['a', 'b', 'c']) await arrive(db, id, name);
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    const before = await keys(await db.database());
    await backToVersion1();
    expect(await keys(await db.database())).toEqual(before);
    expect(await db.binContents()).toEqual({ images: 1, bytes: 1 });
    expect((await db.samplesOf(id, { limit: 9 })).map(({ sha256 }) => sha256)).toEqual([sha('a'), sha('c')]);
  });

  it('finds the near-duplicates of version 1', async () => {
    const [bear, cub] = [await db.createLabel('Bear'), await db.createLabel('Cub')];
    for (const name of ['a', 'b']) await arrive(db, bear.id, name);
    await arrive(db, cub.id, 'c', { near: ['a'] });
    const before = await db.sampleByHash(sha('a'));
    const names = (group: readonly { sha256: string }[]) => group.map(({ sha256 }) => sha256).sort();
    await backToVersion1();
    expect(await (await db.database()).count('samples')).toBe(3);
    const { openConflicts } = await import('../../../src/edges/store/conflicts');
    expect((await openConflicts()).map(({ samples }) => names(samples))).toEqual([[sha('a'), sha('c')].sort()]);
    expect(await db.sampleByHash(sha('a'))).toEqual(before);
  });

  it('parts the groups that version 3 made of flat images, and no others; splits stay', async () => {
    freshDatabase();
    await openedByVersion(3);
    const old = await openDB('gleaner', 3);
    const rows: Sample[] = await old.getAll('samples');
    const groups = rows.filter(({ group, sha256 }) => group !== sha256).map(({ group }) => group);
    const photos = new Set(groups);
    const lively = '6'.repeat(64);
    const icons = [...'abc'].map((letter, n) => ({
      ...rows[0]!,
      sha256: letter.repeat(64),
      group: 'a'.repeat(64),
      alikeTo: n > 0 ? 'a'.repeat(64) : undefined,
      split: 'test' as const,
      dHash: n.toString().padStart(64, '0'),
    }));
    for (const row of rows) await old.put('samples', { ...row, dHash: lively });
    for (const icon of icons) await old.put('samples', icon);
    old.close();
    db = await store();
    const parted = (await (await db.database()).getAll('samples')) as Sample[];
    for (const { sha256 } of icons) {
      const icon = parted.find(row => row.sha256 === sha256);
      expect(icon).toMatchObject({ group: sha256, split: 'test' });
      expect(icon?.nearDuplicateOf).toBeUndefined();
    }
    expect(new Set(parted.filter(row => row.nearDuplicateOf).map(({ group }) => group))).toEqual(photos);
    expect(photos.size).toBeGreaterThan(0);
  });

  it.each([
    ['its first index', IDBObjectStore.prototype, 'createIndex', 1],
    ['its second index', IDBObjectStore.prototype, 'createIndex', 2],
    ['a near-duplicate it has marked', IDBObjectStore.prototype, 'put', 1],
  ] as const)('that is cut off after %s leaves the old version, and is made up for later', async (_, on, step, nth) => {
    const { id } = await db.createLabel('Bear');
    for (const name of ['a', 'b']) await arrive(db, id, name);
    for (const name of ['c', 'd']) await arrive(db, id, name, { near: ['a'] });
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    await backToVersion1();
    const before = await keysOfVersion1();
    await cutOff(on, step, nth, () => db.binContents());
    expect(await keysOfVersion1()).toEqual(before);
    expect(await db.binContents()).toEqual({ images: 1, bytes: 1 });
    expect(await keys(await db.database())).toEqual(before);
    expect(await (await db.database()).countFromIndex('samples', 'byNearDuplicateOf')).toBe(2);
  });

  it.each([
    ['its index', 'createIndex', 1],
    ['the word it took from a job', 'put', 1],
    ['the first image it gave a word to', 'put', 2],
    ['the last', 'put', 5],
  ] as const)('of version 3 that is cut off after %s leaves that version, and goes on later', async (_, step, nth) => {
    freshDatabase();
    await openedByVersion(3);
    const rowsOfVersion3 = async () => {
      const old = await openDB('gleaner', 3);
      const rows = await Promise.all(['jobs', 'samples', 'meta'].map(name => old.getAll(name)));
      const indexes = [...old.transaction('samples').store.indexNames];
      old.close();
      return { rows, indexes };
    };
    const before = await rowsOfVersion3();
    db = await store();
    await cutOff(IDBObjectStore.prototype, step, nth, () => db.allLabels());
    expect(await rowsOfVersion3()).toEqual(before);
    const { openConflicts } = await import('../../../src/edges/store/conflicts');
    expect((await openConflicts()).map(({ kind }) => kind)).toEqual(['same', 'near']);
    const samples = await (await db.database()).getAll('samples');
    expect(samples.flatMap(({ confirmedLabels }) => confirmedLabels?.length ?? []).sort()).toEqual([1, 2, 2]);
    expect(JSON.stringify(await (await db.database()).getAll('jobs'))).not.toContain('settled');
  });
});

/** Does a thing over a real upgrade of real rows whose transaction ends with the nth call of a method. */
async function cutOff(
  on: IDBObjectStore,
  step: 'createIndex' | 'put',
  nth: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const real = on[step] as (...args: unknown[]) => unknown;
  let calls = 0;
  const cut = vi.spyOn(on, step).mockImplementation(function (this: IDBObjectStore, ...args: unknown[]) {
    const result = real.apply(this, args);
    if (++calls === nth) this.transaction.abort();
    return result as never;
  });
  await expect(work()).rejects.toThrow();
  expect(calls).toBeGreaterThanOrEqual(nth);
  cut.mockRestore();
}

/** What version 1 of the app would find; rejects when the database is of a newer version. */
async function keysOfVersion1(): Promise<unknown[]> {
  const old = await openDB('gleaner', 1);
  const found = await keys(old as never);
  old.close();
  return found;
}

describe('connections', () => {
  it('give way to a newer version, and then say that it is newer', async () => {
    await db.createLabel('Bear');
    const newer = await openDB('gleaner', 99);
    expect(newer.version).toBe(99);
    await expect(db.allLabels()).rejects.toMatchObject({ code: 'database_newer' });
    expect(await newer.getAllKeys('labels')).toHaveLength(1);
  });

  it('say so when an older one does not give way, and open as soon as it does', async () => {
    await db.createLabel('Bear');
    await backToVersion1();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      // A page of the old version that is in the middle of something and closes nothing.
      const stubborn = await openDB('gleaner', 1);
      const waiting = db.allLabels();
      const said = expect(waiting).rejects.toMatchObject({ code: 'database_blocked' });
      for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(6_000);
      await said;
      stubborn.close();
      expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Bear']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the bin', () => {
  it('is emptied of images and deleted labels, and of nothing else', async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    for (const name of ['a', 'b']) await arrive(db, bear.id, name);
    await arrive(db, cub.id, 'c');
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    await db.deleteLabel(cub.id);
    expect(await db.binContents()).toEqual({ images: 2, bytes: 2 });
    await db.emptyBin();
    expect(await db.binContents()).toEqual({ images: 0, bytes: 0 });
    const base = await db.database();
    for (const name of ['samples', 'blobs', 'thumbnails'] as const)
      expect(await base.getAllKeys(name)).toEqual([sha('a')]);
    await expect(db.undeleteLabel(cub.id)).rejects.toMatchObject({ code: 'label_gone' });
    // The address stays known, so that what was deleted is not fetched again.
    const { harvestOf } = await import('./database');
    const again = await db.enqueue(harvestOf(bear.id), [{ url: 'https://img.example.com/b' }]);
    expect(again).toEqual({ added: 0, known: 1 });
  });
});
