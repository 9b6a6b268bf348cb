// Images of a file on their way through the inbox: an abort ends with the image that is looked at, and nothing comes later.
import { beforeEach, expect, it, vi } from 'vitest';
import { freshDatabase, type Store, store } from '../edges/store/database';

const LABEL = 'label';
let db: Store;
let looked: string[];
let onLook: (name: string) => void;
beforeEach(async () => {
  freshDatabase();
  db = await store();
  looked = [];
  onLook = () => undefined;
  vi.doMock('../../src/edges/locks', () => ({ amongOthers: (_: string, work: () => unknown) => work() }));
  vi.doMock('../../src/edges/messages', () => ({
    /** Takes one image after the other, as the background does. */
    async ask(_: string, { ids }: { ids: number[] }) {
      const stored: string[] = [];
      for (const id of ids) {
        const entry = await db.inboxEntry(id);
        if (!entry) continue;
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
  const { stageImages } = await import('../../src/entries/options/export/stage-images');
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
  const { stageImages } = await import('../../src/entries/options/export/stage-images');
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
