// Random weights from a seed, for tests only: they know nothing of images, but tell different ones apart.
import { kernelLength, outputsOf, weightedLayers } from '../../backbones/layers';
import type { Architecture, FoldedLayer } from '../../contract/backbone';
import { fold, type RawLayer } from './fold';

/**
 * He weights (uniform in ±√(6/fan-in), arXiv 1502.01852) and mild random batch-norm statistics. Only square roots and
 * the generator are used, so that every browser makes the same bits. `random` gives numbers in [0, 1).
 */
export function seededRaw(network: Architecture, random: () => number): Map<string, RawLayer> {
  const many = (length: number, low: number, high: number) => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = low + (high - low) * random();
    return values;
  };
  const raw = new Map<string, RawLayer>();
  for (const layer of weightedLayers(network)) {
    const [height, width, inputs] = layer.shape;
    const outputs = outputsOf(layer);
    const limit = Math.sqrt(6 / (height * width * (layer.kind === 'depthwise' ? 1 : inputs)));
    // The stem sees values of ±100 in Keras's preprocessing: its variance brings them back to about 1.
    const spread = layer.from === 'image' && network.preprocessing.std[0] === 1 ? 60 * 60 : 1;
    // Quiet last convolutions keep the sum of sixteen blocks from growing; features come out near 0.5, as real ones do.
    const gain = layer.activation !== 'none' ? 1 : layer.name.endsWith('_3_conv') ? 0.25 : 0.6;
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
export function seededLayers(network: Architecture, epsilon: number, random: () => number): FoldedLayer[] {
  const raw = seededRaw(network, random);
  return weightedLayers(network).map(layer => fold(layer, raw.get(layer.name)!, epsilon));
}
