// The article's head here and in Keras: the same weights, features and batches for ten epochs give the same losses.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTICLE_DEFAULTS, type ArticleOptions } from '../../src/contract/head';
import { trainArticle } from '../../src/pipeline/head/article';
import { createArticleNetwork } from '../../src/pipeline/head/article-network';
import type { FeatureTable } from '../../src/pipeline/head/data';
import { seededRandom } from '../../src/pipeline/head/random';
import { runPython } from './python';

const CLASSES = 5;
const [TRAIN, VALID] = [130, 40];
const OPTIONS: ArticleOptions = { ...ARTICLE_DEFAULTS, dropout: 0, classWeights: false, strictKeras: true, seed: 11 };
/** Losses may differ by this much. */
const TOLERANCE = 1e-3;

type Losses = { loss: number; valLoss: number };

/** Throws when an epoch's loss differs; else says by how much at most. */
export async function headParity(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const table = drawFeatures(2048);
  const train = Int32Array.from({ length: TRAIN }, (_, i) => i);
  const valid = Int32Array.from({ length: VALID }, (_, i) => TRAIN + i);
  const network = createArticleNetwork(table.length, CLASSES, OPTIONS, seededRandom(3));
  const initial = network.read(network.moving());
  const ours = (await trainArticle({ table, train, valid, options: OPTIONS, initial })).history;

  const arrays = { x: table.m, truth: table.truth, w1: initial.w1.values, b1: initial.b1, w2: initial.w2.values };
  for (const [name, values] of Object.entries({ ...arrays, b2: initial.b2 })) {
    writeFileSync(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  const { learningRate: rate, epsilon, decay, hiddenUnits: hidden } = OPTIONS;
  const shape = { folder, inputs: table.length, hidden, classes: CLASSES };
  const run = { ...shape, rate, epsilon, decay, valid: [...valid], epochs: batches(train) };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
  const theirs = await runPython<Losses[]>('keras_head.py', [join(folder, 'run.json')]);

  if (theirs.length !== OPTIONS.epochs || ours.length !== OPTIONS.epochs) throw new Error('not ten epochs');
  const worst = Math.max(
    ...theirs.flatMap(({ loss, valLoss }, i) => [Math.abs(loss - ours[i]!.loss), Math.abs(valLoss - ours[i]!.valLoss)]),
  );
  const [first, last] = [theirs[0]!, theirs.at(-1)!];
  const words = `training loss ${first.loss.toFixed(4)} → ${last.loss.toFixed(4)}, validation ${first.valLoss.toFixed(4)} → ${last.valLoss.toFixed(4)}; largest difference ${worst.toExponential(1)}`;
  if (!(worst <= TOLERANCE))
    throw new Error(`${words}\nours ${JSON.stringify(ours)}\nKeras's ${JSON.stringify(theirs)}`);
  return words;
}

/** The batches that training draws: the same generator, shuffling the rows anew in every epoch. */
function batches(train: Int32Array): number[][][] {
  const order = seededRandom(OPTIONS.seed + 1);
  return Array.from({ length: OPTIONS.epochs }, () => {
    const rows = [...order.shuffle(train.slice())];
    const count = Math.ceil(rows.length / OPTIONS.batchSize);
    return Array.from({ length: count }, (_, i) => rows.slice(i * OPTIONS.batchSize, (i + 1) * OPTIONS.batchSize));
  });
}

/** Classes that overlap, in numbers like those the backbone gives: never negative, many small, few large. */
function drawFeatures(length: number): FeatureTable {
  const random = seededRandom(7);
  const count = TRAIN + VALID;
  const centres = Array.from({ length: CLASSES }, () => Float32Array.from({ length }, () => random.normal() * 0.25));
  const truth = Int32Array.from({ length: count }, (_, i) => i % CLASSES);
  const m = new Float32Array(count * length);
  for (let i = 0; i < m.length; i++) {
    m[i] = Math.max(0, 0.3 + centres[truth[Math.floor(i / length)]!]![i % length]! + 0.5 * random.normal());
  }
  return { count, length, m, q: new Float32Array(m.length), truth, classes: CLASSES, groups: Array(count).fill('') };
}
