// Real weights against the features an independent implementation gave; skipped where the reference material is absent.
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Safetensors } from '../../../src/formats/safetensors';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import type { Network } from '../../../src/pipeline/features/network';
import { activationMap, pool } from '../../../src/pipeline/features/pool';
import { architecture } from '../../../src/pipeline/features/resnet50';
import { readWeights } from '../../../src/pipeline/features/weights-file';

const WEIGHTS = join(import.meta.dirname, '../../../../shared/weights');
const FILE = join(WEIGHTS, 'resnet50-v1_5.safetensors');
const present = existsSync(FILE);
if (!present) console.log(`Skipped: ${FILE} is not there. The twin of this test runs on seeded weights.`);

interface Reference {
  image: string;
  features: number[];
  activationMean7x7: number[];
  top: { class: number }[];
}

/** Largest difference, relative to the largest expected value. */
function distance(found: ArrayLike<number>, expected: number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i]! - value))) / scale;
}

describe.skipIf(!present)('torchvision weights', () => {
  const { results } = present
    ? (JSON.parse(readFileSync(join(WEIGHTS, 'reference/features.json'), 'utf8')) as { results: Reference[] })
    : { results: [] };
  let network: Network;
  let file: Blob;

  beforeAll(async () => {
    file = await openAsBlob(FILE);
    const { family, layers } = await readWeights(file);
    expect(family).toBe('torch-v1.5');
    network = await createKernelNetwork(architecture(family), layers);
  }, 60_000);

  it('give the reference features, activation means and classes for all pictures', async () => {
    const tensors = await Safetensors.open(file);
    const fc = await tensors.read(tensors.find('fc.weight', [1000, 2048]));
    const bias = await tensors.read(tensors.find('fc.bias', [1000]));
    expect(results).toHaveLength(8);
    const pixels = new Uint8Array(8 * 224 * 224 * 3);
    for (const [i, { image }] of results.entries()) {
      const { data } = PNG.sync.read(readFileSync(join(WEIGHTS, 'reference', image)));
      for (let p = 0; p < 224 * 224; p++) pixels.set(data.subarray(p * 4, p * 4 + 3), (i * 224 * 224 + p) * 3);
    }
    const activations = await network.activations(pixels);
    for (const [i, expected] of results.entries()) {
      const mine = activations.subarray((i * activations.length) / 8, ((i + 1) * activations.length) / 8);
      const { m } = pool(mine);
      expect(distance(m, expected.features), expected.image).toBeLessThan(1e-2);
      expect(distance(activationMap(mine), expected.activationMean7x7), expected.image).toBeLessThan(1e-2);
      const logits = Array.from(bias, (b, k) => m.reduce((s, v, j) => s + v * fc[k * 2048 + j]!, b));
      const top = logits.map((logit, k) => ({ logit, k })).sort((a, b) => b.logit - a.logit);
      expect(
        top.slice(0, 3).map(({ k }) => k),
        expected.image,
      ).toEqual(expected.top.map(({ class: k }) => k));
    }
  }, 120_000);
});
