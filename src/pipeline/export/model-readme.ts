// The words in model.zip: what the model is, and how each format is loaded.
import type { Model } from '../../contract/report';
import { inMarkdown } from './markdown';
import type { ModelFormat, ModelOptions } from './model-options';

export function modelReadme(model: Model, generator: string, options: ModelOptions, reportPage: boolean): string {
  const { report, backbone } = model;
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  const seeded = `
**Seeded weights.** The backbone of this model has random weights. It was made for a test or a demonstration and knows
nothing of pictures; its answers mean nothing.
`;
  return `# Image classifier made with Gleaner
${backbone.weights === 'seeded' ? seeded : ''}
${report.labels.length} classes: ${report.labels.map(inMarkdown).join(', ')}.

Trained ${new Date(report.trainedAt).toISOString()} on the ${inMarkdown(backbone.id)} backbone, which was kept frozen, with a head of
kind "${model.head.kind}". Accuracy on the test images: ${share(report.testAccuracy)} (validation ${share(report.validAccuracy)}, training
${share(report.trainAccuracy)}). \`report.json\` holds everything: architecture, hyper-parameters, counts, history, confusion
matrix, versions. Written by ${inMarkdown(generator)}.

| file | what it is |
|---|---|
${options.formats.map(format => `| \`${format}/\` | the model; \`${format}/README.md\` says how to load it |`).join('\n')}
| \`labels.json\`, \`labels.txt\` | the classes in the order of the model's outputs |
| \`report.json\` | how it was trained and how good it is |
${reportPage ? '| `report.html` | the same with curves, confusion matrix and pictures, to look at |\n' : ''}${options.headOnly ? '' : '| `index.html` | classifies a picture or the camera, without any network: serve this folder, for instance with `python3 -m http.server`, and open it |\n'}
## What goes in and out

${
  options.headOnly
    ? 'In: float32 [batch, 2048], the mean over the 7 × 7 positions of the backbone’s last activations.'
    : 'In: float32 [batch, 224, 224, 3], red, green and blue from 0 to 255, the whole picture squashed to 224 × 224. Nothing has\nto be subtracted or divided: the conversion is part of the model.'
} Out: [batch, ${report.labels.length}] probabilities.
${options.half ? '\nThe weights are stored as 16-bit floats; probabilities differ from the trained model by about 0.001. The Keras file keeps 32 bits.\n' : ''}`;
}

/** How to load one format, as a README of its folder. */
export function formatReadme(format: ModelFormat, { headOnly }: ModelOptions): string {
  return FORMATS[format](headOnly);
}

const PILLOW = "numpy.asarray(Image.open('picture.jpg').convert('RGB').resize((224, 224)), 'float32')[None]";
const FEATURES = "numpy.load('features.npy').astype('float32')  # [n, 2048]";

const FORMATS: Record<ModelFormat, (headOnly: boolean) => string> = {
  tfjs: headOnly => `# tfjs layers model

\`\`\`js
import * as tf from '@tensorflow/tfjs';
const model = await tf.loadLayersModel('tfjs/model.json');
${
  headOnly
    ? 'const probabilities = model.predict(features); // float32 [n, 2048]'
    : `const picture = tf.image.resizeBilinear(tf.browser.fromPixels(image), [224, 224]);
const probabilities = model.predict(picture.expandDims(0));`
}
\`\`\`
`,
  keras: headOnly => `# Keras model (HDF5)

Opens in Keras 3 and in Keras 2.

\`\`\`python
import json, keras, numpy
from PIL import Image

model = keras.models.load_model('keras/model.h5', compile=False)
x = ${headOnly ? FEATURES : PILLOW}
print(dict(zip(json.load(open('labels.json')), model.predict(x)[0])))
\`\`\`
`,
  onnx: headOnly => `# ONNX model (opset 13)

Input \`${headOnly ? 'features' : 'image'}\`, output \`probabilities\`.

\`\`\`python
import json, numpy, onnxruntime
from PIL import Image

session = onnxruntime.InferenceSession('onnx/model.onnx')
x = ${headOnly ? FEATURES : PILLOW}
print(dict(zip(json.load(open('labels.json')), session.run(None, {'${headOnly ? 'features' : 'image'}': x})[0][0])))
\`\`\`
`,
  'teachable-machine': () => `# Teachable Machine layout

\`\`\`js
const model = await tmImage.load('teachable-machine/model.json', 'teachable-machine/metadata.json');
const classes = await model.predict(image);
\`\`\`

The library cuts a square from the middle of the picture, where Gleaner squashes all of it; and its pixels are x / 127 − 1, which
this copy of the model converts by itself.
`,
};
