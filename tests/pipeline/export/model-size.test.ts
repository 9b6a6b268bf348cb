// What model.zip will take, told before it is written: every network the head reads is in it.
import { expect, it } from 'vitest';
import { backboneOf } from '../../../src/backbones';
import { packedLength } from '../../../src/backbones/layers';
import type { BackboneInfo } from '../../../src/contract/features';
import type { HeadWeights } from '../../../src/contract/head';
import { exactNumbers } from '../../../src/pipeline/export/halves';
import { MODEL_DEFAULTS } from '../../../src/pipeline/export/model-options';
import { modelSize } from '../../../src/pipeline/export/model-size';

const info = (family: BackboneInfo['family']): BackboneInfo => ({ id: '', family, weights: 'file', source: '' });
const linear = (rows: number): HeadWeights => ({
  kind: 'linear',
  w: { rows, columns: 3, values: new Float32Array(3 * rows) },
  b: new Float32Array(3),
  l2: 0,
});

it('grows by the second network and its part of the head, and by the head alone where that is all', () => {
  const one = { backbone: info('efficientnet-lite0'), head: linear(1280) };
  const two = { backbone: one.backbone, beside: [info('torch-v1.5')], head: linear(1280 + 2048) };
  const resnet = packedLength(backboneOf('torch-v1.5'));
  const grown = (options: typeof MODEL_DEFAULTS) => modelSize(two, options) - modelSize(one, options);
  expect(grown(MODEL_DEFAULTS)).toBe(4 * (resnet + 3 * 2048));
  expect(grown({ ...MODEL_DEFAULTS, formats: ['tfjs', 'onnx'], half: true })).toBe(
    2 * 2 * (resnet + exactNumbers(backboneOf('torch-v1.5')) + 3 * 2048),
  );
  expect(grown({ ...MODEL_DEFAULTS, headOnly: true })).toBe(4 * 3 * 2048);
});
