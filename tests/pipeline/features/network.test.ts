// The networks on seeded weights: the twin of the reference test, against layers written out as loops.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backboneOf } from '../../../src/backbones';
import type { Activation, Backbone, ConvLayer, DepthwiseLayer, FoldedLayer } from '../../../src/contract/backbone';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import { activationMap, pool } from '../../../src/pipeline/features/pool';
import { createTensorNetwork } from '../../../src/pipeline/features/tensor-network';
import { seededRandom } from '../../../src/pipeline/head/random';
import { LAYERS, layersOf, narrowed, seeded, shortened } from './seeded-networks';

const IMAGE = 224 * 224 * 3;

const FAMILIES = ['keras-v1', 'torch-v1.5', 'efficientnet-lite0'] as const;
beforeAll(async () => {
  await tf.setBackend('wasm');
});

const drawn = new Map<number, Uint8Array>();

/** An image of soft blotches. */
function image(seed: number): Uint8Array {
  const found = drawn.get(seed);
  if (found) return found;
  const random = seededRandom(seed);
  const waves = Array.from({ length: 9 }, () => [random.uniform() * 0.1, random.uniform() * 0.1, random.uniform() * 6]);
  const pixels = new Uint8Array(IMAGE);
  for (let i = 0; i < IMAGE; i++) {
    const [x, y, first] = [Math.floor(i / 3) % 224, Math.floor(i / 672), (i % 3) * 3];
    let value = 128;
    for (let k = first; k < first + 3; k++) {
      const [u, v, w] = waves[k]!;
      value += 40 * Math.sin(x * u! + y * v! + w!);
    }
    pixels[i] = value;
  }
  drawn.set(seed, pixels);
  return pixels;
}

/** Images of these seeds end to end. */
function images(...seeds: number[]): Uint8Array {
  const all = new Uint8Array(seeds.length * IMAGE);
  for (const [i, seed] of seeds.entries()) all.set(image(seed), i * IMAGE);
  return all;
}

const ACTIVATE: Record<Activation, (x: number) => number> = {
  none: x => x,
  relu: x => Math.max(0, x),
  relu6: x => Math.min(6, Math.max(0, x)),
};

/** The whole network written out as loops: maps by layer, [side × side × channels] each. */
function plainly({ side, preprocessing, layers }: Backbone, folded: FoldedLayer[], pixels: Uint8Array) {
  const maps = new Map<string, { side: number; channels: number; values: Float32Array }>();
  const values = Float32Array.from({ length: side * side * 3 }, (_, i) => {
    const channel = preprocessing.order === 'bgr' ? 2 - (i % 3) : i % 3;
    return (pixels[i - (i % 3) + channel]! - preprocessing.mean[i % 3]!) / preprocessing.std[i % 3]!;
  });
  maps.set('image', { side, channels: 3, values });
  for (const layer of layers) {
    if (layer.kind === 'add') {
      const [a, b] = layer.from.map(name => maps.get(name)!);
      const sums = a!.values.map((value, i) => ACTIVATE[layer.activation](value + b!.values[i]!));
      maps.set(layer.name, { ...a!, values: sums });
      continue;
    }
    const input = maps.get(layer.from)!;
    const window = layer.kind === 'max-pool' ? layer.side : layer.shape[0];
    const outputs = layer.kind === 'conv' ? layer.shape[3] : input.channels;
    const to = Math.floor((input.side + layer.pad[0] + layer.pad[1] - window) / layer.stride) + 1;
    const weights = folded.find(({ name }) => name === layer.name);
    const result = new Float32Array(to * to * outputs);
    for (let y = 0; y < to; y++) {
      for (let x = 0; x < to; x++) {
        const sums = new Float64Array(outputs);
        if (weights) sums.set(weights.bias);
        for (let dy = 0; dy < window; dy++) {
          for (let dx = 0; dx < window; dx++) {
            const [row, column] = [y * layer.stride + dy - layer.pad[0], x * layer.stride + dx - layer.pad[0]];
            if (Math.min(row, column) < 0 || Math.max(row, column) >= input.side) continue;
            const at = (row * input.side + column) * input.channels;
            const place = dy * window + dx;
            for (let o = 0; o < outputs; o++) {
              if (layer.kind === 'max-pool') sums[o] = Math.max(sums[o]!, input.values[at + o]!);
              else if (layer.kind === 'depthwise')
                sums[o]! += input.values[at + o]! * weights!.kernel[place * outputs + o]!;
              else {
                for (let i = 0; i < input.channels; i++) {
                  sums[o]! += input.values[at + i]! * weights!.kernel[(place * input.channels + i) * outputs + o]!;
                }
              }
            }
          }
        }
        const activate = ACTIVATE[layer.kind === 'max-pool' ? 'none' : layer.activation];
        for (let o = 0; o < outputs; o++) result[(y * to + x) * outputs + o] = activate(sums[o]!);
      }
    }
    maps.set(layer.name, { side: to, channels: outputs, values: result });
  }
  return maps.get(layers.at(-1)!.name)!.values;
}

const WAYS = { kernels: createKernelNetwork, tensors: createTensorNetwork };

describe.each(['kernels', 'tensors'] as const)('a network on %s', way => {
  const createNetwork = WAYS[way];

  it.each(FAMILIES)(
    'of the family %s gives what its layers say, pixels and borders included',
    async family => {
      const { network, layers } = narrowed(backboneOf(family));
      const found = await (await createNetwork(network, layers)).activations(image(3));
      const expected = plainly(network, layers, image(3));
      expect(found).toHaveLength(expected.length);
      const largest = expected.reduce((a, b) => Math.max(a, b));
      expect(largest).toBeGreaterThan(0.01);
      const apart = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
      expect(apart / largest).toBeLessThan(1e-4);
    },
    180_000,
  );

  it('gives what its layers say where windows pass over maps that others read too, and over sums', async () => {
    const conv = (name: string, from: string, shape: ConvLayer['shape'], activation: Activation): ConvLayer => {
      const [stride, pad] = shape[0] === 3 ? [2, 1] : [1, 0];
      return { kind: 'conv', name, from, shape, stride, pad: [0, pad], activation };
    };
    const windows = (name: string, from: string, stride: number): DepthwiseLayer => {
      return { kind: 'depthwise', name, from, shape: [3, 3, 8, 1], stride, pad: [1, 1], activation: 'relu6' };
    };
    const network: Backbone = {
      ...backboneOf('efficientnet-lite0'),
      length: 16,
      layers: [
        conv('stem', 'image', [3, 3, 3, 8], 'relu6'),
        windows('first', 'stem', 1),
        conv('project', 'first', [1, 1, 8, 8], 'none'),
        { kind: 'add', name: 'sum', from: ['stem', 'project'], activation: 'relu' },
        windows('second', 'sum', 2),
        conv('top', 'second', [1, 1, 8, 16], 'relu'),
      ],
    };
    const layers = seeded(network);
    const found = await (await createNetwork(network, layers)).activations(images(1, 2));
    const expected = [1, 2].flatMap(seed => [...plainly(network, layers, image(seed))]);
    expect(found).toHaveLength(expected.length);
    const largest = expected.reduce((a, b) => Math.max(a, b));
    expect(largest).toBeGreaterThan(0.01);
    const apart = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
    expect(apart / largest).toBeLessThan(1e-4);
  });

  it('gives the same features alone, in a batch and in a padded batch; different pictures differ; nothing leaks', async () => {
    const { network, layers } = narrowed(backboneOf('keras-v1'));
    const run = await createNetwork(network, layers);
    const held = tf.memory().numTensors;
    const single = await run.activations(image(2));
    expect(single).toHaveLength(49 * 2048);
    const batch = await run.activations(images(1, 2));
    let breaths = 0;
    const padded = await run.activations(image(2), 2, async () => {
      breaths++;
    });
    expect(breaths).toBeGreaterThanOrEqual(network.layers.filter(({ kind }) => kind === 'add').length);
    expect(padded).toHaveLength(single.length);
    const features = [batch.subarray(0, 49 * 2048), batch.subarray(49 * 2048)].map(one => pool(one, 2048));
    const [alone, inPadded] = [pool(single, 2048), pool(padded, 2048)];
    for (let c = 0; c < 2048; c += 7) {
      expect(alone.m[c]).toBeCloseTo(features[1]!.m[c]!, 4);
      expect(inPadded.m[c]).toBeCloseTo(features[1]!.m[c]!, 4);
    }
    const distance = Math.hypot(...features[0]!.m.map((v, c) => v - features[1]!.m[c]!));
    expect(distance / Math.hypot(...features[0]!.m)).toBeGreaterThan(0.02);
    expect(tf.memory().numTensors).toBe(held);

    // With the strides of the other family these weights are another network.
    const { preprocessing } = network;
    const other = await createNetwork({ ...narrowed(backboneOf('torch-v1.5')).network, preprocessing }, layers);
    const moved = pool(await other.activations(image(2)), 2048);
    expect(Math.hypot(...moved.m.map((v, c) => v - alone.m[c]!)) / Math.hypot(...alone.m)).toBeGreaterThan(1e-3);
  }, 180_000);
});

it.each([
  ['keras-v1', 'the whole network', 1],
  ['torch-v1.5', 'a shortened one', 5],
  ['efficientnet-lite0', 'the whole network', 5],
] as const)(
  'kernels and tensors agree on %s, %s, %i at a time',
  async (family, size, count) => {
    const whole = size === 'the whole network';
    const network = whole ? backboneOf(family) : shortened(backboneOf(family));
    const pixels = images(...Array.from({ length: count }, (_, i) => i));
    const [a, b] = await Promise.all(
      [createKernelNetwork, createTensorNetwork].map(async create => {
        const run = await create(network, layersOf(network, LAYERS[family]));
        return await run.activations(pixels);
      }),
    );
    const { length } = network;
    expect(a).toHaveLength(count * 49 * length);
    const largest = b!.reduce((x, y) => Math.max(x, y));
    expect(largest).toBeGreaterThan(1);
    const apart = a!.reduce((most, value, i) => Math.max(most, Math.abs(value - b![i]!)), 0);
    expect(apart / largest).toBeLessThan(1e-5);
    if (!whole) return;
    // Features are of the size that real weights give.
    for (const all of [a!, b!]) {
      const { m } = pool(all, length);
      const mean = m.reduce((x, y) => x + y) / length;
      expect(mean).toBeGreaterThan(0.05);
      expect(mean).toBeLessThan(5);
    }
  },
  120_000,
);

describe('pooling', () => {
  it('gives mean and Σa²/n² over the positions, and the mean over channels', () => {
    const activations = new Float32Array(49 * 2048);
    for (let p = 0; p < 49; p++) activations[p * 2048 + 5] = p;
    const { m, q } = pool(activations, 2048);
    expect(m[5]).toBeCloseTo(24);
    expect(q[5]).toBeCloseTo((48 * 49 * 97) / 6 / 49 ** 2, 4);
    expect(m[6]).toBe(0);
    expect(activationMap(activations, 2048)[10]).toBeCloseTo(10 / 2048, 7);
  });
});
