// TensorFlow.js's layers format: model.json and the weights in shards, for `tf.loadLayersModel`.
import { bytesOf } from '../../../formats/bytes';
import { float16 } from '../../../formats/half';
import { textEntry, type ZipEntry } from '../../../formats/zip/write';
import { inHalf } from '../halves';
import { kerasModel, type NamedWeight, namedWeights } from '../keras-topology';
import type { Layer, Tensor } from '../network';
import { inPage, PRINT } from './in-page';
import { where } from './in-python';
import type { Loading, ModelFormat, ModelToWrite } from './model-format';

export const tfjs: ModelFormat = {
  tag: 'tfjs',
  files: (model, folder) => tfjsModel(model.layers, folder, tfjsOptions(model)),
  readme: tfjsReadme,
};

/** Browsers cache files of this size; it is what tfjs's own converter writes. */
const SHARD = 4 * 1024 * 1024;

export interface TfjsOptions {
  /** Weights as 16-bit floats where that does not show, widened again when loaded. */
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
  const total = weights.reduce((sum, { tensor }) => sum + lengthOf(tensor, options.half), 0);
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
  const quantization =
    half && inHalf(tensor.values.length, tensor.exact)
      ? { quantization: { dtype: 'float16', original_dtype: 'float32' } }
      : {};
  return { name: `${layer}/${name}`, shape: tensor.shape, dtype: 'float32', ...quantization };
}

/** Bytes of a tensor. */
function lengthOf(tensor: Tensor, half: boolean): number {
  return tensor.values.length * (half && inHalf(tensor.values.length, tensor.exact) ? 2 : 4);
}

/** The weights' bytes one after the other, little-endian, cut into pieces of `size` bytes; the last may be shorter. */
function* shards(weights: NamedWeight[], half: boolean, size: number): Generator<Uint8Array> {
  let shard = new Uint8Array(size);
  let filled = 0;
  for (const { tensor } of weights) {
    const values = half && inHalf(tensor.values.length, tensor.exact) ? float16(tensor.values) : tensor.values;
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

function tfjsReadme(loading: Loading): string {
  const { headOnly, side, length, geometry } = loading;
  const shape = `[1, ${side}, ${side}, 3]`;
  if (headOnly) {
    return `# tfjs layers model

\`\`\`js
import * as tf from '@tensorflow/tfjs';
const model = await tf.loadLayersModel('tfjs/model.json');
const probabilities = model.predict(features); // float32 [n, ${length}]
\`\`\`
`;
  }
  return `# tfjs layers model

In a page, with an \`img\` in it and this folder served beside it:

\`\`\`js
import * as tf from '@tensorflow/tfjs';

${inPage(loading)}
const model = await tf.loadLayersModel('tfjs/model.json');
const probabilities = await model.predict(tf.tensor4d(Float32Array.from(pixels), ${shape})).data();
const labels = await (await fetch('labels.json')).json();
${PRINT}
\`\`\`

In Node, as \`classify.mjs\`. ${where(loading)}

\`\`\`sh
npm install @tensorflow/tfjs sharp
\`\`\`

\`\`\`js
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';

const { modelTopology, weightsManifest } = JSON.parse(readFileSync('tfjs/model.json', 'utf8'));
const [{ paths, weights: weightSpecs }] = weightsManifest;
const weightData = new Uint8Array(Buffer.concat(paths.map(path => readFileSync(\`tfjs/\${path}\`)))).buffer;
const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
const picture = sharp('picture.jpg').rotate().resize(${side}, ${side}, { fit: '${geometry === 'crop' ? 'cover' : 'fill'}' });
const pixels = await picture.flatten({ background: 'white' }).toColourspace('srgb').raw().toBuffer();
const probabilities = await model.predict(tf.tensor4d(Float32Array.from(pixels), ${shape})).data();
const labels = JSON.parse(readFileSync('labels.json', 'utf8'));
${PRINT}
\`\`\`
`;
}
