// Real torchvision weights, where they lie beside the repository: ImageNet's bears are told apart as often as expected.
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserName } from '../../harness/browsers/driver';
import { labelsFromFolder } from '../../harness/pictures/folders';
import type { ImageFile, LabelImages } from '../../harness/pictures/pictures';
import { train } from '../../harness/steps/learn-steps';
import { backboneOf } from '../../src/backbones';
import { Safetensors } from '../../src/formats/safetensors';
import { type Checks, Skip } from './check';
import { cachedFeatures } from './features';
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

/** Collects the images through the extension with the real weights installed, and counts by the features it cached. */
export async function checkReference(checks: Checks, browser: BrowserName, out: string): Promise<void> {
  await checks.check('Real torchvision weights tell bears apart as often as expected', async () => {
    const labels = await referenceImages();
    return onStage({ browser, labels, out, weights: REFERENCE_WEIGHTS }, async walk => {
      await train(walk, 1);
      const keys = (images: ImageFile[]) => images.map(({ bytes }) => sha256(bytes));
      const found = await cachedFeatures(
        walk.app,
        labels.flatMap(({ images }) => keys(images)),
      );
      const features = labels.map(({ label, images }): [string, number[][]] => [
        label,
        keys(images).flatMap(key => {
          const row = found.get(key);
          return row ? [row] : [];
        }),
      ]);
      for (const [label, rows] of features) {
        if (rows.length !== PER_LABEL) throw new Error(`${rows.length} pictures of ${label} have features`);
      }
      return countRight(new Map(features));
    });
  });
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
