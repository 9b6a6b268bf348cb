// However many contexts and calls ask for it, one pump runs at a time; a call that comes meanwhile is not forgotten.
import { beforeEach, expect, it, vi } from 'vitest';

const held = new Set<string>();
vi.stubGlobal('navigator', {
  onLine: true,
  locks: {
    async request(name: string, _options: object, work: (lock: object | null) => Promise<void>) {
      if (held.has(name)) return work(null);
      held.add(name);
      return work({}).finally(() => held.delete(name));
    },
  },
});
const runs = vi.hoisted(() => ({ now: 0, most: 0, all: 0, end: () => {} }));
vi.mock('../../src/entries/background/pump-loop', () => ({
  async pump() {
    runs.all++;
    runs.most = Math.max(runs.most, ++runs.now);
    await new Promise<void>(resolve => {
      runs.end = resolve;
    });
    runs.now--;
    return { kind: 'done' };
  },
}));
const nothing = async () => undefined;
vi.mock('../../src/edges/canary', () => ({ guardCollection: nothing, feedCanary: nothing }));
vi.mock('../../src/edges/keep-awake', () => ({ keepAwake: () => {}, wakeAt: nothing, wakeNoMore: nothing }));
vi.mock('../../src/edges/permissions', () => ({ hasAccessTo: async () => true }));
vi.mock('../../src/edges/private-network-rule', () => ({ keepsOutOfPrivateNetworks: async () => true }));
vi.mock('../../src/edges/referer-rule', () => ({ clearRefererRules: nothing, withReferer: nothing }));
vi.mock('../../src/edges/settings', () => ({ readSettings: async () => ({ transfers: 6 }) }));
const pages = vi.hoisted(() => ({ told: 0, pause: undefined as string | undefined }));
vi.mock('../../src/edges/store/pause', () => ({ pauseReason: async () => pages.pause, setPause: nothing }));
vi.mock('../../src/entries/background/announcements', () => ({ announceSoon: () => pages.told++ }));

/** A context of its own: its modules know nothing of the other's. */
async function context() {
  vi.resetModules();
  return (await import('../../src/entries/background/pump')).wake;
}
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
};

beforeEach(() => {
  held.clear();
  Object.assign(runs, { now: 0, most: 0, all: 0 });
  Object.assign(pages, { told: 0, pause: undefined });
});

it('runs once for many calls of one context, and once more for those that came meanwhile', async () => {
  const wake = await context();
  for (let n = 0; n < 5; n++) wake();
  await settled();
  expect(runs).toMatchObject({ now: 1, all: 1 });
  wake();
  await settled();
  expect(runs.all).toBe(1);
  runs.end();
  await settled();
  expect(runs).toMatchObject({ now: 1, all: 2, most: 1 });
  runs.end();
  await settled();
  expect(runs).toMatchObject({ now: 0, all: 2 });
});

it('runs in one of two contexts, and in the other once the first has ended', async () => {
  const [first, second] = [await context(), await context()];
  first();
  await settled();
  second();
  await settled();
  expect(runs).toMatchObject({ now: 1, all: 1 });
  runs.end();
  await settled();
  second();
  await settled();
  expect(runs).toMatchObject({ now: 1, all: 2, most: 1 });
  runs.end();
  await settled();
});

it('tells pages, which ask for the queue whenever they are told, once and not for ever; a pause is told anew', async () => {
  const wake = await context();
  const run = async () => {
    wake();
    await settled();
    runs.end();
    await settled();
  };
  for (let n = 0; n < 4; n++) await run();
  expect(pages.told).toBe(1);
  pages.pause = 'storage-full';
  for (let n = 0; n < 2; n++) await run();
  expect(pages.told).toBe(2);
  pages.pause = undefined;
  for (let n = 0; n < 2; n++) await run();
  expect([pages.told, runs.all]).toEqual([3, 8]);
});
