// report.json says what network the numbers belong to, by counts that can be checked by hand, and what wrote it.
import { describe, expect, it } from 'vitest';
import { ARTICLE_DEFAULTS, type HeadWeights } from '../../../src/contract/head';
import type { Model } from '../../../src/contract/report';
import { reportJson } from '../../../src/pipeline/export/report-json';

const [HIDDEN, CLASSES] = [1024, 3];
const numbers = (length: number) => new Float32Array(length);
const matrix = (rows: number, columns: number) => ({ rows, columns, values: numbers(rows * columns) });
const ARTICLE: HeadWeights = {
  kind: 'article',
  w1: matrix(2048, HIDDEN),
  b1: numbers(HIDDEN),
  gamma: numbers(HIDDEN),
  beta: numbers(HIDDEN),
  mean: numbers(HIDDEN),
  variance: numbers(HIDDEN),
  w2: matrix(HIDDEN, CLASSES),
  b2: numbers(CLASSES),
};
const LINEAR: HeadWeights = { kind: 'linear', w: matrix(2048, CLASSES), b: numbers(CLASSES), l2: 0.1 };

function model(head: HeadWeights): Model {
  const backbone = { id: 'resnet50-keras-v1-abc-squash224', weights: 'seeded' } as const;
  return {
    id: 'model',
    createdAt: 1,
    labels: [],
    backbone: { ...backbone, family: 'keras-v1', source: 'seed 1' },
    head,
    report: {
      labels: ['a', 'b', 'c'],
      counts: {},
      found: 0,
      stored: 0,
      rejected: {},
      backbone,
      backend: 'wasm',
      head: { choice: 'article', kind: head.kind, options: ARTICLE_DEFAULTS },
      epochs: 10,
      bestEpoch: 3,
      history: [],
      trainAccuracy: 1,
      validAccuracy: 0.5,
      testAccuracy: Number.NaN,
      confusion: { labels: [], matrix: [] },
      perClass: [],
      seconds: { features: 1, head: 1 },
      imagesPerSecond: 1,
      seed: 7,
      trainedAt: 1,
    },
    verdicts: [],
  };
}

const read = (head: HeadWeights) => JSON.parse(reportJson(model(head), { gleaner: '1.2.3', tfjs: '4.5.6' }));

describe('reportJson', () => {
  it('holds the whole report, its hyper-parameters and the versions', () => {
    const json = read(ARTICLE);
    expect(json).toMatchObject({ ...model(ARTICLE).report, testAccuracy: null });
    expect(json.versions).toEqual({ gleaner: '1.2.3', tfjs: '4.5.6', format: 1 });
  });

  it('says what the penalty of a linear head is measured in, and of one from before λ only the strength', () => {
    const penaltyOf = (head: HeadWeights) => read(head).architecture.head.penalty;
    expect(penaltyOf({ ...LINEAR, l2: 0.15, lambda: 0.1 } as HeadWeights)).toEqual({
      l2: 0.15,
      lambda: 0.1,
      loss: expect.stringContaining("lambda · (sum of the features' variances) / 100"),
    });
    expect(penaltyOf(LINEAR)).toEqual({ l2: 0.1, loss: expect.not.stringContaining('lambda') });
    expect(penaltyOf(ARTICLE)).toBeUndefined();
  });

  it("describes the article's head layer by layer, dropout in training too", () => {
    const { head } = read(ARTICLE).architecture;
    expect(head.layers).toEqual([
      { name: 'dropout', layer: 'Dropout', output: [2048], parameters: 0, weights: {}, rate: 0.3 },
      {
        name: 'hidden',
        layer: 'Dense',
        output: [1024],
        parameters: 2048 * 1024 + 1024,
        weights: { kernel: [2048, 1024], bias: [1024] },
        activation: 'relu',
      },
      {
        name: 'hidden_norm',
        layer: 'BatchNormalization',
        output: [1024],
        parameters: 4 * 1024,
        weights: { gamma: [1024], beta: [1024], moving_mean: [1024], moving_variance: [1024] },
      },
      {
        name: 'probabilities',
        layer: 'Dense',
        output: [3],
        parameters: 1024 * 3 + 3,
        weights: { kernel: [1024, 3], bias: [3] },
        activation: 'softmax',
      },
    ]);
    expect(head.parameters).toBe(2_105_347);
  });

  it('describes the linear head', () => {
    const { head } = read(LINEAR).architecture;
    expect(head.layers.map(({ layer, output }: { layer: string; output: number[] }) => [layer, output])).toEqual([
      ['Dense', [3]],
    ]);
    expect(head.parameters).toBe(2048 * 3 + 3);
  });

  it('names the backbone and says what it is made of', () => {
    const { backbone } = read(LINEAR).architecture;
    expect(backbone).toMatchObject({ id: 'resnet50-keras-v1-abc-squash224', weights: 'seeded', trained: false });
    // ResNet-50 has 53 convolutions; their kernels and biases, the batch norms folded into them.
    expect(backbone.parameters).toBe(23_481_472);
    expect(backbone.layers).toHaveLength(1 + 1 + 16 * 4 + 4 + 1);
    expect(backbone.layers.slice(0, 3)).toEqual([
      'conv1_conv: convolution 7 × 7, 3 → 64, of stride 2, padded by 3, of image, batch norm folded in, ReLU',
      'pool1_pool: max pooling 3 × 3 of stride 2, padded by 1, of conv1_conv',
      'conv2_block1_0_conv: convolution 1 × 1, 64 → 256, of stride 1, padded by 0, of pool1_pool, batch norm folded in',
    ]);
    expect(backbone.layers.slice(-2)).toEqual([
      'conv5_block3_out: sum of conv5_block2_out and conv5_block3_3_conv, ReLU',
      'avg_pool: mean over the positions, 2048 features',
    ]);
  });

  it('describes each backbone where the head reads two', () => {
    const own = model({ ...LINEAR, w: matrix(3328, CLASSES) } as HeadWeights);
    own.beside = [
      { id: 'efficientnet-lite0-a-squash224', family: 'efficientnet-lite0', weights: 'imagenet', source: 'a file' },
    ];
    const { architecture } = JSON.parse(reportJson(own, { gleaner: '1.2.3', tfjs: '4.5.6' }));
    expect(architecture.backbone.network).toBe('ResNet-50');
    expect(architecture.beside).toHaveLength(1);
    expect(architecture.beside[0]).toMatchObject({ network: 'EfficientNet-Lite0', source: 'a file', trained: false });
    expect(architecture.head.parameters).toBe(3328 * 3 + 3);
  });

  it('says how images are seen, and whose the network is', () => {
    expect(read(LINEAR).architecture).toMatchObject({ geometry: 'squash', input: expect.stringContaining('squashed') });
    const own = model(LINEAR);
    own.backbone = { ...own.backbone, id: 'efficientnet-lite0-b162cb0e1da74881-crop224', family: 'efficientnet-lite0' };
    const versions = { gleaner: '1.2.3', tfjs: '4.5.6' };
    const { architecture } = JSON.parse(reportJson(own, versions));
    expect(architecture).toMatchObject({ geometry: 'crop', input: expect.stringContaining('middle square') });
    expect(architecture.backbone).toMatchObject({ network: 'EfficientNet-Lite0', licence: 'Apache-2.0' });
    expect(architecture.backbone.layers[1]).toBe(
      'block1a_dwconv: depthwise convolution 3 × 3, 32 channels, of stride 1, padded by 1, of stem_conv, batch norm folded in, ReLU up to 6',
    );
    expect(architecture.backbone.layers[0]).toContain('padded by 0 before and 1 after');
  });
});
