// Teachable Machine's layout, so that `@teachablemachine/image` loads it: model.json, weights.bin, metadata.json.
import { textEntry, type ZipEntry } from '../../../formats/zip/write';
import type { ModelFormat, ModelToWrite } from './model-format';
import { tfjsModel, tfjsOptions } from './tfjs';

/** The version of the library whose metadata this is; its loader refuses files that name none. */
const LIBRARY = '0.8.5';

export const teachableMachine: ModelFormat = {
  pixels: 'teachable-machine',
  files: teachableMachineFiles,
  readme: ({ geometry }) => `# Teachable Machine layout

\`\`\`js
const model = await tmImage.load('teachable-machine/model.json', 'teachable-machine/metadata.json');
const classes = await model.predict(image);
\`\`\`

The library cuts a square from the middle of the picture, ${geometry === 'crop' ? 'as Gleaner does' : 'where Gleaner squashes all of it'}; and its pixels are x / 127 − 1, which
this copy of the model converts by itself.
`,
};

function* teachableMachineFiles(model: ModelToWrite, folder: string): Generator<ZipEntry> {
  yield* tfjsModel(model.layers, folder, { ...tfjsOptions(model), single: 'weights.bin' });
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
