// Images of a file on their way through the inbox: an abort ends with the image that is looked at, and nothing comes later.
import { beforeEach, expect, it, vi } from 'vitest';
import { freshDatabase, type Store, store } from '../edges/store/database';

const LABEL = 'label';
let db: Store;
let looked: string[];
let onLook: (name: string) => void;
/** How the background's answer ends after it has looked at so many. */
let breaks: { after: number; full: boolean } | undefined;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  looked = [];
  onLook = () => undefined;
  breaks = undefined;
  vi.doMock('../../src/edges/locks', () => ({ amongOthers: (_: string, work: () => unknown) => work() }));
  vi.doMock('../../src/edges/messages', () => ({
    /** Takes one image after the other, as the background does. */
    async ask(_: string, { ids }: { ids: number[] }) {
      const stored: string[] = [];
      for (const id of ids) {
        const entry = await db.inboxEntry(id);
        if (!entry) continue;
        if (breaks && looked.length === breaks.after) {
          if (breaks.full) return { stored, rejected: {}, refused: [], full: true };
          throw new Error('the background is gone');
        }
        looked.push(entry.name);
        onLook(entry.name);
        await new Promise(resolve => setTimeout(resolve, 10));
        stored.push(entry.name);
        await db.removeFromInbox(id);
      }
      return { stored, rejected: {}, refused: [] };
    },
  }));
});

async function* images(count: number) {
  const origin = {
    candidate: { url: '' },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    harvestId: '',
  };
  for (let n = 0; n < count; n++) yield { labelId: LABEL, name: `${n}`, blob: new Blob(['x']), origin };
}

it('are all taken', async () => {
  const { stageImages } = await import('../../src/entries/options/transfer/stage-images');
  let stored = 0;
  await stageImages(
    images(120),
    async taken => {
      stored += taken.stored;
    },
    new AbortController().signal,
  );
  expect([stored, looked.length]).toEqual([120, 120]);
});

it('are taken away again when it is aborted, and what was taken by then is told', async () => {
  const { stageImages } = await import('../../src/entries/options/transfer/stage-images');
  const controller = new AbortController();
  onLook = name => name === '3' && controller.abort();
  let stored = 0;
  const work = stageImages(
    images(120),
    async taken => {
      stored += taken.stored;
    },
    controller.signal,
  );
  await expect(work).rejects.toThrow(/abort/i);
  expect(looked.length).toBeLessThan(8);
  expect(stored).toBe(looked.length);
  expect(await (await db.database()).count('inbox')).toBe(0);
});

it('are taken away again where the storage is full, and what was taken by then is told', async () => {
  const { stageImages } = await import('../../src/entries/options/transfer/stage-images');
  breaks = { after: 53, full: true };
  let stored = 0;
  const work = stageImages(
    images(120),
    async taken => {
      stored += taken.stored;
    },
    new AbortController().signal,
  );
  await expect(work).rejects.toMatchObject({ code: 'inbox_full' });
  expect([stored, looked.length]).toEqual([53, 53]);
  expect(await (await db.database()).count('inbox')).toBe(0);
});

it('are taken away again whatever else ends it', async () => {
  const { stageImages } = await import('../../src/entries/options/transfer/stage-images');
  breaks = { after: 3, full: false };
  const work = stageImages(images(120), async () => undefined, new AbortController().signal);
  await expect(work).rejects.toThrow('the background is gone');
  expect(await (await db.database()).count('inbox')).toBe(0);
});

it('end the same way where not even the inbox takes them', async () => {
  const { stageImages } = await import('../../src/entries/options/transfer/stage-images');
  const { IDBObjectStore } = await import('fake-indexeddb');
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const work = stageImages(images(120), async () => undefined, new AbortController().signal);
  await expect(work).rejects.toMatchObject({ code: 'inbox_full' });
  full.mockRestore();
  expect(looked).toEqual([]);
});
