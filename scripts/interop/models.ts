// The clients of model.zip: each must give the popup's classes and probabilities for the same images.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type JSZip from 'jszip';
import type { ImageFile } from '../../harness/pictures/pictures';
import type { Walk } from '../../harness/walk';
import type { Host } from '../../harness/web/site';
import { classifyWithPlainTfjs } from '../../tests/e2e/steps/plain-tfjs';
import { npmFile } from './npm';
import { needPython, type PythonClient, runPython } from './python';
import { snippets } from './snippets';

/** What the popup said of one image, best first. */
export type Answer = { label: string; p: number }[];

/** The popup shows per cent with one digit, so half of one in a thousand is its rounding. */
const TOLERANCE = 1e-3;
/** With 8 bits a weight; more would be a mistake, not rounding. */
const LARGEST_LOSS = 0.3;

/** Compares probabilities in class order with the popup's; gives the largest difference in words, or throws. */
export function compare(
  popup: Answer[],
  labels: string[],
  probabilities: ArrayLike<number>[],
  tolerance = TOLERANCE,
): string {
  if (probabilities.length !== popup.length) throw new Error(`${probabilities.length} answers of ${popup.length}`);
  let worst = 0;
  for (const [i, answer] of popup.entries()) {
    for (const { label, p } of answer) {
      const theirs = probabilities[i]![labels.indexOf(label)] ?? Number.NaN;
      worst = Math.max(worst, Number.isNaN(theirs) ? Number.POSITIVE_INFINITY : Math.abs(theirs - p));
    }
  }
  const words = `${popup.length} pictures, largest difference ${worst.toExponential(1)}`;
  if (!(worst <= tolerance)) throw new Error(words);
  return words;
}

const READERS = {
  'model_keras.py': ['keras', 'keras/model.h5'],
  'model_onnx.py': ['onnxruntime', 'onnx/model.onnx'],
} as const satisfies Record<string, [PythonClient, string]>;

export async function predictByPython(
  script: keyof typeof READERS,
  folder: string,
  pixels: string,
): Promise<number[][]> {
  const [client, file] = READERS[script];
  needPython(client);
  return runPython<number[][]>(script, [join(folder, file), pixels]);
}

/** LiteRT's answers, after a look whether the file carries the right labels. */
export async function predictByLiteRt(
  folder: string,
  file: string,
  pixels: string,
  labels: string[],
): Promise<number[][]> {
  needPython('litert');
  const found = await runPython<{ probabilities: number[][]; labels: string[] }>('model_tflite.py', [
    join(folder, file),
    pixels,
  ]);
  if (JSON.stringify(found.labels) !== JSON.stringify(labels)) throw new Error(`labels ${found.labels.join(', ')}`);
  return found.probabilities;
}

/** How an answer with fewer bits differs: the share of images with the same first class, and the largest difference. */
export function loss(popup: Answer[], labels: string[], probabilities: ArrayLike<number>[]): string {
  const first = (values: number[]) => labels[values.indexOf(Math.max(...values))];
  let [same, worst] = [0, 0];
  for (const [i, answer] of popup.entries()) {
    const theirs = Array.from(probabilities[i]!);
    if (first(theirs) === answer[0]!.label) same++;
    for (const { label, p } of answer) worst = Math.max(worst, Math.abs(theirs[labels.indexOf(label)]! - p));
  }
  const words = `${same} of ${popup.length} pictures get the same class first, largest difference ${worst.toFixed(3)}`;
  if (!(worst <= LARGEST_LOSS)) throw new Error(words);
  return words;
}

/** The tfjs folder read by tfjs itself in Node; probabilities in class order. */
export async function predictByTfjs(zip: JSZip, images: ImageFile[]): Promise<number[][]> {
  const all: number[][] = [];
  const labels = JSON.parse(await zip.file('labels.json')!.async('string')) as string[];
  for (const { bytes } of images) {
    const answer = await classifyWithPlainTfjs(zip, bytes);
    all.push(labels.map(name => answer.find(({ label }) => label === name)?.p ?? Number.NaN));
  }
  return all;
}

/** Host of the page that `@teachablemachine/image` runs on. */
export const CLASSIFIER_HOST = 'classifier.example';
const PAGE = `<!doctype html><title>A page with a Teachable Machine model</title>
<script src="/tf.min.js"></script><script src="/teachablemachine-image.min.js"></script>`;

const LIBRARIES: Record<string, string> = {
  '/tf.min.js': '@tensorflow/tfjs/dist/tf.min.js',
  '/teachablemachine-image.min.js': '@teachablemachine/image/dist/teachablemachine-image.min.js',
};

/** What the programs in the READMEs import, as a page of today finds it. */
const IMPORTS = {
  '@tensorflow/tfjs': '/own/@tensorflow/tfjs/dist/tf.fesm.min.js',
  '@litertjs/core': '/node_modules/@litertjs/core/dist/index.js',
  '@litertjs/wasm-utils': '/node_modules/@litertjs/wasm-utils/dist/index.js',
};
const OWN_MODULES = join(import.meta.dirname, '../../node_modules');

/** A page with an image in it, in which the program of a format's README runs. */
function snippetPage(folder: string, format: string, image: string): string {
  const code = snippets(folder, format).get('in page');
  const libraries = Object.keys(LIBRARIES).map(path => `<script src="${path}"></script>`);
  return `<!doctype html><title>running</title><img src="/${image}">
${format === 'teachable-machine' ? libraries.join('') : ''}<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module">${code}
document.title = 'done';</script>`;
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves the page, the libraries, the unpacked model, the programs of its READMEs in pages, and the images. */
export function classifierHost(folder: string, images: ImageFile[]): Host {
  const pick = (path: string): [type: string, bytes: Buffer] | undefined => {
    if (path === '/') return ['text/html', Buffer.from(PAGE)];
    const library = LIBRARIES[path];
    if (library) return ['text/javascript', npmFile(library)];
    const format = /^\/([\w-]+)\.html$/.exec(path)?.[1];
    if (format) return ['text/html', Buffer.from(snippetPage(folder, format, images[0]!.name))];
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    if (path.startsWith('/node_modules/')) return [type, npmFile(path.slice('/node_modules/'.length))];
    if (path.startsWith('/own/')) return [type, readFileSync(join(OWN_MODULES, path.slice('/own/'.length)))];
    const image = images.find(({ name }) => `/${name}` === path);
    if (image) return ['image/png', image.bytes];
    const file = join(folder, path);
    return existsSync(file) ? [type, readFileSync(file)] : undefined;
  };
  return (_request, url, response) => {
    const found = pick(url.pathname);
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': found[0] }).end(found[1]);
  };
}

interface TeachableMachine {
  load(
    model: string,
    metadata: string,
  ): Promise<{
    predict(image: HTMLImageElement): Promise<{ className: string; probability: number }[]>;
  }>;
}

/** Opens the page in the walk's browser and asks about each image; gives classes in order and probabilities. */
export async function predictByTeachableMachine(walk: Walk, images: ImageFile[]) {
  const page = await walk.driver.newPage();
  page.setDefaultTimeout(600_000);
  try {
    await walk.driver.open(page, `https://${CLASSIFIER_HOST}/`);
    const answers = await page.evaluate(
      async names => {
        const { tmImage } = globalThis as unknown as { tmImage: TeachableMachine };
        const model = await tmImage.load('/teachable-machine/model.json', '/teachable-machine/metadata.json');
        const all: { className: string; probability: number }[][] = [];
        for (const name of names) {
          const image = new Image();
          image.src = `/${name}`;
          await image.decode();
          all.push(await model.predict(image));
        }
        return all;
      },
      images.map(({ name }) => name),
    );
    return {
      labels: (answers[0] ?? []).map(({ className }) => className),
      probabilities: answers.map(answer => answer.map(({ probability }) => probability)),
    };
  } finally {
    await page.close();
  }
}
