// Random weights from a seed, for tests and the demo: they know nothing of pictures, but tell different ones apart.
import type { Architecture, FoldedConv } from '../../contract/features';
import { fold, type RawConv } from './fold';
import { convLayers, kernelLength, NORM_EPSILON } from './resnet50';

/**
 * He weights (uniform in ±√(6/fan-in), arXiv 1502.01852) and mild random batch-norm statistics. Only square roots and
 * the generator are used, so that every browser makes the same bits. `random` gives numbers in [0, 1).
 */
export function seededRaw(network: Architecture, random: () => number): Map<string, RawConv> {
  const many = (length: number, low: number, high: number) => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = low + (high - low) * random();
    return values;
  };
  const raw = new Map<string, RawConv>();
  for (const layer of convLayers(network)) {
    const [height, width, inputs, outputs] = layer.shape;
    const limit = Math.sqrt(6 / (height * width * inputs));
    // The stem sees values of ±100 in Keras's preprocessing: its variance brings them back to about 1.
    const spread = layer === network.stem && network.preprocessing.std[0] === 1 ? 60 * 60 : 1;
    // Quiet last convolutions keep the sum of sixteen blocks from growing; features come out near 0.5, as real ones do.
    const gain = layer.relu ? 1 : layer.name.endsWith('_3_conv') ? 0.25 : 0.6;
    raw.set(layer.name, {
      kernel: many(kernelLength(layer), -limit, limit),
      bias: many(outputs, -0.05, 0.05),
      gamma: many(outputs, 0.8 * gain, 1.2 * gain),
      beta: many(outputs, -0.1, 0.1),
      mean: many(outputs, -0.1, 0.1),
      variance: many(outputs, 0.8 * spread, 1.2 * spread),
    });
  }
  return raw;
}

/** The seeded network, folded, in network order. */
export function seededLayers(network: Architecture, random: () => number): FoldedConv[] {
  const raw = seededRaw(network, random);
  return convLayers(network).map(layer => fold(layer, raw.get(layer.name)!, NORM_EPSILON[network.family]));
}
