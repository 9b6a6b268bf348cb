// Real torchvision weights, where they lie beside the repository: ImageNet's bears are told apart as often as expected.
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserName } from '../../harness/browsers/driver';
import { labelsFromFolder } from '../../harness/pictures/folders';
import type { ImageFile, LabelImages } from '../../harness/pictures/pictures';
import { chooseBackbone, testInPopup, train } from '../../harness/steps/learn-steps';
import { show, type Walk } from '../../harness/walk';
import { backboneOf } from '../../src/backbones';
import { Safetensors } from '../../src/formats/safetensors';
import { type Checks, Skip } from './check';
import { tick } from './exports';
import { cachedFeatures } from './features';
import { checkHalves } from './halves';
import type { Answer } from './models';
import { needPackages, squash } from './npm';
import { sha256 } from './pictures';
import { onStage } from './stage';

const SHARED = join(import.meta.dirname, '../../../shared');
const REFERENCE_WEIGHTS = join(SHARED, 'weights/resnet50-v1_5.safetensors');
const BEARS = join(SHARED, 'images/bears');
/** The first hundred files of each folder, as the note beside the weights says. */
const PER_LABEL = 100;

/** The images, or a `Skip` where the material is absent. */
async function referenceImages(): Promise<LabelImages[]> {
  for (const path of [REFERENCE_WEIGHTS, BEARS]) {
    if (!existsSync(path)) throw new Skip(`${path} is not there; the unit tests have a twin on seeded weights`);
  }
  const folders = await readdir(BEARS);
  const labels = await labelsFromFolder(BEARS);
  if (labels.length !== folders.length) throw new Error('a folder of bears cannot be read');
  needPackages();
  return Promise.all(
    labels.map(async ({ label, images }) => ({
      label,
      images: await Promise.all(images.slice(0, PER_LABEL).map(squashed)),
    })),
  );
}

/** The reference was computed on images squashed by this program; another's resampling moves a few borderline ones. */
async function squashed({ name, bytes }: ImageFile): Promise<ImageFile> {
  const { side } = backboneOf('torch-v1.5');
  return { name: `${name}.png`, bytes: await squash(bytes, side), width: side, height: side };
}

/**
 * Collects the images through the extension with the real weights installed, and counts by the features it cached. Then what
 * 16 bits a weight change in answers about photographs, for both networks.
 */
export async function checkReference(checks: Checks, browser: BrowserName, out: string): Promise<void> {
  let labels: LabelImages[] = [];
  const there = await checks.check('Real torchvision weights and photographs of bears are here', async () => {
    labels = await referenceImages();
    return labels.map(({ label, images }) => `${label} ${images.length}`).join(', ');
  });
  if (!there) return;
  await onStage({ browser, labels, out, weights: REFERENCE_WEIGHTS }, async walk => {
    await train(walk, 1);
    await checks.check('Real torchvision weights tell bears apart as often as expected', async () =>
      countRight(await featuresOf(walk, labels)),
    );
    await checkPhotographs(checks, walk, labels, 'ResNet-50 with real weights');
    await chooseBackbone(walk, 'quick');
    await train(walk, 1);
    await checkPhotographs(checks, walk, labels, 'EfficientNet-Lite0, asked about photographs');
  }).catch(error => checks.check('The walk with real weights', () => Promise.reject(error)));
}

/** By label, in the order of its images. Throws where one has none. */
async function featuresOf(walk: Walk, labels: LabelImages[]): Promise<Map<string, number[][]>> {
  const keys = (images: ImageFile[]) => images.map(({ bytes }) => sha256(bytes));
  const all = labels.flatMap(({ images }) => keys(images));
  const found = await cachedFeatures(walk.app, all);
  return new Map(
    labels.map(({ label, images }): [string, number[][]] => {
      const rows = keys(images).flatMap(key => {
        const row = found.get(key);
        return row ? [row] : [];
      });
      if (rows.length !== PER_LABEL) throw new Error(`${rows.length} pictures of ${label} have features`);
      return [label, rows];
    }),
  );
}

/** One image in so many of each label is asked about. */
const EACH = 20;
/** What the popup's last digit leaves of one in a thousand is for the rounding. */
const BOUND = 1e-3;

async function checkPhotographs(checks: Checks, walk: Walk, labels: LabelImages[], network: string): Promise<void> {
  const asked = labels.flatMap(({ images }) => images.filter((_, i) => i % EACH === 0));
  const popup: Answer[] = [];
  const names = labels.map(({ label }) => label);
  const answered = await checks.check(`The popup answers with ${network}`, async () => {
    for (const [i, { bytes }] of asked.entries()) {
      const file = join(walk.out, `photograph-${i}.png`);
      await writeFile(file, bytes);
      popup.push(await testInPopup(walk, file));
    }
    await show(walk, 'export');
    for (const format of ['ONNX', 'TensorFlow Lite (LiteRT)']) await tick(walk, format, true);
    return `${popup.length} answers`;
  });
  if (answered) await checkHalves(checks, walk, { asked, popup, labels: names, network, bound: BOUND });
}

/** ImageNet's class of each folder: American black bear, brown bear, teddy. */
const CLASS: Record<string, number> = { black: 295, grizzly: 294, teddys: 850 };

/** How many images of each label its ImageNet class wins, by the file's own last layer; the note says how many it should. */
async function countRight(features: Map<string, number[][]>): Promise<string> {
  const tensors = await Safetensors.open(await openAsBlob(REFERENCE_WEIGHTS));
  const weight = await tensors.read(tensors.find('fc.weight', [1000, 2048]));
  const bias = await tensors.read(tensors.find('fc.bias', [1000]));
  const note = readFileSync(join(SHARED, 'weights/NOTICE.md'), 'utf8');
  const lines = [...features].map(([label, rows]) => {
    const right = rows.filter(m => winner(m, weight, bias) === CLASS[label]).length;
    const expected = Number(new RegExp(`\\b${label} (\\d+)\\b`).exec(note)?.[1]);
    return {
      words: `${label} ${right} of ${rows.length} (${expected} expected)`,
      good: Math.abs(right - expected) <= 1,
    };
  });
  const words = lines.map(line => line.words).join(', ');
  if (lines.length !== 3 || !lines.every(line => line.good)) throw new Error(words);
  return words;
}

function winner(m: number[], weight: Float32Array, bias: Float32Array): number {
  let best = { logit: Number.NEGATIVE_INFINITY, k: -1 };
  for (const [k, start] of bias.entries()) {
    const logit = m.reduce((sum, value, j) => sum + value * weight[k * m.length + j]!, start);
    if (logit > best.logit) best = { logit, k };
  }
  return best.k;
}
