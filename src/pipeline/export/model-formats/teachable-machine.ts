// Teachable Machine's layout, so that `@teachablemachine/image` loads it: model.json, weights.bin, metadata.json.
import { textEntry, type ZipEntry } from '../../../formats/zip/write';
import type { ModelFormat, ModelToWrite } from './model-format';
import { tfjsModel, tfjsOptions } from './tfjs';

/** The version of the library whose metadata this is; its loader refuses files that name none. */
const LIBRARY = '0.8.5';

export const teachableMachine: ModelFormat = {
  tag: 'tfjs',
  pixels: 'teachable-machine',
  files: teachableMachineFiles,
  readme: ({ geometry }) => `# Teachable Machine layout

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

The library cuts a square from the middle of the image, ${geometry === 'crop' ? 'as Gleaner does' : 'where Gleaner squashes all of it'}; and its pixels are x / 127 − 1, which
this copy of the model converts by itself.
`,
};

function* teachableMachineFiles(model: ModelToWrite, folder: string): Generator<ZipEntry> {
  yield* tfjsModel(model.layers, folder, { ...tfjsOptions(model), half: false, single: 'weights.bin' });
  const [input] = model.layers;
  const metadata = {
    tfjsVersion: '4.22.0',
    tmVersion: '2.4.7',
    packageVersion: LIBRARY,
    packageName: '@teachablemachine/image',
    timeStamp: new Date(model.createdAt).toISOString(),
    userMetadata: {},
    modelName: model.generator,
    labels: model.labels,
    imageSize: input?.kind === 'input' ? input.shape[0] : undefined,
  };
  yield textEntry(`${folder}metadata.json`, `${JSON.stringify(metadata, null, 2)}\n`);
}
