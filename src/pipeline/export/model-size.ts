// How large model.zip will be, told before it is written.
import { backboneOf } from '../../backbones';
import { packedLength } from '../../backbones/layers';
import { backbonesOf } from '../../backbones/together';
import type { HeadWeights } from '../../contract/head';
import type { Model } from '../../contract/report';
import { MODEL_FORMATS, type ModelOptions } from './model-options';

/** The page that tries the model, with tfjs and its binaries, as it lies in the zip; and what stands around numbers. */
const PAGE = 1_100_000;
const WORDS = 60_000;

/** Bytes, within a few per cent. */
export function modelSize(model: Pick<Model, 'backbone' | 'beside' | 'head'>, options: ModelOptions): number {
  const { formats, headOnly, half } = options;
  const networks = headOnly ? [] : backbonesOf(model).map(({ family }) => packedLength(backboneOf(family)));
  const numbers = headLength(model.head) + networks.reduce((sum, length) => sum + length, 0);
  const files = formats.map(format => numbers * (half && MODEL_FORMATS[format].half ? 2 : 4) + WORDS);
  return files.reduce((sum, bytes) => sum + bytes, 0) + (formats.includes('tfjs') && !headOnly ? PAGE : 0);
}

function headLength(head: HeadWeights): number {
  if (head.kind === 'linear') return head.w.values.length + head.b.length;
  return head.w1.values.length + 5 * head.b1.length + head.w2.values.length + head.b2.length;
}
