// Whether the head the app would take is as sure as it is right: its expected calibration error on held-out images, in Node alone.
import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { DRAWN_LABELS, drawImage } from '../../harness/pictures/pictures';
import { ARTICLE_DEFAULTS } from '../../src/contract/head';
import type { Verdict } from '../../src/contract/report';
import { classify } from '../../src/pipeline/head/classify';
import type { FeatureTable } from '../../src/pipeline/head/data';
import { makeFolds } from '../../src/pipeline/head/folds';
import { seededRandom } from '../../src/pipeline/head/random';
import { trainHead } from '../../src/pipeline/head/train';
import { calibrationOf } from '../../src/pipeline/report/calibration';
import { predictedClass, tallyOfVerdicts } from '../../src/pipeline/report/verdicts';
import { nodeTable } from './learn/node-table';
import { deviation, mean } from './results/statistics';
import { machineInWords, print, type Result, save } from './results/table';

const USAGE = `npm run bench -- calibration [options]
  --images DIR   a folder of folders of images, each a label; several times for several sets (drawn pictures without it)
  --splits N     seeded splits (5)
  --out FILE     the tables as JSON`;

const CACHE = join(import.meta.dirname, '../../.cache');
/** One seventh, near to the app's 15 %, is held out for the test, and one of the rest for validation. */
const PARTS = 7;
/** Drawn images of each label: as many as a first project has. */
const DRAWN = 40;
/** Draws of a model that is calibrated by construction. */
const DRAWS = 200;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      images: { type: 'string', multiple: true },
      splits: { type: 'string', default: '5' },
      out: { type: 'string' },
    },
  });
  if (!(Number(values.splits) > 0)) {
    console.error(USAGE);
    return 2;
  }
  await tf.setBackend('wasm');
  const results: Result[] = [];
  for (const images of values.images ?? [drawnFolder()]) {
    const result = await measure(resolve(images), Number(values.splits));
    print(result);
    results.push(result);
  }
  save(values.out, results);
  return 0;
}

async function measure(images: string, splits: number): Promise<Result> {
  const table = await nodeTable(images);
  const found: Record<'error' | 'perfect' | 'accuracy' | 'confidence', number[]> = {
    error: [],
    perfect: [],
    accuracy: [],
    confidence: [],
  };
  const all: Verdict[] = [];
  for (let seed = 1; seed <= splits; seed++) {
    const verdicts = await judge(table, seed);
    const { error, confidence } = calibrationOf(verdicts)!;
    found.error.push(error);
    found.perfect.push(errorOfPerfect(verdicts, seed));
    found.confidence.push(confidence);
    const { right, of } = tallyOfVerdicts(verdicts);
    found.accuracy.push(right / of);
    all.push(...verdicts);
  }
  const row = (name: string, values: number[], note: string) => ({
    name,
    value: 100 * mean(values),
    unit: '%',
    note: `± ${(100 * deviation(values)).toFixed(1)}${note}`,
  });
  const pooled = calibrationOf(all)!;
  return {
    bench: `calibration, ${basename(images)}, ${table.count} images, ${splits} splits of ${Math.round(all.length / splits)} test images`,
    machine: machineInWords(),
    browser: 'no browser',
    rows: [
      row('accuracy', found.accuracy, ''),
      row('mean sureness', found.confidence, ''),
      row('expected calibration error', found.error, ', each split by itself'),
      row('the same of a model without any', found.perfect, ', drawn: what so few images cost'),
      {
        name: 'error over all splits together',
        value: 100 * pooled.error,
        unit: '%',
        note: `${pooled.images} answers`,
      },
      {
        name: 'the same of a model without any ',
        value: 100 * errorOfPerfect(all, 0),
        unit: '%',
        note: 'drawn',
      },
    ],
    goals: [],
  };
}

/** Trains as the app does for these weights, and answers for the images held out. */
async function judge(table: FeatureTable, seed: number): Promise<Verdict[]> {
  const every = Int32Array.from({ length: table.count }, (_, row) => row);
  const { fit, held } = makeFolds(table, every, PARTS, seededRandom(seed))[0]!;
  const inner = makeFolds(table, fit, PARTS - 1, seededRandom(seed + 50))[0]!;
  const options = { ...ARTICLE_DEFAULTS, seed };
  const request = { table, train: inner.fit, valid: inner.held, choice: 'linear' as const, options, timeCap: 600 };
  const p = await classify((await trainHead(request)).weights, table, held);
  return Array.from(held, (row, i) => ({
    sha256: `${seed} ${row}`,
    split: 'test',
    truth: table.truth[row]!,
    p: Array.from(p.subarray(i * table.classes, (i + 1) * table.classes)),
  }));
}

/** What is measured of a model that is right exactly as often as it says: each answer is right by a throw of that chance. */
function errorOfPerfect(verdicts: Verdict[], seed: number): number {
  const random = seededRandom(1000 + seed);
  const draws = Array.from({ length: DRAWS }, () => {
    const thrown = verdicts.map((one): Verdict => {
      const said = predictedClass(one);
      const right = random.uniform() < (one.p[said] ?? 0);
      return { ...one, truth: right ? said : (said + 1) % one.p.length };
    });
    return calibrationOf(thrown)!.error;
  });
  return mean(draws);
}

/** The demo's own images as a folder of folders. */
function drawnFolder(): string {
  const folder = join(CACHE, 'drawn');
  for (const label of DRAWN_LABELS) {
    mkdirSync(join(folder, label), { recursive: true });
    for (let i = 0; i < DRAWN; i++) {
      const { name, bytes } = drawImage(label, i);
      writeFileSync(join(folder, label, name), bytes);
    }
  }
  return folder;
}
