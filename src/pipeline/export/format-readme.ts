// How each format of model.zip is loaded: programs that run as they are in the unpacked folder, beside an image of one's own.
import { backboneOf, geometryOf } from '../../backbones';
import type { Geometry } from '../../contract/backbone';
import type { Model } from '../../contract/report';
import type { ModelFormat, ModelOptions } from './model-options';

/** The README of a format's folder. */
export function formatReadme(format: ModelFormat, { backbone }: Model, { headOnly }: ModelOptions): string {
  const { side, length } = backboneOf(backbone.family);
  return FORMATS[format]({ headOnly, side, length, geometry: geometryOf(backbone.id) });
}

interface Input {
  headOnly: boolean;
  side: number;
  length: number;
  geometry: Geometry;
}

/** Where the programs stand, and what they read. */
function where({ headOnly }: Input): string {
  const beside = headOnly ? '`features.npy` (float32 [images, features])' : '`picture.jpg` (an image of any type)';
  return `Run it in the folder that holds \`labels.json\`, with ${beside} beside it.`;
}

/** The picture as Pillow reads it, upright. */
const UPRIGHT = "ImageOps.exif_transpose(Image.open('picture.jpg')).convert('RGB')";

/** A program of these imports and lines; `x` is its input, `probabilities` what the lines find. */
function inPython(packages: string, imports: string[], lines: string[], input: Input): string {
  const { headOnly, side, geometry } = input;
  const square = `(${side}, ${side})`;
  const seen = geometry === 'crop' ? `ImageOps.fit(${UPRIGHT}, ${square})` : `${UPRIGHT}.resize(${square})`;
  const x = headOnly ? "numpy.load('features.npy').astype('float32')[:1]" : `numpy.asarray(${seen}, 'float32')[None]`;
  return `${where(input)}

\`\`\`sh
pip install ${packages}${headOnly ? '' : ' pillow'}
\`\`\`

\`\`\`python
import json

import numpy
${[...imports, ...(headOnly ? [] : ['from PIL import Image, ImageOps'])].join('\n')}

x = ${x}
${lines.join('\n')}
with open('labels.json', encoding='utf-8') as file:
    for label, p in zip(json.load(file), probabilities):
        print(f'{label}: {p:.4f}')
\`\`\`
`;
}

/** The middle of an image in a page, or all of it, as a square of so many pixels, on \`context\`. */
function inPage({ side, geometry }: Input): string {
  const cut = `const cut = Math.min(image.naturalWidth, image.naturalHeight);
const [left, top] = [(image.naturalWidth - cut) >> 1, (image.naturalHeight - cut) >> 1];
`;
  const seen = geometry === 'crop' ? 'left, top, cut, cut, ' : '';
  return `const image = document.querySelector('img');
await image.decode();
${geometry === 'crop' ? cut : ''}const context = new OffscreenCanvas(${side}, ${side}).getContext('2d');
context.imageSmoothingQuality = 'high';
context.drawImage(image, ${seen}0, 0, ${side}, ${side});
const pixels = context.getImageData(0, 0, ${side}, ${side}).data.filter((_, i) => i % 4 < 3);`;
}

const PRINT = "labels.forEach((label, i) => console.log(label + ': ' + probabilities[i].toFixed(4)));";

function tfjs(input: Input): string {
  const { headOnly, side, length, geometry } = input;
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

${inPage(input)}
const model = await tf.loadLayersModel('tfjs/model.json');
const probabilities = await model.predict(tf.tensor4d(Float32Array.from(pixels), ${shape})).data();
const labels = await (await fetch('labels.json')).json();
${PRINT}
\`\`\`

In Node, as \`classify.mjs\`. ${where(input)}

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

function tflite(format: 'tflite' | 'tflite-int8', input: Input): string {
  const name = input.headOnly ? 'features' : 'image';
  const int8 = format === 'tflite-int8';
  const page = `
In a page, with an \`img\` in it and this folder served beside it:

\`\`\`sh
npm install @litertjs/core
\`\`\`

\`\`\`js
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

${inPage(input)}
await loadLiteRt('node_modules/@litertjs/core/wasm/');
const model = await loadAndCompile('${format}/model.tflite', { accelerator: 'wasm' });
const [output] = await model.run(new Tensor(Float32Array.from(pixels), [1, ${input.side}, ${input.side}, 3]));
const probabilities = output.toTypedArray();
const labels = await (await fetch('labels.json')).json();
${PRINT}
\`\`\`
`;
  return `# TensorFlow Lite model${int8 ? ', 8 bits a weight' : ''}

For LiteRT, on phones, small computers and in browsers. One image at a time: input \`${name}\`, output \`probabilities\`. The
labels, and that pixels go in as they are, stand in the file's metadata, where the TensorFlow Lite tools look for them.
${int8 ? ROUNDED : ''}
${inPython(
  'ai-edge-litert',
  ['from ai_edge_litert.interpreter import Interpreter'],
  [
    `classify = Interpreter('${format}/model.tflite').get_signature_runner()`,
    `probabilities = classify(${name}=x)['probabilities'][0]`,
  ],
  input,
)}${input.headOnly ? '' : page}`;
}

const ROUNDED = `
The weights have 8 bits and a scale for each channel, and the activations are rounded alike while it runs. On 75 photographs
of three kinds of bears, held out, that changed no answer: probabilities differed by 0.004 on average, and at most by 0.02
with EfficientNet-Lite0 and by 0.06 with ResNet-50. Ask it about images of your own before you rely on it.
`;

const FORMATS: Record<ModelFormat, (input: Input) => string> = {
  tfjs,
  keras: input => `# Keras model (HDF5)

Opens in Keras 3 and in Keras 2.

${inPython(
  'keras tensorflow',
  ['import keras'],
  [
    "model = keras.models.load_model('keras/model.h5', compile=False)",
    'probabilities = model.predict(x, verbose=0)[0]',
  ],
  input,
)}`,
  onnx: input => `# ONNX model (opset 13)

Input \`${input.headOnly ? 'features' : 'image'}\`, output \`probabilities\`.

${inPython(
  'onnxruntime',
  ['import onnxruntime'],
  [
    "session = onnxruntime.InferenceSession('onnx/model.onnx')",
    `probabilities = session.run(None, {'${input.headOnly ? 'features' : 'image'}': x})[0][0]`,
  ],
  input,
)}`,
  tflite: input => tflite('tflite', input),
  'tflite-int8': input => tflite('tflite-int8', input),
  'teachable-machine': ({ geometry }) => `# Teachable Machine layout

In a page, with an \`img\` in it and this folder served beside it:

\`\`\`sh
npm install @tensorflow/tfjs@1.3.1 @teachablemachine/image@0.8.5
\`\`\`

\`\`\`html
<script src="node_modules/@tensorflow/tfjs/dist/tf.min.js"></script>
<script src="node_modules/@teachablemachine/image/dist/teachablemachine-image.min.js"></script>
\`\`\`

\`\`\`js
const image = document.querySelector('img');
await image.decode();
const model = await tmImage.load('teachable-machine/model.json', 'teachable-machine/metadata.json');
for (const { className, probability } of await model.predict(image)) console.log(className + ': ' + probability.toFixed(4));
\`\`\`

The library cuts a square from the middle of the picture, ${geometry === 'crop' ? 'as Gleaner does' : 'where Gleaner squashes all of it'}; and its pixels are x / 127 − 1, which
this copy of the model converts by itself.
`,
};
