// Exports in the browser, and every client on what was exported.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import type { ImageFile } from '../../harness/pictures/pictures';
import { exportZips, saveReport, testInPopup } from '../../harness/steps/learn-steps';
import { show, type Walk } from '../../harness/walk';
import { ENOUGH, imagesOfReport, type Report, tallyOf } from '../../src/contract/report';
import { byCodePoint } from '../../src/pipeline/bucket/class-order';
import type { Checks } from './check';
import { readByClient, runImg2dataset } from './datasets';
import { checkHalves } from './halves';
import {
  type Answer,
  compare,
  loss,
  predictByLiteRt,
  predictByPython,
  predictByTeachableMachine,
  predictByTfjs,
} from './models';
import { needPackages } from './npm';
import { writePixels } from './pictures';
import { needPython, runPython } from './python';
import { runSnippet } from './snippets';
import { unpack } from './unpack';

/** Where the zips are unpacked; the classifier's page is served from the model's. */
export const foldersIn = (out: string) => ({ dataset: join(out, 'dataset'), model: join(out, 'model') });

export async function checkExports(checks: Checks, walk: Walk, asked: ImageFile[]): Promise<void> {
  const { dataset } = foldersIn(walk.out);
  const exported = await checkModels(checks, walk, asked, 'ResNet-50');
  if (!exported) return;
  const { counts } = exported;
  // Labels of this walk are called as their folders are.
  const classes = Object.keys(counts)
    .sort(byCodePoint)
    .map(name => ({ name, folder: name, counts: counts[name]! }));
  const images = imagesOfReport(exported);

  const read = (script: Parameters<typeof readByClient>[0]) => () =>
    readByClient(script, join(dataset, 'dataset'), classes, join(walk.out, 'hugging-face'));
  await checks.check('dataset.zip in Keras, image_dataset_from_directory', read('dataset_keras.py'));
  await checks.check('dataset.zip in torchvision, ImageFolder', read('dataset_torchvision.py'));
  await checks.check(
    'dataset.zip in Hugging Face datasets, by its card and by imagefolder',
    read('dataset_hugging_face.py'),
  );
  await checks.check('croissant.json in mlcroissant', read('dataset_croissant.py'));
  await checks.check('urls.csv in img2dataset, by the command of the README', () =>
    runImg2dataset(dataset, images, walk.site),
  );
}

/** Exports the model as it is, and asks every client of model.zip what it asked the popup; undefined where nothing was exported. */
export async function checkModels(
  checks: Checks,
  walk: Walk,
  asked: ImageFile[],
  network: string,
): Promise<Pick<Report, 'counts'> | undefined> {
  const { dataset, model } = foldersIn(walk.out);
  let report: Awaited<ReturnType<typeof saveReport>> | undefined;
  let zip = new JSZip();
  const popup: Answer[] = [];
  await checks.check(`The extension exports a model on ${network}, and its popup answers`, async () => {
    report = await saveReport(walk);
    await askForEveryFormat(walk);
    await exportZips(walk);
    for (const { name, bytes } of asked) {
      await writeFile(join(walk.out, name), bytes);
      popup.push(await testInPopup(walk, join(walk.out, name)));
    }
    await unpack(join(walk.out, 'dataset.zip'), dataset);
    await rm(model, { recursive: true, force: true });
    zip = await unpack(join(walk.out, 'model.zip'), model);
    return `${Object.keys(zip.files).length} files in model.zip, ${popup.length} answers`;
  });
  if (!report || popup.length < asked.length) return undefined;
  const { labels } = report;
  const pixels = join(walk.out, 'asked.rgb');
  writePixels(asked, pixels);
  await checks.check(`model.zip on ${network} in Keras, keras/model.h5`, async () =>
    compare(popup, labels, await predictByPython('model_keras.py', model, pixels)),
  );
  await checks.check(`model.zip on ${network} in onnxruntime, onnx/model.onnx`, async () =>
    compare(popup, labels, await predictByPython('model_onnx.py', model, pixels)),
  );
  await checks.check(`model.zip on ${network} in LiteRT, tflite/model.tflite`, async () =>
    compare(popup, labels, await predictByLiteRt(model, 'tflite/model.tflite', pixels, labels)),
  );
  await checks.check(`model.zip on ${network} in MediaPipe, by the metadata of tflite/model.tflite`, async () => {
    needPython('mediapipe');
    const args = [join(model, 'tflite/model.tflite'), pixels, JSON.stringify(labels)];
    return compare(popup, labels, await runPython<number[][]>('model_mediapipe.py', args));
  });
  await checks.check(`model.zip on ${network} in LiteRT with 8 bits, tflite-int8/model.tflite`, async () =>
    loss(popup, labels, await predictByLiteRt(model, 'tflite-int8/model.tflite', pixels, labels)),
  );
  await checks.check(`model.zip on ${network} in plain tfjs, tfjs/model.json`, async () =>
    compare(popup, labels, await predictByTfjs(zip, asked)),
  );
  await checks.check(`model.zip on ${network} in @teachablemachine/image, in a page`, async () => {
    needPackages();
    const { labels: order, probabilities } = await predictByTeachableMachine(walk, asked);
    if (JSON.stringify(order) !== JSON.stringify(labels)) throw new Error(`classes in the order ${order.join(', ')}`);
    return compare(popup, labels, probabilities);
  });
  for (const { format, where, client } of SNIPPETS) {
    await checks.check(`The program of ${format}/README.md on ${network}, ${where}`, async () => {
      if (client) needPython(client);
      else needPackages();
      const { labels: order, probabilities } = await runSnippet(walk, model, format, where, asked[0]!);
      if (JSON.stringify(order) !== JSON.stringify(labels)) throw new Error(`it printed ${order.join(', ')}`);
      const said = popup.slice(0, 1);
      return format === 'tflite-int8' ? loss(said, labels, [probabilities]) : compare(said, labels, [probabilities]);
    });
  }
  await checks.check(`README.md of model.zip on ${network} as a model card, by huggingface_hub`, async () => {
    needPython('datasets');
    const card = await runPython<{ license: string; accuracy: number[] }>('model_card.py', [join(model, 'README.md')]);
    // Of a handful of test images the card gives no share.
    if (card.accuracy.length !== (report && tallyOf(report.confusion.matrix).of >= ENOUGH ? 1 : 0))
      throw new Error(JSON.stringify(card));
    return JSON.stringify(card);
  });
  const bound = network.includes('ResNet') ? HALVED.random : HALVED.real;
  await checkHalves(checks, walk, { asked, popup, labels, network, bound });
  return report;
}

/** With 16 bits a weight; to a random network all images are nearly alike, so that its head magnifies what was rounded. */
const HALVED = { real: 1e-3, random: 5e-3 };

/** What runs where; those in a page need what npm has, as Node's do. */
const SNIPPETS = [
  { format: 'keras', where: 'python', client: 'keras' },
  { format: 'onnx', where: 'python', client: 'onnxruntime' },
  { format: 'tflite', where: 'python', client: 'litert' },
  { format: 'tflite-int8', where: 'python', client: 'litert' },
  { format: 'tflite', where: 'in page', client: undefined },
  { format: 'tfjs', where: 'node', client: undefined },
  { format: 'tfjs', where: 'in page', client: undefined },
  { format: 'teachable-machine', where: 'in page', client: undefined },
] as const;

/** Ticks the model formats that are not on by default. */
async function askForEveryFormat(walk: Walk): Promise<void> {
  await show(walk, 'export');
  const formats = ['Keras', 'ONNX', 'TensorFlow Lite (LiteRT)', 'TensorFlow Lite with 8 bits', 'Teachable Machine'];
  for (const format of formats) await tick(walk, format, true);
}

/** Sets the box whose label begins with these words; a hint below it may name others. Rejects where there is none. */
export async function tick(walk: Walk, words: string, on: boolean): Promise<void> {
  const box = `//label[starts-with(normalize-space(.), "${words}")]//input[@type="checkbox"]`;
  const found = await walk.app.$$eval(
    `::-p-xpath(${box})`,
    (boxes, wanted) => {
      for (const one of boxes as HTMLInputElement[]) if (one.checked !== wanted) one.click();
      return boxes.length;
    },
    on,
  );
  if (found !== 1) throw new Error(`The screen has ${found} boxes “${words}”.`);
}
