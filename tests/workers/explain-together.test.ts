// Two networks in one worker: an image passes both, and head, heat map and features are of both, in the order of the ids.
import { beforeAll, expect, it, vi } from 'vitest';

const held = vi.hoisted(() => ({ api: undefined as unknown, passes: [] as string[] }));
vi.mock('../../src/entries/workers/worker-bridge', () => ({ expose: (api: unknown) => (held.api = api) }));
vi.mock('../../src/edges/tf-backend', () => ({
  usableBackends: undefined,
  startBackend: undefined,
  onDevice: (work: () => unknown) => work(),
}));
vi.mock('../../src/pipeline/streams/in-turn', () => ({ inTurn: (_name: string, work: () => unknown) => work() }));
vi.mock('../../src/edges/store/backbone-layers', () => ({ eachLayer: () => [], eachLayerFreed: () => [] }));
vi.mock('../../src/edges/image-pixels', () => ({
  imagePixels: async (_image: Blob, target: Uint8Array) => void target.fill(7),
}));
vi.mock('../../src/pipeline/features/kernel-network', () => ({
  createKernelNetwork: async ({ family, length }: Backbone) => ({
    async activations(pixels: Uint8Array) {
      held.passes.push(`${family} ${pixels.length}`);
      return Float32Array.from({ length: 49 * length }, (_, i) =>
        activation(length, Math.floor(i / length), i % length),
      );
    },
  }),
}));

import type { Backbone } from '../../src/contract/backbone';
import type { HeadWeights } from '../../src/contract/head';
import type { BackboneWorker } from '../../src/entries/workers/backbone.worker';

const [LITE, RESNET] = ['efficientnet-lite0-b162cb0e1da74881-crop224', 'resnet50-torch-v1.5-0-crop224'];
const LENGTH = 1280 + 2048;

/** Of one network at a position: different for each, and never negative. */
function activation(length: number, position: number, channel: number): number {
  return ((position * 31 + channel * 17 + length) % 101) / 101;
}

let worker: BackboneWorker;
beforeAll(async () => {
  await import('../../src/entries/workers/backbone.worker');
  worker = held.api as BackboneWorker;
});

it('explains by both networks', async () => {
  const values = Float32Array.from({ length: 2 * LENGTH }, (_, i) => ((i * 37) % 11) / 20_000);
  const head: HeadWeights = { kind: 'linear', w: { rows: LENGTH, columns: 2, values }, b: new Float32Array(2), l2: 0 };
  await worker.open('wasm', 4, [RESNET, LITE]);
  const { p, features, activation: map, gradCams } = await worker.explain(new Blob(), head);
  expect(held.passes).toEqual([`torch-v1.5 ${224 * 224 * 3}`, `efficientnet-lite0 ${224 * 224 * 3}`]);
  expect(features).toHaveLength(LENGTH);
  const at = (position: number, channel: number) =>
    channel < 2048 ? activation(2048, position, channel) : activation(1280, position, channel - 2048);
  const positions = Array.from({ length: 49 }, (_, i) => i);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const channel of [0, 2047, 2048, LENGTH - 1]) {
    expect(features[channel]).toBeCloseTo(mean(positions.map(position => at(position, channel))), 5);
  }
  const channels = Array.from({ length: LENGTH }, (_, i) => i);
  expect(map[5]).toBeCloseTo(mean(channels.map(channel => at(5, channel))), 5);
  const logits = [0, 1].map(k => channels.reduce((sum, i) => sum + features[i]! * values[2 * i + k]!, 0));
  const [a, b] = logits.map(Math.exp) as [number, number];
  expect(p[0]).toBeCloseTo(a / (a + b), 5);
  for (const k of [0, 1]) {
    const evidence = channels.reduce((sum, i) => sum + values[2 * i + k]! * at(9, i), 0) / 49;
    expect(gradCams[k]![9]).toBeCloseTo(evidence, 5);
  }
});

it('gives the features of one network as before', async () => {
  await worker.open('wasm', 4, [LITE]);
  const values = new Float32Array(2 * 1280).fill(0.001);
  const head: HeadWeights = { kind: 'linear', w: { rows: 1280, columns: 2, values }, b: new Float32Array(2), l2: 0 };
  expect((await worker.explain(new Blob(), head)).features).toHaveLength(1280);
  await expect(worker.open('wasm', 4, ['one-to-come-0-crop96'])).rejects.toMatchObject({ code: 'no_weights' });
});
