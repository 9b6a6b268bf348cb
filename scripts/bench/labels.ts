// What the penalty of the linear head and a second pass are worth, on the built-in network's features and in Node alone.
import '@tensorflow/tfjs-backend-wasm';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { Penalty } from '../../src/contract/head';
import { classify } from '../../src/pipeline/head/classify';
import { type FeatureTable, score } from '../../src/pipeline/head/data';
import { makeFolds } from '../../src/pipeline/head/folds';
import { openLinear } from '../../src/pipeline/head/linear';
import { outOfFold } from '../../src/pipeline/head/out-of-fold';
import { LAMBDAS } from '../../src/pipeline/head/penalty';
import { seededRandom } from '../../src/pipeline/head/random';
import { nodeTable } from './learn/node-table';
import { deviation, mean } from './results/statistics';
import { machineInWords, print, type Result, save } from './results/table';

const USAGE = `npm run bench -- labels --images DIR [options]
  --images DIR   a folder of folders of images, each a label
  --splits N     seeded splits, and seeded sets of flipped labels (5)
  --out FILE     the table as JSON`;

/** The grid of before: the same for every backbone, and too weak for the built-in one. */
const BARE: Penalty[] = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4].map(l2 => ({ l2 }));
const BY_VARIANCE: Penalty[] = LAMBDAS.map(lambda => ({ lambda }));
const GRIDS = { 'bare L2': BARE, 'L2 by variance': BY_VARIANCE };
/** Share of labels that are flipped, and of the ranking that is looked through. */
const FLIPPED = 0.2;
/** One seventh of the images, near to the app's 15 %, is held out. */
const PARTS = 7;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { images: { type: 'string' }, splits: { type: 'string', default: '5' }, out: { type: 'string' } },
  });
  if (values.images === undefined) {
    console.error(USAGE);
    return 2;
  }
  await tf.setBackend('wasm');
  const table = await nodeTable(resolve(values.images));
  const found = new Map<string, number[]>();
  const note = (name: string, value: number) => found.set(name, [...(found.get(name) ?? []), value]);
  for (let seed = 1; seed <= Number(values.splits); seed++) {
    await judgeSplit(table, seed, note);
    await judgeFlips(table, seed, note);
    console.log(
      `${seed} of ${values.splits}: ${[...found].map(([name, all]) => `${name} ${all.at(-1)?.toFixed(3)}`).join('; ')}`,
    );
  }
  const result: Result = {
    bench: `labels, ${basename(resolve(values.images))}, ${table.count} images`,
    machine: machineInWords(),
    browser: 'no browser',
    rows: [...found].map(([name, all]) => ({
      name,
      value: mean(all),
      unit: '',
      note: `± ${deviation(all).toFixed(3)}`,
    })),
    goals: [
      {
        name: 'flipped labels found, both treatments less none',
        ratio:
          mean(found.get('flips found, L2 by variance, two passes')!) -
          mean(found.get('flips found, bare L2, one pass')!),
        wanted: 0,
      },
    ],
  };
  print(result);
  save(values.out, result);
  return 0;
}

type Note = (name: string, value: number) => void;

async function judgeSplit(table: FeatureTable, seed: number, note: Note): Promise<void> {
  const { fit, held } = makeFolds(table, range(table.count), PARTS, seededRandom(seed))[0]!;
  for (const [name, grid] of Object.entries(GRIDS)) {
    const penalty = await chosen(table, fit, grid, seed);
    const problem = openLinear(table, fit, true);
    const { weights } = await problem.fit(penalty);
    problem.dispose();
    note(`test accuracy, ${name}`, score(table, held, await classify(weights, table, held)).acc);
  }
}

async function judgeFlips(table: FeatureTable, seed: number, note: Note): Promise<void> {
  const random = seededRandom(100 + seed);
  const truth = table.truth.slice();
  const flips = random.shuffle([...truth.keys()]).slice(0, Math.round(FLIPPED * table.count));
  for (const row of flips)
    truth[row] = (truth[row]! + 1 + Math.floor(random.uniform() * (table.classes - 1))) % table.classes;
  const noisy = { ...table, truth };
  const wrong = new Set(flips);
  for (const [name, grid] of Object.entries(GRIDS)) {
    const penalty = await chosen(noisy, range(table.count), grid, seed);
    for (const passes of [1, 2] as const) {
      const p = (await outOfFold(noisy, { penalty, balanced: true, seed, passes }, () => {}))!;
      const own = (row: number) => p[row * table.classes + truth[row]!]!;
      const lowest = [...range(table.count)].sort((a, b) => own(a) - own(b)).slice(0, flips.length);
      const share = lowest.filter(row => wrong.has(row)).length / flips.length;
      note(`flips found, ${name}, ${passes === 1 ? 'one pass' : 'two passes'}`, share);
    }
  }
}

/** The penalty of lowest cross-validated loss, as the automatic choice finds it. */
async function chosen(table: FeatureTable, rows: Int32Array, grid: Penalty[], seed: number): Promise<Penalty> {
  const losses = grid.map(() => 0);
  for (const { fit, held } of makeFolds(table, rows, 5, seededRandom(seed + 3))) {
    const problem = openLinear(table, fit, true);
    let start: Float64Array | undefined;
    for (const [i, penalty] of grid.entries()) {
      const { weights, parameters } = await problem.fit(penalty, start);
      start = parameters;
      losses[i]! += score(table, held, await classify(weights, table, held)).loss;
    }
    problem.dispose();
  }
  return grid[losses.indexOf(Math.min(...losses))]!;
}

function range(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}
