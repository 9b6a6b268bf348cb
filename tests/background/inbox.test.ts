// Images a page or a background that died has left in the inbox: taken by the next one, but not from under a page at work.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_RATIOS } from '../../src/contract/sample';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import { LOOK_LIMITS } from '../../src/pipeline/download/limits';
import { freshDatabase, harvestOf, type Store, sha, store } from '../edges/store/database';
import { fakeLocks } from '../options/fake-locks';
import { Bomb, imageOf, plant } from './pump-world';

const locks = fakeLocks();
vi.stubGlobal('navigator', { locks });
vi.mock('webextension-polyfill', () => ({
  default: { storage: { local: { clear: async () => {} }, session: { clear: async () => {} } } },
}));
vi.mock('../../src/edges/private-files', () => ({ removePrivateFiles: async () => {} }));
vi.mock('../../src/edges/canary', () => ({ forgetCanary: async () => undefined }));
vi.mock('../../src/edges/keep-awake', () => ({ keepAwake: () => {} }));
vi.mock('../../src/entries/background/announcements', () => ({ announceSoon: () => {} }));
let db: Store;
let inbox: typeof import('../../src/entries/background/inbox');
let labelId: string;
/** What the bytes of an image do to whoever looks at them; `text` is what stands behind its pixels. */
let look: (text: string) => Promise<void>;
beforeEach(begin);
async function begin(): Promise<void> {
  freshDatabase();
  await startBackground();
  labelId = (await db.createLabel('Bear')).id;
}
/** A background that knows nothing but the database. */
async function startBackground(): Promise<void> {
  look = async text => {
    if (text === 'slow') await new Promise(resolve => setTimeout(resolve, 30));
  };
  vi.resetModules();
  db = await store();
  // A taker of its own: it remembers what it has seen.
  vi.doMock('../../src/entries/background/pump', async () => {
    const { ImageTaker } = await import('../../src/entries/background/take-image');
    return {
      taker: new ImageTaker({
        settings: async () => DEFAULT_SETTINGS,
        sha256: async bytes => sha(Buffer.from(bytes as Uint8Array).toString('latin1')),
        async decode(blob) {
          const text = await blob.slice(60).text();
          await look(text);
          const hashes = { dHash: sha(text), mirrored: sha(`mirror ${text}`), sketch: sha(text).repeat(12) };
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
}
const put = (...names: string[]) =>
  db.putIntoInbox(
    labelId,
    names.map(name => new File([name === 'broken' ? 'no picture' : imageOf(name)], name)),
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
  await inbox.takeInbox(await put('slow', 'a', 'b'));
  expect(await names()).toEqual(['slow', 'a', 'b']);
});

it('are each there once after a kill at any step', async () => {
  const bomb = new Bomb();
  plant({ bomb, diskError: undefined });
  const wanted = ['a', 'b', 'c', 'slow', 'd', 'e', 'f'];
  let kills = 0;
  for (let exploded = true; exploded; kills++) {
    await begin();
    const ids = await put('a', 'b', 'broken', 'c', 'slow', 'a', 'd', 'e', 'f');
    bomb.reset(kills);
    await inbox.takeInbox(ids).catch(() => undefined);
    exploded = bomb.exploded;
    bomb.reset();
    await inbox.takeInbox(ids);
    expect(await names()).toEqual(wanted);
    expect(await waiting()).toBe(0);
    const base = await db.database();
    for (const name of ['blobs', 'thumbnails'] as const) expect(await base.count(name)).toBe(wanted.length);
  }
  expect(kills).toBeGreaterThan(20);
});

it('are left to a page that is handing pictures over, which counts what becomes of them', async () => {
  let leftovers: Promise<void> | undefined;
  await locks.request('gleaner-inbox', async () => {
    const ids = await put('a', 'b');
    await put('left over');
    leftovers = inbox.takeLeftovers();
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(await waiting()).toBe(3);
    expect(await inbox.takeInbox(ids)).toMatchObject({ stored: [expect.any(String), expect.any(String)] });
  });
  await leftovers;
  expect(await names()).toEqual(['a', 'b', 'left over']);
  expect(await waiting()).toBe(0);
});

it('are counted by whoever brought them, also when two pages add to one label at once', async () => {
  const [mine, yours] = [await put('a', 'broken'), await put('b', 'c', 'broken')];
  const [first, second] = await Promise.all([inbox.takeInbox(mine), inbox.takeInbox(yours)]);
  expect(first).toMatchObject({ stored: { length: 1 }, rejected: { 'not-an-image': 1 } });
  expect(second).toMatchObject({ stored: { length: 2 }, rejected: { 'not-an-image': 1 } });
  expect(await waiting()).toBe(0);
});

describe('whose label goes', () => {
  /** What happens when this image is looked at for the first time. */
  function atFirst(name: string, happens: () => Promise<unknown>) {
    let looks = 0;
    return async (text: string) => {
      if (text === name && looks++ === 0) await happens();
    };
  }
  const live = async () => {
    const rows = await (await db.database()).getAllFromIndex('samples', 'byLabel');
    return rows.map(row => [row.candidate.title, row.labelId, row.deletedAt]);
  };

  it('come under the one it was merged into, and that one again', async () => {
    const [cub, fox] = [await db.createLabel('Cub'), await db.createLabel('Fox')];
    await put('a');
    await db.mergeLabels(labelId, cub.id);
    await db.mergeLabels(cub.id, fox.id);
    // A page that does not know yet puts more under the old one.
    await put('b');
    await startBackground();
    await inbox.takeLeftovers();
    expect(await live()).toEqual([
      ['a', fox.id, undefined],
      ['b', fox.id, undefined],
    ]);
    expect(await waiting()).toBe(0);
  });

  it('come under the one it is merged into while they are looked at', async () => {
    const cub = await db.createLabel('Cub');
    look = atFirst('a', () => db.mergeLabels(labelId, cub.id));
    const ids = await put('a', 'b');
    expect(await inbox.takeInbox(ids)).toMatchObject({ stored: { length: 2 }, rejected: {} });
    expect(await live()).toEqual([
      ['a', cub.id, undefined],
      ['b', cub.id, undefined],
    ]);
  });

  it('end with it where it is deleted, and that is said', async () => {
    const ids = await put('a', 'b', 'c');
    look = atFirst('b', () => db.deleteLabel(labelId));
    expect(await inbox.takeInbox(ids)).toMatchObject({
      stored: { length: 1 },
      rejected: { cancelled: 2 },
      refused: [
        { name: 'b', reason: 'cancelled' },
        { name: 'c', reason: 'cancelled' },
      ],
    });
    expect(await live()).toEqual([['a', labelId, expect.any(Number)]]);
    expect(await waiting()).toBe(0);
  });

  it('are not left for ever where nobody waits for them', async () => {
    await put('a', 'b');
    await db.deleteLabel(labelId);
    await inbox.takeLeftovers();
    expect([await live(), await waiting()]).toEqual([[], 0]);
  });

  it('come under it where its deletion was taken back before', async () => {
    await put('a');
    await db.deleteLabel(labelId);
    await db.undeleteLabel(labelId);
    await inbox.takeLeftovers();
    expect(await live()).toEqual([['a', labelId, undefined]]);
  });
});

describe('of an import', () => {
  const harvestId = 'import';
  beforeEach(async () => {
    await db.saveHarvest({ ...harvestOf(labelId, harvestId), engine: 'folder' });
  });
  const provenance = { engine: 'folder', query: 'zoo', pageUrl: '', harvestedAt: 1 };
  const putImported = (...imported: string[]) =>
    db.putWithOrigin(
      imported.map(name => ({
        ...{ labelId, name, blob: new Blob([imageOf(name)]) },
        origin: { candidate: { url: '', title: name }, provenance, harvestId },
      })),
    );
  const rowsOf = async () => (await (await db.database()).getAll('samples')).map(row => row.candidate.title);

  it('that is undone by another page meanwhile do not come, and that is said', async () => {
    const ids = await putImported('a', 'b', 'c');
    look = async text => {
      if (text === 'b') await db.undoHarvest(harvestId, DEFAULT_RATIOS);
    };
    expect(await inbox.takeInbox(ids)).toMatchObject({
      stored: { length: 1 },
      rejected: { undone: 2 },
      refused: [
        { name: 'b', reason: 'undone' },
        { name: 'c', reason: 'undone' },
      ],
    });
    expect([await names(), await rowsOf(), await waiting()]).toEqual([[], ['a'], 0]);
    await db.redoHarvest(harvestId, DEFAULT_RATIOS);
    expect(await names()).toEqual(['a']);
  });

  it('that is brought back in between come again', async () => {
    await inbox.takeInbox(await putImported('a'));
    await db.undoHarvest(harvestId, DEFAULT_RATIOS);
    await db.redoHarvest(harvestId, DEFAULT_RATIOS);
    await inbox.takeInbox(await putImported('b'));
    expect(await names()).toEqual(['a', 'b']);
  });

  it('that went while its page was gone do not come with the next background', async () => {
    await putImported('a');
    await db.undoHarvest(harvestId, DEFAULT_RATIOS);
    await startBackground();
    await inbox.takeLeftovers();
    expect([await rowsOf(), await waiting()]).toEqual([[], 0]);
  });
});

it('are left where the storage refuses them, for the next time', async () => {
  const ids = await put('a', 'b');
  const { IDBObjectStore } = await import('fake-indexeddb');
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await inbox.takeLeftovers();
  expect(await inbox.takeInbox(ids)).toEqual({ stored: [], rejected: {}, refused: [], full: true });
  full.mockRestore();
  expect(await waiting()).toBe(2);
  await inbox.takeLeftovers();
  expect(await names()).toEqual(['a', 'b']);
});

it('that kill the background at every start are refused after a few looks, and counted; the others are taken', async () => {
  const bomb = new Bomb();
  plant({ bomb, diskError: undefined });
  await put('a', 'deadly', 'b');
  for (let died = 0; ; died++) {
    expect(died).toBeLessThanOrEqual(LOOK_LIMITS.looks);
    await startBackground();
    look = async text => {
      if (text === 'deadly') bomb.reset(0);
    };
    if (died < LOOK_LIMITS.looks) {
      await inbox.takeLeftovers().catch(() => undefined);
      expect(bomb.exploded).toBe(true);
      bomb.reset();
    } else {
      expect(await inbox.takeInbox(await db.inboxIds())).toMatchObject({ rejected: { undecodable: 1 } });
      break;
    }
  }
  expect(await names()).toEqual(['a', 'b']);
  expect(await waiting()).toBe(0);
  expect(await (await db.database()).get('meta', 'looks')).toBeUndefined();
});

it('that break whoever looks at them, or cannot be read, keep none behind them waiting', async () => {
  const ids = await put('a', 'breaks', 'gone', 'b');
  look = async text => {
    if (text === 'breaks') throw new RangeError('out of memory');
  };
  const read = Blob.prototype.arrayBuffer;
  const gone = imageOf('gone').length;
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(function (this: Blob) {
    return this.size === gone ? Promise.reject(new DOMException('gone', 'NotFoundError')) : read.call(this);
  });
  expect(await inbox.takeInbox(ids)).toMatchObject({ rejected: { undecodable: 2 } });
  vi.restoreAllMocks();
  expect(await names()).toEqual(['a', 'b']);
  expect(await waiting()).toBe(0);
});

it('that cannot be read at once are not given up', async () => {
  const ids = await put('a');
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValueOnce(new DOMException('later', 'UnknownError'));
  await inbox.takeInbox(ids);
  expect(await names()).toEqual(['a']);
});

it('do not come back after everything was deleted while one was looked at', async () => {
  const { deleteEverything } = await import('../../src/edges/store/delete-everything');
  await put('a', 'hangs', 'b');
  let release = () => {};
  const hanging = new Promise<void>(hangs => {
    look = text =>
      text === 'hangs'
        ? new Promise(resolve => {
            release = resolve;
            hangs();
          })
        : Promise.resolve();
  });
  const leftovers = inbox.takeLeftovers();
  await hanging;
  await deleteEverything();
  release();
  await leftovers;
  const base = await db.database();
  for (const name of ['samples', 'blobs', 'thumbnails', 'inbox', 'meta'] as const)
    expect([name, await base.count(name)]).toEqual([name, 0]);
});
