// Keras's HDF5 file, which `keras.models.load_model` reads in Keras 2 and Keras 3.
import { GleanerError } from '../../../contract/error';
import { type H5File, writeHdf5 } from '../../../formats/hdf5/write';
import { kerasModel, type NamedWeight, weightsInKerasOrder } from '../keras-topology';
import type { Layer } from '../network';
import { inPython } from './in-python';
import type { ModelFormat } from './model-format';

export const keras: ModelFormat = {
  tag: 'keras',
  /** All weights keep their 32 bits: the file has no place for others. */
  async *files({ layers }, folder) {
    yield { path: `${folder}model.h5`, bytes: await kerasH5(layers) };
  },
  readme: loading => `# Keras model (HDF5)

Opens in Keras 3 and in Keras 2.

${inPython(
  'keras tensorflow',
  ['import keras'],
  [
    "model = keras.models.load_model('keras/model.h5', compile=False)",
    'probabilities = model.predict(x, verbose=0)[0]',
  ],
  loading,
)}`,
};

/** Keras 2's last version: it names the dialect of the configuration, which Keras 3 reads as well. */
const KERAS_VERSION = '2.15.0';

/** The whole file, about as long as the weights. */
export async function kerasH5(layers: Layer[]): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await writeHdf5(file => writeModel(file, layers));
  } catch (cause) {
    throw new GleanerError('export_format_failed', ['model.h5'], { cause });
  }
}

/** Keras's layout: the configuration as an attribute, then per layer a group that lists its weights in `weight_names`. */
function writeModel(file: H5File, layers: Layer[]): void {
  file.create_attribute('keras_version', KERAS_VERSION);
  file.create_attribute('backend', 'tensorflow');
  file.create_attribute('model_config', JSON.stringify(kerasModel(layers, 'Functional')));
  const root = file.create_group('model_weights');
  const weights = new Map<string, NamedWeight[]>();
  for (const weight of weightsInKerasOrder(layers))
    weights.set(weight.layer, [...(weights.get(weight.layer) ?? []), weight]);
  root.create_attribute('keras_version', KERAS_VERSION);
  root.create_attribute('backend', 'tensorflow');
  root.create_attribute('layer_names', [...weights.keys()]);
  for (const [layer, own] of weights) {
    const group = root.create_group(layer);
    group.create_attribute(
      'weight_names',
      own.map(({ name }) => `${layer}/${name}:0`),
    );
    const inner = group.create_group(layer);
    for (const { name, tensor } of own) {
      inner.create_dataset({ name: `${name}:0`, data: tensor.values, shape: tensor.shape, dtype: '<f4' });
    }
  }
}
