// What looking on at collecting is worth: pages of a search with intruders, and which of their thumbnails are held back.
import '@tensorflow/tfjs-backend-wasm';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { BUILT_IN } from '../../src/backbones';
import { type Evidence, judgeFinds } from '../../src/pipeline/harvest/judge-finds';
import { labelLook } from '../../src/pipeline/harvest/unlike-label';
import { openLinear } from '../../src/pipeline/head/linear';
import { PLAIN_LAMBDA } from '../../src/pipeline/head/penalty';
import { predict } from '../../src/pipeline/head/predict';
import { type Random, seededRandom } from '../../src/pipeline/head/random';
import { builtInFeatures, type LabelledFeatures } from './learn/node-features';
import { type Goal, machineInWords, print, type Result, type Row, save } from './results/table';

const USAGE = `npm run bench -- collect --images DIR --far DIR [options]
  --images DIR   a folder of folders of images, each a label
  --far DIR      another such folder, of other things
  --finds N      finds of a page (100)
  --draws N      seeded pages of each label (10)
  --out FILE     the table as JSON`;

const THUMBNAIL = 200;
/** Share of intruders on a page; pages without any show what a rule costs where nothing is wrong. */
const SHARES = [0.2, 0];
/** Images a label has. */
const KNOWN = [10, 20, 40];
const LENGTH = BUILT_IN.length;

/** A set of labels: full size for what the dataset has, thumbnails for what a page shows. */
interface Labelled {
  full: LabelledFeatures;
  small: LabelledFeatures;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      images: { type: 'string' },
      far: { type: 'string' },
      finds: { type: 'string', default: '100' },
      draws: { type: 'string', default: '10' },
      out: { type: 'string' },
    },
  });
  if (values.images === undefined || values.far === undefined) {
    console.error(USAGE);
    return 2;
  }
  await tf.setBackend('wasm');
  const [near, far] = [await read(resolve(values.images)), await read(resolve(values.far))];
  const [finds, draws] = [Number(values.finds), Number(values.draws)];
  const tally = new Map<string, { held: number; of: number }>();
  for (const [set, other] of [
    [near, far],
    [far, near],
  ] as const) {
    for (let draw = 1; draw <= draws; draw++) await judgePages(set, other, finds, draw, tally);
  }
  const share = (name: string) => tally.get(name)!.held / Math.max(1, tally.get(name)!.of);
  const rows: Row[] = [...tally.keys()].map(name => ({
    name,
    value: 100 * share(name),
    unit: '%',
    note: `of ${tally.get(name)!.of}`,
  }));
  const goals: Goal[] = [near, far].flatMap(({ full }) => [
    {
      name: `${nameOf(full)}, no label: off topic held back`,
      ratio: share(`${nameOf(full)}, no label: off topic`),
      wanted: 0.8,
    },
    {
      name: `${nameOf(full)}, no label: right ones held back`,
      ratio: share(`${nameOf(full)}, no label: right beside off topic`),
      wanted: 0.05,
      atMost: true,
    },
  ]);
  const result: Result = {
    bench: `collect, pages of ${finds} finds`,
    machine: machineInWords(),
    browser: 'no browser',
    rows,
    goals,
  };
  print(result);
  save(values.out, result);
  return 0;
}

type Tally = Map<string, { held: number; of: number }>;

const nameOf = ({ labels }: LabelledFeatures) => `${labels.length} labels`;

async function read(images: string): Promise<Labelled> {
  return { full: await builtInFeatures(images), small: await builtInFeatures(images, THUMBNAIL) };
}

/** One page of each label, with intruders of other things, of one other thing, and of another label of its own kind. */
async function judgePages(set: Labelled, other: Labelled, finds: number, seed: number, tally: Tally): Promise<void> {
  const random = seededRandom(seed);
  const { truth, labels } = set.full;
  const rows = labels.map((_, k) =>
    shuffled(
      random,
      [...truth.keys()].filter(row => truth[row] === k),
    ),
  );
  const most = Math.max(...KNOWN);
  const heads = new Map<number, Evidence['head']>();
  for (const count of KNOWN)
    heads.set(
      count,
      await headOf(
        set.full,
        rows.map(all => all.slice(0, count)),
      ),
    );
  for (const [k, own] of rows.entries()) {
    const fresh = own.slice(most);
    const alien = (k + 1 + random.integer(labels.length - 1)) % labels.length;
    const kind = random.integer(other.full.labels.length);
    const all = [...other.small.truth.keys()];
    const intruders = {
      'off topic': features(other.small, shuffled(random, all)),
      'off topic, all of one kind': features(
        other.small,
        shuffled(
          random,
          all.filter(row => other.small.truth[row] === kind),
        ),
      ),
      'another label': features(set.small, rows[alien]!.slice(most)),
    };
    for (const share of SHARES) {
      const wrong = Math.round(share * Math.min(finds, fresh.length / (1 - share)));
      const right = features(set.small, fresh.slice(0, Math.round((wrong / share || finds) * (1 - share))));
      for (const [what, strangers] of Object.entries(intruders)) {
        if (wrong === 0 && what !== 'off topic') continue;
        const page = new Map<string, Float32Array>();
        for (const [i, m] of right.entries()) page.set(`right ${i}`, m);
        for (const [i, m] of strangers.slice(0, wrong).entries()) page.set(`wrong ${i}`, m);
        const judge = (name: string, known: Evidence) => {
          const held = [...judgeFinds(page, known).keys()];
          const count = (kind: string, title: string) => {
            const sum = tally.get(title) ?? { held: 0, of: 0 };
            sum.held += held.filter(key => key.startsWith(kind)).length;
            sum.of += [...page.keys()].filter(key => key.startsWith(kind)).length;
            tally.set(title, sum);
          };
          const prefix = `${nameOf(set.full)}, ${name}:`;
          if (wrong > 0) count('wrong', `${prefix} ${what}`);
          count('right', wrong > 0 ? `${prefix} right beside ${what}` : `${prefix} right, nothing wrong`);
        };
        judge('no label', {});
        for (const count of KNOWN) {
          const look = labelLook(features(set.full, own.slice(0, count)));
          judge(`${count} images`, { look });
          judge(`${count} images and a head`, { look, head: { ...heads.get(count)!, own: k } });
        }
      }
    }
  }
}

async function headOf(
  { m, truth, labels }: LabelledFeatures,
  rows: number[][],
): Promise<NonNullable<Evidence['head']>> {
  const learnt = Int32Array.from(rows.flat());
  const table = {
    count: truth.length,
    length: LENGTH,
    m,
    q: new Float32Array(0),
    truth,
    classes: labels.length,
    groups: [],
  };
  const problem = openLinear(table, learnt, true);
  const { weights } = await problem.fit({ lambda: PLAIN_LAMBDA });
  problem.dispose();
  return { labels, own: 0, predict: features => predict(weights, [features])[0]! };
}

function features({ m }: LabelledFeatures, rows: readonly number[]): Float32Array[] {
  return rows.map(row => m.subarray(row * LENGTH, (row + 1) * LENGTH));
}

function shuffled(random: Random, rows: number[]): number[] {
  return random.shuffle(rows);
}
