// Questions asked of a network as data: which layers have weights, how many, and who reads what.
import type { Architecture, NetworkLayer, WeightedLayer } from '../contract/backbone';

/** The layers with weights, in the order in which their weights are kept. */
export function weightedLayers({ layers }: Pick<Architecture, 'layers'>): WeightedLayer[] {
  return layers.filter(layer => layer.kind === 'conv' || layer.kind === 'depthwise');
}

/** Number of values of a layer's kernel. */
export function kernelLength({ shape }: WeightedLayer): number {
  return shape[0] * shape[1] * shape[2] * shape[3];
}

/** Channels a layer gives. */
export function outputsOf({ kind, shape }: WeightedLayer): number {
  return kind === 'depthwise' ? shape[2] : shape[3];
}

/** Number of values of all folded layers, kernels and biases; of ResNet-50 23,481,472. */
export function packedLength(network: Pick<Architecture, 'layers'>): number {
  return weightedLayers(network).reduce((sum, layer) => sum + kernelLength(layer) + outputsOf(layer), 0);
}

/** The layers a layer reads. */
export function inputsOf({ from }: NetworkLayer): readonly string[] {
  return typeof from === 'string' ? [from] : from;
}

/** The place in the network where each layer's maps, or the `image`, are read last; the last layer's are kept. */
export function lastReaders(layers: readonly NetworkLayer[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const [i, layer] of layers.entries()) for (const name of inputsOf(layer)) last.set(name, i);
  const end = layers.at(-1);
  if (end) last.set(end.name, layers.length);
  return last;
}

/**
 * The convolutions without activation that everything goes through: no way from the image to the last maps leads around
 * them, so that what such a layer gets wrong nothing makes up for.
 */
export function bottlenecks({ layers }: Pick<Architecture, 'layers'>): Set<string> {
  const end = layers.at(-1)!.name;
  const linear = layers.filter(layer => layer.kind === 'conv' && layer.activation === 'none');
  return new Set(linear.map(({ name }) => name).filter(name => !reached(layers, name).has(end)));
}

/** The layers to which a way leads from the image that does not go through this one. */
function reached(layers: readonly NetworkLayer[], without: string): Set<string> {
  const found = new Set(['image']);
  for (const layer of layers) {
    if (layer.name !== without && inputsOf(layer).some(name => found.has(name))) found.add(layer.name);
  }
  return found;
}
