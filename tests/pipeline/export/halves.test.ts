// With 16 bits a weight the built-in network still says the same: only those are rounded that can bear it.
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { DRAWN_LABELS, drawTestImage } from '../../../harness/pictures/pictures';
import { BUILT_IN } from '../../../src/backbones';
import { packedLength } from '../../../src/backbones/layers';
import type { FoldedLayer } from '../../../src/contract/backbone';
import { float16, fromHalf } from '../../../src/formats/half';
import { exactLayers, exactNumbers, inHalf } from '../../../src/pipeline/export/halves';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import { pool } from '../../../src/pipeline/features/pool';
import { readWeights } from '../../../src/pipeline/features/weights-file';
import '../../relaxed-simd';

const images = DRAWN_LABELS.map(label => {
  const { data } = PNG.sync.read(drawTestImage(label, 3).bytes);
  return Uint8Array.from({ length: (data.length / 4) * 3 }, (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]!);
});

async function features(layers: FoldedLayer[]): Promise<Float32Array[]> {
  const run = await createKernelNetwork(BUILT_IN, layers);
  const all: Float32Array[] = [];
  for (const pixels of images) all.push(pool(await run.activations(pixels), BUILT_IN.length).m);
  return all;
}

/** Length of the difference, relative to the exact one's; the worst of the images. */
function apart(found: Float32Array[], exact: Float32Array[]): number {
  const length = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));
  return Math.max(...exact.map((one, i) => length(one.map((value, j) => value - found[i]![j]!)) / length(one)));
}

it('the features of the built-in network move by a third as much as with all of them rounded, or less', async () => {
  const { layers } = await readWeights(
    await openAsBlob(join(import.meta.dirname, '../../../public', BUILT_IN.builtIn!.path)),
  );
  const kept = exactLayers(BUILT_IN);
  const rounded = (which: (layer: FoldedLayer) => boolean) =>
    layers.map(layer => (which(layer) ? { ...layer, kernel: fromHalf(float16(layer.kernel)) } : layer));
  const exact = await features(layers);
  const inFile = (layer: FoldedLayer) => inHalf(layer.kernel.length, kept.has(layer.name));
  const some = apart(await features(rounded(inFile)), exact);
  const all = apart(await features(rounded(() => true)), exact);
  expect(some).toBeLessThan(1e-3);
  expect(some).toBeLessThan(all / 3);
  const whole = layers.filter(layer => !inFile(layer)).reduce((sum, { kernel }) => sum + kernel.length, 0);
  expect(whole).toBe(exactNumbers(BUILT_IN));
  expect(exactNumbers(BUILT_IN)).toBeLessThan(packedLength(BUILT_IN) / 3);
}, 60_000);
