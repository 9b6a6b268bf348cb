// Test accuracy of the linear head on each backbone, and on all joined, by images a label: what the automatic choice has to go by.
import '@tensorflow/tfjs-backend-wasm';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { BUILT_IN } from '../../src/backbones';
import { packedLength } from '../../src/backbones/layers';
import { ARTICLE_DEFAULTS } from '../../src/contract/head';
import { nearPairs } from '../../src/pipeline/bucket/near-duplicates/by-features';
import { chooseHead } from '../../src/pipeline/head/auto';
import { chooseBackbone, type RatedBackbone } from '../../src/pipeline/head/backbone-choice';
import { classify } from '../../src/pipeline/head/classify';
import { type FeatureTable, score } from '../../src/pipeline/head/data';
import { makeFolds } from '../../src/pipeline/head/folds';
import { trainLinear } from '../../src/pipeline/head/linear';
import { seededRandom } from '../../src/pipeline/head/random';
import { builtIn, featuresOf, fromFile, inBytes, seeded, type WeightedBackbone } from './learn/node-features';
import { deviation, mean } from './results/statistics';
import { machineInWords, print, type Result, save } from './results/table';

const USAGE = `npm run bench -- accuracy --images DIR [--images DIR …] [options]
  --images DIR      a folder of folders of images, each a label
  --backbone FILE   a .h5 or .safetensors file beside the built-in network; "seeded" or "int8" for the built-in
                    network with random weights or rounded ones; may stand several times
  --splits N        seeded splits (5)
  --out FILE        the table as JSON`;

/** Images a label that are learnt from; the last is all there are. */
const PER_LABEL = [5, 10, 20, Number.POSITIVE_INFINITY];
/** One seventh of the images, near to the app's 15 %, is held out. */
const PARTS = 7;
const JOINED = 'joined';
const CHOSEN = 'chosen by the rule';

/** A table of features, and bytes of the weights it takes. */
interface Contender {
  name: string;
  bytes: number;
  /** Only a measure for the others: no training could take it. */
  measure?: true;
  table: FeatureTable;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      images: { type: 'string', multiple: true },
      backbone: { type: 'string', multiple: true, default: [] },
      splits: { type: 'string', default: '5' },
      out: { type: 'string' },
    },
  });
  if (values.images === undefined) {
    console.error(USAGE);
    return 2;
  }
  await tf.setBackend('wasm');
  const others = await Promise.all(values.backbone.map(other));
  const results: Result[] = [];
  for (const images of values.images) {
    const contenders = await contendersOf(resolve(images), [await builtIn(), ...others]);
    results.push(await measure(basename(resolve(images)), contenders, Number(values.splits)));
    print(results.at(-1)!);
  }
  save(values.out, results);
  return 0;
}

function other(name: string): WeightedBackbone | Promise<WeightedBackbone> {
  if (name === 'seeded') return seeded(1);
  return name === 'int8' ? inBytes() : fromFile(name);
}

/** Each backbone's features, and those of all real ones side by side where there are several; near-duplicates have one group in all. */
async function contendersOf(images: string, backbones: WeightedBackbone[]): Promise<Contender[]> {
  const contenders: Contender[] = [];
  for (const by of backbones) {
    const { m, truth, labels } = await featuresOf(images, by);
    const { length, network } = by.backbone;
    const groups = contenders[0]?.table.groups ?? (await groupsOf(m, length));
    const measure = /^(?:seeded|int8)/.exec(by.key)?.[0];
    const name = measure ? `${network}, ${measure}` : network;
    const table = { count: truth.length, length, m, q: NONE, truth, classes: labels.length, groups };
    contenders.push({ name, bytes: 4 * packedLength(by.backbone), table, ...(measure && { measure: true }) });
  }
  const real = contenders.filter(({ measure }) => !measure);
  return real.length > 1 ? [...contenders, joined(real)] : contenders;
}
/** Only the article's head draws its dropout from q. */
const NONE = new Float32Array(0);

function joined(contenders: Contender[]): Contender {
  const tables = contenders.map(({ table }) => table);
  const length = tables.reduce((sum, table) => sum + table.length, 0);
  const { count } = tables[0]!;
  const m = new Float32Array(count * length);
  for (let row = 0, at = 0; row < count; row++) {
    for (const one of tables) {
      m.set(one.m.subarray(row * one.length, (row + 1) * one.length), at);
      at += one.length;
    }
  }
  const bytes = contenders.reduce((sum, one) => sum + one.bytes, 0);
  return { name: JOINED, bytes, table: { ...tables[0]!, length, m } };
}

async function groupsOf(m: Float32Array, length: number): Promise<string[]> {
  const groups = Array.from({ length: m.length / length }, (_, row) => String(row));
  for (const { a, b } of await nearPairs(m.slice(), length, BUILT_IN.nearDuplicateFrom)) {
    const [from, to] = [groups[a]!, groups[b]!];
    for (const [row, group] of groups.entries()) if (group === from) groups[row] = to;
  }
  return groups;
}

async function measure(set: string, contenders: Contender[], splits: number): Promise<Result> {
  const found = new Map<string, number[]>();
  const note = (name: string, acc: number) => found.set(name, [...(found.get(name) ?? []), acc]);
  const taken = new Map<string, number>();
  const { table } = contenders[0]!;
  for (let seed = 1; seed <= splits; seed++) {
    const all = Int32Array.from({ length: table.count }, (_, row) => row);
    const { fit, held } = makeFolds(table, all, PARTS, seededRandom(seed))[0]!;
    for (const each of PER_LABEL) {
      const rows = some(table, fit, each, seed);
      const amount = each === Number.POSITIVE_INFINITY ? 'all' : `${each} a label`;
      const rated: RatedBackbone[] = [];
      const accuracies = new Map<string, number>();
      for (const { name, bytes, table: own, measure } of contenders) {
        const options = { ...ARTICLE_DEFAULTS, seed };
        const choice = await chooseHead({ table: own, rows, options, withArticle: false, timeCap: 1e6 });
        const { lambda } = choice.winner as { lambda: number };
        const { weights } = await trainLinear(own, rows, new Int32Array(0), { penalty: { lambda }, balanced: true });
        const { acc } = score(own, held, await classify(weights, own, held));
        if (!measure) rated.push({ id: name, bytes, choice });
        accuracies.set(name, acc);
        note(`${amount}: ${name}`, acc);
      }
      if (rated.length === 1) continue;
      const [first, ...rest] = rated;
      const { winner } = chooseBackbone([first!, ...rest]);
      note(`${amount}: ${CHOSEN}`, accuracies.get(winner)!);
      taken.set(`${amount}, ${winner}`, (taken.get(`${amount}, ${winner}`) ?? 0) + 1);
    }
    console.log(`${set}: split ${seed} of ${splits}`);
  }
  if (taken.size > 0) console.log(`Taken: ${[...taken].map(([what, times]) => `${what}: ${times}`).join('; ')}.`);
  const rows = [...found].map(([name, accs]) => ({
    name,
    value: mean(accs),
    unit: '',
    note: `± ${deviation(accs).toFixed(3)}`,
  }));
  return { bench: `accuracy, ${set}`, machine: machineInWords(), browser: 'no browser', rows, goals: [] };
}

/** Of each label the first `each` rows in a seeded order. */
function some({ truth }: FeatureTable, rows: Int32Array, each: number, seed: number): Int32Array {
  const had = new Map<number, number>();
  return seededRandom(seed + 1000)
    .shuffle(rows.slice())
    .filter(row => {
      const count = had.get(truth[row]!) ?? 0;
      had.set(truth[row]!, count + 1);
      return count < each;
    });
}
