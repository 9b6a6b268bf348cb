// @vitest-environment jsdom
// When the finds are looked at: while the panel is seen, however late it came to be seen, and without a pause until all were.
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const finds = signal<{ url: string; thumbnail?: string }[]>([]);
const page = signal({ harvestId: 'h' });
const harvest = signal({ harvest: { id: 'h', labelId: 'own', seen: true } });
const work = vi.hoisted(() => ({ looked: [] as string[][], rests: 0 }));
vi.mock('../../src/entries/side-panel/follow-tab', () => ({ finds, page }));
vi.mock('../../src/entries/parts/collect/state', () => ({ harvest, model: signal(null) }));
vi.mock('../../src/entries/side-panel/thumbnails', () => ({ thumbnail: async () => undefined }));
vi.mock('../../src/entries/workers/finds', () => ({
  lookAtFinds: async (_of: object, some: { url: string }[]) => {
    work.looked.push(some.map(({ url }) => url));
    return new Map();
  },
  restFromLooking: () => {
    work.rests++;
  },
}));
vi.mock('../../src/edges/locks', () => ({ atWork: async () => false }));
vi.mock('../../src/edges/settings', () => ({ readSettings: async () => ({ lookAhead: true }) }));
vi.mock('../../src/edges/store/backbones', () => ({ chosenBackbone: async () => ({ weights: 'imagenet' }) }));
vi.mock('../../src/entries/parts/complain', () => ({
  complain: (error: unknown) => {
    throw error;
  },
}));

let hidden = true;
Object.defineProperty(document, 'hidden', { get: () => hidden });
const show = (shown: boolean) => {
  hidden = !shown;
  document.dispatchEvent(new Event('visibilitychange'));
};
const { lookedAt, lookOn } = await import('../../src/entries/side-panel/looking-on');
const FINDS = 150;

describe('looking on', () => {
  let life: AbortController;
  beforeEach(() => {
    life = new AbortController();
    work.looked = [];
    page.value = { harvestId: `${Math.random()}` };
    harvest.value = { harvest: { ...harvest.value.harvest, id: page.value.harvestId } };
    finds.value = Array.from({ length: FINDS }, (_, i) => ({
      url: `https://a.test/${i}`,
      thumbnail: 'https://t.test/',
    }));
  });
  afterEach(() => {
    vi.useRealTimers();
    life.abort();
  });
  const all = () => vi.waitFor(() => expect(lookedAt.value).toEqual({ done: FINDS, total: FINDS }), { timeout: 5000 });

  it('looks in a panel that was opened unseen and shown before anybody listened', async () => {
    show(false);
    show(true);
    lookOn(life.signal);
    await all();
    expect(new Set(work.looked.flat()).size).toBe(FINDS);
  });

  it('looks at nothing unseen, and at all once it is seen', async () => {
    show(false);
    lookOn(life.signal);
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(work.looked).toEqual([]);
    show(true);
    await all();
  });

  it('looks at each find once, in steps that follow each other at once', async () => {
    // No clock goes on: whoever rests between two steps never comes to the second.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    show(true);
    lookOn(life.signal);
    for (let turn = 0; turn < 1000; turn++) await Promise.resolve();
    expect(lookedAt.value.done).toBe(FINDS);
    expect(work.looked.flat()).toHaveLength(FINDS);
    expect(work.looked.length).toBeGreaterThan(1);
  });
});
