// TensorFlow.js's layers format: model.json and the weights in shards, for `tf.loadLayersModel`.
import { bytesOf } from '../../../formats/bytes';
import { float16 } from '../../../formats/half';
import { textEntry, type ZipEntry } from '../../../formats/zip/write';
import { kerasModel, type NamedWeight, namedWeights } from '../keras-topology';
import type { Layer } from '../network';
import type { Loading, ModelFormat, ModelToWrite } from './model-format';

export const tfjs: ModelFormat = {
  files: (model, folder) => tfjsModel(model.layers, folder, tfjsOptions(model)),
  readme: loading => `# tfjs layers model

\`\`\`js
import * as tf from '@tensorflow/tfjs';
const model = await tf.loadLayersModel('tfjs/model.json');
${inTfjs(loading)}
\`\`\`
`,
};

/** Browsers cache files of this size; it is what tfjs's own converter writes. */
const SHARD = 4 * 1024 * 1024;

export interface TfjsOptions {
  /** Weights as 16-bit floats, widened again when loaded: half the size, probabilities equal to about 1e-3. */
  half: boolean;
  /** One weights file of this name instead of shards. */
  single?: string;
  generatedBy: string;
  /** Free words for `userDefinedMetadata`. */
  metadata: Record<string, unknown>;
}

/** What the layout says of the model beside its numbers. */
export function tfjsOptions({ half, generator, labels, backbone }: ModelToWrite): TfjsOptions {
  return { half, generatedBy: generator, metadata: { labels, backbone } };
}

/** `folder` ends with a slash. */
export function* tfjsModel(layers: Layer[], folder: string, options: TfjsOptions): Generator<ZipEntry> {
  const weights = namedWeights(layers);
  const width = options.half ? 2 : 4;
  const total = weights.reduce((sum, { tensor }) => sum + tensor.values.length * width, 0);
  const count = Math.max(1, Math.ceil(total / SHARD));
  const paths = options.single
    ? [options.single]
    : Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const model = {
    format: 'layers-model',
    generatedBy: options.generatedBy,
    convertedBy: null,
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: kerasModel(layers, 'Model'),
    },
    weightsManifest: [{ paths, weights: weights.map(weight => specification(weight, options.half)) }],
    userDefinedMetadata: options.metadata,
  };
  yield textEntry(`${folder}model.json`, JSON.stringify(model));
  const size = options.single ? total : SHARD;
  let i = 0;
  for (const bytes of shards(weights, options.half, size)) yield { path: `${folder}${paths[i++]}`, bytes };
}

function specification({ layer, name, tensor }: NamedWeight, half: boolean): object {
  const quantization = half ? { quantization: { dtype: 'float16', original_dtype: 'float32' } } : {};
  return { name: `${layer}/${name}`, shape: tensor.shape, dtype: 'float32', ...quantization };
}

/** The weights' bytes one after the other, little-endian, cut into pieces of `size` bytes; the last may be shorter. */
function* shards(weights: NamedWeight[], half: boolean, size: number): Generator<Uint8Array> {
  let shard = new Uint8Array(size);
  let filled = 0;
  for (const { tensor } of weights) {
    const values = half ? float16(tensor.values) : tensor.values;
    const bytes = bytesOf(values);
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + size - filled);
      shard.set(piece, filled);
      at += piece.length;
      filled += piece.length;
      if (filled === size) {
        yield shard;
        shard = new Uint8Array(size);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield shard.subarray(0, filled);
}

function inTfjs({ headOnly, side, length, geometry }: Loading): string {
  if (headOnly) return `const probabilities = model.predict(features); // float32 [n, ${length}]`;
  const cut = `const [height, width] = pixels.shape;
const side = Math.min(height, width);
const seen = pixels.slice([(height - side) >> 1, (width - side) >> 1, 0], [side, side, 3]);
`;
  return `const pixels = tf.browser.fromPixels(image);
${geometry === 'crop' ? cut : 'const seen = pixels;\n'}const picture = tf.image.resizeBilinear(seen, [${side}, ${side}]);
const probabilities = model.predict(picture.expandDims(0));`;
}
