// The weights of a Keras network by their names, from an .h5 file in the layout of the published `notop` weights.
import { outputsOf, weightedLayers } from '../../backbones/layers';
import type { Backbone, WeightedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import { FormatError } from '../../formats/format-error';
import { type Dataset, datasetAt, floatsOf, type Group, groupAt, namesIn, openHdf5 } from '../../formats/hdf5/read';
import type { RawLayer } from './fold';

/** Keras's weight of a batch norm → ours. */
const NORM_PARTS = { gamma: 'gamma', beta: 'beta', mean: 'moving_mean', variance: 'moving_variance' } as const;

/** The most a layer's group may hold to be searched, and how deep: groups may hold themselves. */
const MAX_NAMES = 8;
const MAX_DEPTH = 3;

/**
 * Yields the raw convolutions in network order. Groups stand under the root (or under `model_weights` in a whole saved
 * model) by layer name; the datasets have Keras's names, with or without its `:0`.
 * Only the expected shapes of 32-bit floats are read. Throws `weights_other_network`, or a FormatError of the file.
 */
export async function* readKerasWeights(
  file: ArrayBuffer,
  network: Backbone,
): AsyncGenerator<[WeightedLayer, RawLayer]> {
  const { root: whole, close } = await openHdf5(file);
  try {
    const root = groupAt(whole, 'model_weights') ?? whole;
    refuseOtherNetwork(root, network);
    for (const layer of weightedLayers(network)) {
      const outputs = [outputsOf(layer)];
      const names = network.file.names(layer.name);
      const norm = (part: string) => read(root, names.norm, part, outputs);
      yield [
        layer,
        {
          kernel: read(root, names.conv, 'kernel', layer.shape),
          bias: read(root, names.conv, 'bias', outputs),
          gamma: norm(NORM_PARTS.gamma),
          beta: norm(NORM_PARTS.beta),
          mean: norm(NORM_PARTS.mean),
          variance: norm(NORM_PARTS.variance),
        },
      ];
    }
  } finally {
    close();
  }
}

/** A deeper ResNet has every layer of this one, with the same names and shapes, and would give features that mean nothing. */
function refuseOtherNetwork(root: Group, { layers, file }: Backbone): void {
  const own = new Set(weightedLayers({ layers }).flatMap(({ name }) => Object.values(file.names(name))));
  const foreign = namesIn(root).find(name => file.kind.test(name) && !own.has(name));
  if (foreign !== undefined) throw new GleanerError('weights_other_network', [foreign.slice(0, 80)]);
}

/** One weight of one layer. */
function read(root: Group, layer: string, part: string, shape: number[]): Float32Array {
  const name = `${layer}/${part}`;
  const group = groupAt(root, layer);
  const dataset = group && find(group, layer, part);
  if (!dataset) throw new FormatError('missing', [name]);
  return floatsOf(dataset, shape, name);
}

/**
 * By the names Keras gives, then by any path that ends in the part's name. A group also lists its own datasets, in texts of
 * no fixed length; but the library follows a damaged heap of such texts for ever, so the list is not read.
 */
function find(group: Group, layer: string, part: string): Dataset | undefined {
  for (const name of [`${layer}/${part}:0`, `${layer}/${part}`, `${part}:0`, part]) {
    const dataset = datasetAt(group, name);
    if (dataset) return dataset;
  }
  return search(group, part, MAX_DEPTH);
}

/** The first dataset of this name in the groups within. */
function search(group: Group, part: string, depth: number): Dataset | undefined {
  const names = namesIn(group);
  if (names.length > MAX_NAMES) return undefined;
  for (const name of names) {
    const dataset = name.replace(/:0$/, '') === part ? datasetAt(group, name) : undefined;
    if (dataset) return dataset;
    const inner = depth > 1 ? groupAt(group, name) : undefined;
    const within = inner && search(inner, part, depth - 1);
    if (within) return within;
  }
  return undefined;
}
