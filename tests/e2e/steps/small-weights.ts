// A whole ResNet-50 in Keras's layout that weighs little: its numbers repeat, so HDF5's own compression shrinks them.
import { type Group, File as H5File, ready } from 'h5wasm';
import { backboneOf } from '../../../src/backbones';
import { kernelLength, weightedLayers } from '../../../src/backbones/layers';

const KERAS = backboneOf('keras-v1');

/** About 1 MB. Another `period` gives another file. */
export async function smallWeights(period: number): Promise<Buffer> {
  const { FS } = await ready;
  const file = new H5File('/small-weights.h5', 'w');
  const write = (layer: string, weights: [string, Float32Array, number[]][]) => {
    const group = file.create_group(layer) as Group;
    group.create_attribute(
      'weight_names',
      weights.map(([name]) => `${layer}/${name}:0`),
    );
    const inner = group.create_group(layer) as Group;
    for (const [name, data, shape] of weights) {
      inner.create_dataset({ name: `${name}:0`, data, shape, chunks: shape, compression: 'gzip', compression_opts: 1 });
    }
  };
  for (const layer of weightedLayers(KERAS)) {
    const outputs = layer.shape[3];
    const limit = Math.sqrt(6 / (layer.shape[0] * layer.shape[1] * layer.shape[2]));
    const pattern = Float32Array.from({ length: period }, (_, i) => limit * Math.sin(i * i));
    const kernel = new Float32Array(kernelLength(layer)).map((_, i) => pattern[i % period]!);
    const even = (value: number) => new Float32Array(outputs).fill(value);
    write(layer.name, [
      ['kernel', kernel, layer.shape],
      ['bias', even(0), [outputs]],
    ]);
    write(KERAS.file.names(layer.name).norm, [
      ['gamma', even(0.5), [outputs]],
      ['beta', even(0), [outputs]],
      ['moving_mean', even(0), [outputs]],
      ['moving_variance', even(1), [outputs]],
    ]);
  }
  file.close();
  const bytes = Buffer.from(FS.readFile('/small-weights.h5') as Uint8Array);
  FS.unlink('/small-weights.h5');
  return bytes;
}
