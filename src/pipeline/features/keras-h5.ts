// Reads a Keras network's weights from an .h5 file in the layout of the published `notop` weights.
import { Dataset, Group, File as H5File, ready } from 'h5wasm';
import { outputsOf, weightedLayers } from '../../backbones/layers';
import type { Backbone, WeightedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { RawLayer } from './fold';

/** Keras's weight of a batch norm → ours. */
const NORM_PARTS = { gamma: 'gamma', beta: 'beta', mean: 'moving_mean', variance: 'moving_variance' } as const;

/** The most a layer's group may hold to be searched, and how deep: groups may hold themselves. */
const MAX_NAMES = 8;
const MAX_DEPTH = 3;

/**
 * Yields the raw convolutions in network order. Groups stand under the root (or under `model_weights` in a whole saved
 * model) by layer name; the datasets have Keras's names, with or without its `:0`.
 * Only the expected shapes of 32-bit floats are read. Throws `weights_*` errors.
 */
export async function* readKerasH5(file: ArrayBuffer, network: Backbone): AsyncGenerator<[WeightedLayer, RawLayer]> {
  const { FS } = await ready;
  const path = '/weights.h5';
  let h5: H5File | undefined;
  try {
    // The library reads from its own memory file system; `canOwn` spares a second copy of the 95 MB.
    const own = { flags: 'w', canOwn: true };
    FS.writeFile(path, new Uint8Array(file), own);
    h5 = orDamaged(() => new H5File(path, 'r'));
    // The library says so with a negative id, and every later call would complain in a way of its own.
    if (h5.file_id < 0n) throw new GleanerError('weights_damaged');
    const root = child(h5, 'model_weights') ?? h5;
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
    if (h5 && h5.file_id >= 0n) h5.close();
    if (FS.analyzePath(path, false).exists) FS.unlink(path);
  }
}

/** A deeper ResNet has every layer of this one, with the same names and shapes, and would give features that mean nothing. */
function refuseOtherNetwork(root: Group, { layers, file }: Backbone): void {
  const own = new Set(weightedLayers({ layers }).flatMap(({ name }) => Object.values(file.names(name))));
  const foreign = orDamaged(() => root.keys()).find(name => file.kind.test(name) && !own.has(name));
  if (foreign !== undefined) throw new GleanerError('weights_other_network', [foreign.slice(0, 80)]);
}

/** One weight of one layer. */
function read(root: Group, layer: string, part: string, shape: number[]): Float32Array {
  const name = `${layer}/${part}`;
  const group = child(root, layer);
  const dataset = group && find(group, layer, part);
  if (!dataset) throw new GleanerError('weights_missing', [name]);
  const { metadata } = dataset;
  const found = metadata.shape ?? [];
  if (found.length !== shape.length || shape.some((side, i) => side !== found[i])) {
    throw new GleanerError('weights_shape', [name, shape.join(' × ')]);
  }
  if (dataset.dtype !== '<f') throw new GleanerError('weights_format', [name]);
  const length = volume(shape);
  // The library makes room for a whole chunk, and the size of a chunk is the file's word alone.
  if (metadata.chunks && volume(metadata.chunks) > length) throw new GleanerError('weights_damaged');
  const values = orDamaged(() => dataset.value);
  if (!(values instanceof Float32Array) || values.length !== length) throw new GleanerError('weights_damaged');
  return values;
}

/**
 * By the names Keras gives, then by any path that ends in the part's name. A group also lists its own datasets, in texts of
 * no fixed length; but the library follows a damaged heap of such texts for ever, so the list is not read.
 */
function find(group: Group, layer: string, part: string): Dataset | undefined {
  for (const name of [`${layer}/${part}:0`, `${layer}/${part}`, `${part}:0`, part]) {
    const entity = orDamaged(() => group.get(name));
    if (entity instanceof Dataset) return entity;
  }
  return search(group, part, MAX_DEPTH);
}

/** The first dataset of this name in the groups within. */
function search(group: Group, part: string, depth: number): Dataset | undefined {
  const names = orDamaged(() => group.keys());
  if (names.length > MAX_NAMES) return undefined;
  for (const name of names) {
    const entity = orDamaged(() => group.get(name));
    if (entity instanceof Dataset && name.replace(/:0$/, '') === part) return entity;
    const within = entity instanceof Group && depth > 1 ? search(entity, part, depth - 1) : undefined;
    if (within) return within;
  }
  return undefined;
}

function child(group: Group, name: string): Group | undefined {
  const entity = orDamaged(() => group.get(name));
  return entity instanceof Group ? entity : undefined;
}

function volume(shape: number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The HDF5 library throws a page of its own diagnostics for a damaged file; people get a sentence. */
function orDamaged<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new GleanerError('weights_damaged', [], { cause });
  }
}
