// Pictures a page or a background that died has left in the inbox: taken by the next one, but not from under a page at work.
import { beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import { freshDatabase, type Store, sha, store } from '../edges/store/database';
import { Bomb, picture, plant } from './pump-world';

let held = false;
vi.stubGlobal('navigator', {
  locks: { request: async (_: string, __: object, work: (lock: object | null) => unknown) => work(held ? null : {}) },
});
vi.mock('../../src/edges/keep-awake', () => ({ keepAwake: () => {} }));
vi.mock('../../src/entries/background/announcements', () => ({ announceSoon: () => {} }));
let db: Store;
let inbox: typeof import('../../src/entries/background/inbox');
let labelId: string;
beforeEach(begin);
async function begin(): Promise<void> {
  held = false;
  freshDatabase();
  db = await store();
  // A taker of its own: it remembers what it has seen.
  vi.doMock('../../src/entries/background/pump', async () => {
    const { PictureTaker } = await import('../../src/entries/background/take-picture');
    return {
      taker: new PictureTaker({
        settings: async () => DEFAULT_SETTINGS,
        sha256: async bytes => sha(Buffer.from(bytes as Uint8Array).toString('latin1')),
        async decode(blob) {
          const text = await blob.slice(60).text();
          if (text === 'slow') await new Promise(resolve => setTimeout(resolve, 30));
          const hashes = { dHash: sha(text), mirrored: sha(`mirror ${text}`) };
          return {
            width: 40,
            height: 40,
            thumbnail: new Blob(['t']),
            ...hashes,
            quality: { sharpness: 9, brightness: 1 },
          };
        },
      }),
    };
  });
  inbox = await import('../../src/entries/background/inbox');
  labelId = (await db.createLabel('Bear')).id;
}
const put = (...names: string[]) =>
  db.putIntoInbox(
    labelId,
    names.map(name => new File([name === 'broken' ? 'no picture' : picture(name)], name)),
  );
const names = async () => (await db.samplesOf(labelId, { limit: 9 })).map(({ candidate }) => candidate.title);
const waiting = async () => (await db.database()).count('inbox');

it('are all taken, past one that is no picture', async () => {
  await put('a', 'broken', 'b');
  await inbox.takeLeftovers();
  expect(await names()).toEqual(['a', 'b']);
  expect(await waiting()).toBe(0);
});

it('keep their order, however long each takes to decode', async () => {
  await put('slow', 'a', 'b');
  await inbox.takeInbox(labelId);
  expect(await names()).toEqual(['slow', 'a', 'b']);
});

it('are each there once after a kill at any step', async () => {
  const bomb = new Bomb();
  plant({ bomb, diskError: undefined });
  const wanted = ['a', 'b', 'c', 'slow', 'd', 'e', 'f'];
  let kills = 0;
  for (let exploded = true; exploded; kills++) {
    await begin();
    await put('a', 'b', 'broken', 'c', 'slow', 'a', 'd', 'e', 'f');
    bomb.reset(kills);
    await inbox.takeInbox(labelId).catch(() => undefined);
    exploded = bomb.exploded;
    bomb.reset();
    await inbox.takeInbox(labelId);
    expect(await names()).toEqual(wanted);
    expect(await waiting()).toBe(0);
    const base = await db.database();
    for (const name of ['blobs', 'thumbnails'] as const) expect(await base.count(name)).toBe(wanted.length);
  }
  expect(kills).toBeGreaterThan(20);
});

it('are left to a page that is handing pictures over, which counts what becomes of them', async () => {
  await put('a', 'b');
  held = true;
  await inbox.takeLeftovers();
  expect(await waiting()).toBe(2);
  expect(await inbox.takeInbox(labelId)).toMatchObject({ stored: [expect.any(String), expect.any(String)] });
  expect(await waiting()).toBe(0);
});

it('are left where the storage refuses them, for the next time', async () => {
  await put('a', 'b');
  const { IDBObjectStore } = await import('fake-indexeddb');
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(inbox.takeLeftovers()).rejects.toMatchObject({ code: 'storage_full' });
  full.mockRestore();
  expect(await waiting()).toBe(2);
  await inbox.takeLeftovers();
  expect(await names()).toEqual(['a', 'b']);
});
