// Readers of weight files. The HDF5 library is not ours; a file that hangs it hangs us.
import { type Group, File as H5File, ready } from 'h5wasm';
import { headerBytes, wholeHeader } from '../../../harness/whole-weights';
import { readWeights } from '../../../src/pipeline/features/weights-file';
import { bytesIn, type Target } from '../target';

const encoded = (words: string) => new TextEncoder().encode(words);

/** The first layer of a whole file, with the list of its weights as an attribute of its own. */
async function h5(): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await ready;
  const file = new H5File('/sound.h5', 'w');
  const group = file.create_group('conv1_conv') as Group;
  group.create_attribute('weight_names', ['conv1_conv/kernel:0', 'conv1_conv/bias:0']);
  const inner = group.create_group('conv1_conv') as Group;
  const data = new Float32Array(7 * 7 * 3 * 64).fill(0.5);
  inner.create_dataset({ name: 'kernel:0', data, shape: [7, 7, 3, 64], chunks: [7, 7, 3, 16], compression: 'gzip' });
  inner.create_dataset({ name: 'bias:0', data: new Float32Array(64) });
  file.close();
  return Uint8Array.from(FS.readFile('/sound.h5') as Uint8Array);
}

export const weightTargets: Target[] = [
  bytesIn({
    name: 'safetensors',
    of: ['formats/safetensors', 'formats/half', 'pipeline/features/torch-weights', 'pipeline/features/weights-file'],
    tokens: ['{"layer1":', '"conv1.weight":', '"data_offsets":[0,'].map(encoded),
    samples: () => [headerBytes(wholeHeader().header)],
    prepare: file => new Blob([file]),
    run: file => readWeights(file),
    refusals: /^weights_/,
  }),
  bytesIn({
    name: 'keras-h5',
    of: ['formats/hdf5/read', 'pipeline/features/keras-weights'],
    samples: async () => [await h5()],
    slow: true,
    prepare: file => new Blob([file]),
    run: file => readWeights(file),
    refusals: /^weights_/,
  }),
];
