// A disk that fills up while features are computed: it is told by name, what was stored stays, and only the rest is computed later.
import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';

const state = vi.hoisted(() => ({ computed: [] as string[] }));
vi.mock('../../src/entries/workers/backbone-workers', async () => {
  const { putFeatures } = await import('../../src/edges/store/features');
  return {
    BATCH_SIZE: { wasm: 2, cpu: 2, webgl: 2, webgpu: 2 },
    workerCount: () => 2,
    openBackbone: async (_backend: string, id: string) => ({
      remote: {
        async compute(tasks: FeatureTask[]) {
          const features = { m: new Float32Array(1280).fill(1), q: new Float32Array(1280) };
          await putFeatures(
            id,
            tasks.map(task => ({ ...task, features })),
          );
          state.computed.push(...tasks.map(({ sha256 }) => sha256));
          return [];
        },
      },
      terminate: () => undefined,
    }),
  };
});
vi.mock('../../src/edges/i18n', () => ({ t: (code: string) => code }));
vi.mock('../../src/edges/settings', () => ({ readSettings: async () => ({}) }));

import type { FeatureTask } from '../../src/contract/features';
import { BUILT_IN_INFO } from '../../src/edges/store/backbones';
import { featuredImages } from '../../src/edges/store/features';
import { ensureFeatures } from '../../src/entries/workers/ensure-features';
import { storeBytes } from '../edges/store/stored-rows';

vi.stubGlobal('navigator', { userAgent: 'one' });
afterEach(() => vi.restoreAllMocks());

it('keeps the features stored before the disk was full, and computes the others once there is room', async () => {
  const tasks = Array.from({ length: 20 }, (_, i): FeatureTask => ({ sha256: `image ${i}`, variant: '' }));
  await storeBytes(tasks.map(({ sha256 }) => sha256));
  const compute = () => ensureFeatures(BUILT_IN_INFO, 'wasm', tasks, () => undefined, new AbortController().signal);
  const { put } = IDBObjectStore.prototype;
  let room = 8;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, given);
  });
  await expect(compute()).rejects.toMatchObject({ name: 'GleanerError', code: 'storage_full' });
  const kept = await featuredImages(BUILT_IN_INFO.id);
  expect(kept.size).toBeGreaterThanOrEqual(state.computed.length);
  expect(kept.size).toBeGreaterThan(0);
  expect(kept.size).toBeLessThan(tasks.length);

  room = Number.POSITIVE_INFINITY;
  state.computed.length = 0;
  const { backend } = await compute();
  expect(backend).toBe('wasm');
  expect([...state.computed].sort()).toEqual(
    tasks
      .map(({ sha256 }) => sha256)
      .filter(sha256 => !kept.has(sha256))
      .sort(),
  );
  expect((await featuredImages(BUILT_IN_INFO.id)).size).toBe(tasks.length);
});
