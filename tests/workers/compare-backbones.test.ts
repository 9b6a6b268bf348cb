// Backbones side by side: both win where each knows what the other does not, and never where the second only costs.
import 'fake-indexeddb/auto';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const held = vi.hoisted(() => ({ api: undefined as unknown }));
vi.mock('../../src/entries/workers/worker-bridge', () => ({ expose: (api: unknown) => (held.api = api) }));
vi.mock('../../src/edges/tf-backend', () => ({
  startBackend: async () => undefined,
  onDevice: (work: () => unknown) => work(),
}));

import { backbonesOf, inputId } from '../../src/backbones/together';
import type { BackboneInfo } from '../../src/contract/features';
import { ARTICLE_DEFAULTS } from '../../src/contract/head';
import { BUILT_IN_INFO } from '../../src/edges/store/backbones';
import { getFeatures, putFeatures } from '../../src/edges/store/features';
import { modelInUse } from '../../src/edges/store/models';
import { compareBackbones } from '../../src/entries/workers/compare-backbones';
import type { HeadWorker } from '../../src/entries/workers/head.worker';
import type { HeadJob } from '../../src/entries/workers/head-job';
import { headToResumeFrom } from '../../src/entries/workers/resume';
import { predict } from '../../src/pipeline/head/predict';
import { seededRandom } from '../../src/pipeline/head/random';
import { nearestMean } from '../../src/pipeline/head/resemblance';
import { MODEL_LABELS, storeBytes, storeModelLabel } from '../edges/store/stored-rows';

const COUNT = 60;
const never = new AbortController().signal;
const resnet = (weights: string): BackboneInfo => ({
  id: `resnet50-torch-v1.5-${weights}-crop224`,
  family: 'torch-v1.5',
  weights: 'file',
  source: 'a file',
});
/** Four labels, told by two bits. */
const truthOf = (row: number) => row % 4;
const samples = Array.from({ length: COUNT }, (_, row) => ({
  sha256: `image ${row}`,
  truth: truthOf(row),
  split: row % 10 === 9 ? ('test' as const) : ('train' as const),
  group: `image ${row}`,
}));

/** Features in which each of these bits of the label moves a value of its own, under noise. */
async function fill(id: string, length: number, bits: number[], seed: number): Promise<void> {
  const random = seededRandom(seed);
  const rows = samples.map(({ sha256, truth }) => {
    const m = Float32Array.from({ length }, (_, i) => (i < 40 ? 0.3 * random.normal() : 0));
    for (const bit of bits) m[bit]! += (truth >> bit) & 1 ? 1 : -1;
    return { sha256, variant: '' as const, features: { m, q: new Float32Array(length) } };
  });
  await storeModelLabel();
  await storeBytes(rows.map(({ sha256 }) => sha256));
  await putFeatures(id, rows);
}

const job = (rival: BackboneInfo): HeadJob => ({
  request: { choice: 'auto', options: { ...ARTICLE_DEFAULTS, classWeights: true }, timeCap: 1e6 },
  samples,
  labels: [0, 1, 2, 3].map(k => ({ ...MODEL_LABELS[0]!, name: `${k}`, folder: `${k}` })),
  backbone: BUILT_IN_INFO,
  rivals: [rival],
  leftOut: [],
  pace: {},
  backend: 'wasm',
  found: COUNT,
  stored: COUNT,
  rejected: {},
  seconds: 0,
  imagesPerSecond: 0,
});

beforeAll(async () => {
  await tf.setBackend('wasm');
  await fill(BUILT_IN_INFO.id, 1280, [0], 1);
  await fill(resnet('a').id, 2048, [1], 2);
  await fill(resnet('b').id, 2048, [], 3);
});

describe('two backbones', () => {
  it('go on side by side where each knows a part of the labels, to a model that says so and answers by both', async () => {
    await import('../../src/entries/workers/head.worker');
    const worker = held.api as HeadWorker;
    const pace = { [BUILT_IN_INFO.id]: 3, [resnet('a').id]: 20 };
    const told: string[] = [];
    const model = await worker.train({ ...job(resnet('a')), pace }, (code, words) => {
      if (code === 'choosing_backbone') told.push(...words);
    });
    expect(told).toEqual(['EfficientNet-Lite0', 'ResNet-50', 'EfficientNet-Lite0 + ResNet-50']);
    expect(model.backbone).toEqual(BUILT_IN_INFO);
    expect(model.beside).toEqual([resnet('a')]);
    expect(model.report.beside).toEqual([{ id: resnet('a').id, weights: 'file' }]);
    const { head } = model.report;
    expect(head).toMatchObject({ choice: 'auto', kind: 'linear' });
    expect(head.backbones?.map(({ winner }) => winner)).toEqual([inputId(model), inputId(model)]);
    expect(head.backbones?.map(({ other }) => other).sort()).toEqual([BUILT_IN_INFO.id, resnet('a').id]);
    for (const { by, error, bytes, seconds } of head.backbones!) {
      expect(by).toBeGreaterThan(error);
      expect(bytes.winner).toBeGreaterThan(bytes.other);
      expect(seconds?.winner).toBe(23);
    }
    expect(head.leaderboard?.some(({ kind }) => kind === 'article')).toBe(false);
    expect(await modelInUse()).toEqual(model);

    const ids = backbonesOf(model).map(({ id }) => id);
    const [features] = await getFeatures(ids, ['image 9']);
    const { p } = model.verdicts.find(({ sha256 }) => sha256 === 'image 9')!;
    for (const [k, value] of predict(model.head, [features!.m])[0]!.entries()) expect(value).toBeCloseTo(p[k]!, 4);
    expect(nearestMean(model.resemblance!, features!.m)).toBeGreaterThan(0.3);

    const { rivals: _none, ...again } = job(resnet('a'));
    const request = { ...again.request, resume: true };
    const resumed = { ...again, beside: [resnet('a')], rivals: [], request };
    const next = await worker.train(resumed, () => undefined);
    expect(next.report.head.reason).toEqual({ code: 'continued', words: ['0'] });
    expect(next.beside).toEqual([resnet('a')]);
    // Of one backbone alone the head of both is no beginning.
    expect(await headToResumeFrom({ ...again, rivals: [], request })).toEqual({ news: COUNT });
  }, 60_000);

  it('do not where one adds nothing; the report still says what both together would cost', async () => {
    const { input, against } = await compareBackbones(job(resnet('b')), () => undefined, never);
    expect(input).toEqual({ backbone: BUILT_IN_INFO });
    const together = against!.comparisons.find(({ other }) => other.includes('+'))!;
    expect(together.bytes.other).toBeGreaterThan(together.bytes.winner);
  });

  it('do not where they see images in different ways', async () => {
    const squashed = { ...resnet('a'), id: 'resnet50-torch-v1.5-c-squash224' };
    await fill(squashed.id, 2048, [1], 2);
    const { against } = await compareBackbones(job(squashed), () => undefined, never);
    expect([against!.winner, ...against!.comparisons.map(({ other }) => other)].sort()).toEqual([
      BUILT_IN_INFO.id,
      squashed.id,
    ]);
  });
});
