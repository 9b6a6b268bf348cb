// Pictures a page or a background that died has left in the inbox: taken by the next one, but not from under a page at work.
import { beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import { freshDatabase, type Store, sha, store } from '../edges/store/database';
import { picture } from './pump-world';

let held = false;
vi.stubGlobal('navigator', {
  locks: { request: async (_: string, __: object, work: (lock: object | null) => unknown) => work(held ? null : {}) },
});
vi.mock('../../src/edges/keep-awake', () => ({ keepAwake: () => {} }));
vi.mock('../../src/entries/background/announcements', () => ({ announceSoon: () => {} }));
let db: Store;
let inbox: typeof import('../../src/entries/background/inbox');
let labelId: string;
beforeEach(async () => {
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
});
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
