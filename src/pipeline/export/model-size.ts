// How large model.zip and the shared page will be, told before they are written.
import { backboneOf } from '../../backbones';
import { outputsOf, packedLength, weightedLayers } from '../../backbones/layers';
import { backbonesOf } from '../../backbones/together';
import type { Backbone } from '../../contract/backbone';
import type { HeadWeights } from '../../contract/head';
import type { Model } from '../../contract/report';
import { exactNumbers } from './halves';
import { MODEL_FORMATS, type ModelFormatName, type ModelOptions } from './model-options';

/** What stands around numbers. */
const WORDS = 60_000;
/** Of the shared page: its script and sentences, and of the report its charts and, for each label, its images. */
const [PAGE, REPORT, PER_LABEL] = [150_000, 150_000, 130_000];

/** Bytes, within a few per cent. */
export function modelSize(model: Pick<Model, 'backbone' | 'beside' | 'head'>, options: ModelOptions): number {
  const { formats, headOnly, half } = options;
  const networks = headOnly ? [] : backbonesOf(model).map(({ family }) => backboneOf(family));
  const numbers = headLength(model.head) + sumOf(networks.map(packedLength));
  const whole = sumOf(networks.map(exactNumbers));
  const files = formats.map(format => {
    const each = bytesOf(format, half);
    return numbers * each + (each === 2 ? 2 * whole : 0) + WORDS;
  });
  return files.reduce((sum, bytes) => sum + bytes, 0);
}

function sumOf(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Of one number that is no exception. */
function bytesOf(name: ModelFormatName, halved: boolean): number {
  const { half, bytes } = MODEL_FORMATS[name];
  return halved && half ? 2 : bytes;
}

/** Bytes of the shared page, within about a tenth: how many images its report shows is known when it is drawn. */
export function sharedSize(model: Model, withReport: boolean): number {
  const { head, resemblance, labels } = model;
  const networks = backbonesOf(model).map(({ family }) => {
    const network = backboneOf(family);
    return packedLength(network) + normLength(network);
  });
  const numbers =
    2 * networks.reduce((sum, length) => sum + length, 0) + headBytes(head) + 2 * (resemblance?.means.length ?? 0);
  return (4 / 3) * numbers + PAGE + (withReport ? REPORT + PER_LABEL * labels.length : 0);
}

/** Batch norm's four vectors in the place of a bias, as the built-in network is kept. */
function normLength(network: Backbone): number {
  return network.builtIn ? 3 * weightedLayers(network).reduce((sum, layer) => sum + outputsOf(layer), 0) : 0;
}

function headBytes(head: HeadWeights): number {
  return head.kind === 'linear' ? 4 * headLength(head) : 4 * headLength(head) - 2 * head.w1.values.length;
}

function headLength(head: HeadWeights): number {
  if (head.kind === 'linear') return head.w.values.length + head.b.length;
  return head.w1.values.length + 5 * head.b1.length + head.w2.values.length + head.b2.length;
}
