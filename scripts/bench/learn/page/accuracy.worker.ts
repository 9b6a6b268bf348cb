// Every head on one seeded split of cached features: its accuracy on the test rows.
import { backboneOfId } from '../../../../src/backbones';
import { ARTICLE_DEFAULTS, type HeadWeights, type Resemblance } from '../../../../src/contract/head';
import { getFeatures } from '../../../../src/edges/store/features';
import { startBackend } from '../../../../src/edges/tf-backend';
import { expose } from '../../../../src/entries/workers/worker-bridge';
import { classify } from '../../../../src/pipeline/head/classify';
import { type FeatureTable, score } from '../../../../src/pipeline/head/data';
import { trainLinear } from '../../../../src/pipeline/head/linear';
import { LAMBDAS } from '../../../../src/pipeline/head/penalty';
import { seededRandom } from '../../../../src/pipeline/head/random';
import { learnResemblance, resembles } from '../../../../src/pipeline/head/resemblance';
import { trainHead } from '../../../../src/pipeline/head/train';

export interface Labelled {
  sha256: string;
  truth: number;
  group: string;
}

/** Shares, 0 to 1, of images that are said to resemble what was learnt. */
export interface Acceptance {
  known: number;
  far: number;
  near: number;
}

const NONE = new Int32Array(0);

const api = {
  async judge(labelled: Labelled[], backbone: string, seed: number, mirror: boolean, timeCap: number) {
    await startBackend('wasm');
    const table = await read(labelled, backbone, mirror);
    const { train, valid, test } = split(labelled, seed);
    const both = Int32Array.from([...train, ...valid]);
    const accuracy = async (weights: HeadWeights) => score(table, test, await classify(weights, table, test)).acc;
    const options = { ...ARTICLE_DEFAULTS, seed };
    const request = { table, train, valid, options, timeCap };
    const article = async (strictKeras: boolean, rows = train) => {
      const trained = await trainHead({
        ...request,
        train: rows,
        choice: 'article',
        options: { ...options, strictKeras },
      });
      return accuracy(trained.weights);
    };
    const heads: Record<string, number> = {};
    heads["article's, moving averages"] = await article(true);
    heads["article's, recomputed"] = await article(false);
    if (mirror) {
      const images = train.map(row => row + labelled.length);
      heads["article's, recomputed, mirror images"] = await article(false, Int32Array.from([...train, ...images]));
    }
    for (const lambda of LAMBDAS) {
      const { weights } = await trainLinear(table, both, NONE, { penalty: { lambda }, balanced: true });
      heads[`linear, λ ${lambda}, on train + valid`] = await accuracy(weights);
    }
    heads['linear, L2 by cross-validation'] = await accuracy(
      (await trainHead({ ...request, choice: 'linear' })).weights,
    );
    heads.automatic = await accuracy((await trainHead({ ...request, choice: 'auto' })).weights);
    return heads;
  },

  /**
   * Shares that "none of these" accepts on one split: of known images not learnt from, of another domain, and of the images of
   * a label of this domain that was not learnt, over each label in turn.
   */
  async judgeUnknown(labelled: Labelled[], far: Labelled[], backbone: string, seed: number): Promise<Acceptance> {
    const [table, others] = [await read(labelled, backbone, false), await read(far, backbone, false)];
    const { train, valid, test } = split(labelled, seed);
    const both = Int32Array.from([...train, ...valid]);
    const all = (of: FeatureTable) => Int32Array.from({ length: of.count }, (_, row) => row);
    const known = learnt(table, both);
    const near: number[] = [];
    for (let k = 0; k < table.classes; k++) {
      const without = learnt(
        table,
        both.filter(row => table.truth[row] !== k),
      );
      const unseen = all(table).filter(row => table.truth[row] === k);
      near.push(accepted(without, table, unseen));
    }
    return {
      known: accepted(known, table, test),
      far: accepted(known, others, all(others)),
      near: near.reduce((sum, value) => sum + value, 0) / near.length,
    };
  },
};
export type AccuracyWorker = typeof api;
expose(api);

function learnt(table: FeatureTable, rows: Int32Array): Resemblance {
  const resemblance = learnResemblance(table, rows);
  if (!resemblance) throw new Error('there are too few images to compare');
  return resemblance;
}

function accepted(resemblance: Resemblance, { m, length }: FeatureTable, rows: Int32Array): number {
  const passing = rows.filter(row => resembles(resemblance, m.subarray(row * length, (row + 1) * length)));
  return passing.length / rows.length;
}

/** Mirror images stand after all images, in the same order. */
async function read(labelled: Labelled[], backbone: string, mirror: boolean): Promise<FeatureTable> {
  const all = mirror ? [...labelled, ...labelled] : labelled;
  const { length } = backboneOfId(backbone)!;
  const [m, q] = [new Float32Array(all.length * length), new Float32Array(all.length * length)];
  for (const [i, { sha256 }] of all.entries()) {
    const [found] = await getFeatures(backbone, [sha256], i < labelled.length ? '' : 'mirror');
    if (!found) throw new Error(`there are no features of ${sha256}`);
    m.set(found.m, i * length);
    q.set(found.q, i * length);
  }
  const truth = Int32Array.from(all, one => one.truth);
  const classes = Math.max(...truth) + 1;
  return { count: all.length, length, m, q, truth, classes, groups: all.map(({ group }) => group) };
}

/** 70/15/15 of each label's groups, shuffled by the seed; a group goes where its first image's label puts it. */
function split(labelled: Labelled[], seed: number): Record<'train' | 'valid' | 'test', Int32Array> {
  const groups = new Map<string, number[]>();
  for (const [row, { group }] of labelled.entries()) groups.set(group, [...(groups.get(group) ?? []), row]);
  const list = [...groups.values()];
  const order = seededRandom(seed + 1000).shuffle([...list.keys()]);
  const parts: Record<'train' | 'valid' | 'test', number[]> = { train: [], valid: [], test: [] };
  const total = new Map<number, number>();
  for (const { truth } of labelled) total.set(truth, (total.get(truth) ?? 0) + 1);
  const placed = new Map<number, number>();
  for (const i of order) {
    const rows = list[i]!;
    const { truth } = labelled[rows[0]!]!;
    const share = (placed.get(truth) ?? 0) / total.get(truth)!;
    parts[share < 0.15 ? 'test' : share < 0.3 ? 'valid' : 'train'].push(...rows);
    placed.set(truth, (placed.get(truth) ?? 0) + rows.length);
  }
  const rows = (part: number[]) => Int32Array.from(part);
  return { train: rows(parts.train), valid: rows(parts.valid), test: rows(parts.test) };
}
