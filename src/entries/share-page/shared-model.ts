// The model that lies in the page: its numbers checked and put together to a network and a head.
import { backboneOfId } from '../../backbones';
import { kernelLength, outputsOf, weightedLayers } from '../../backbones/layers';
import { backbonesOf, inputLength } from '../../backbones/together';
import type { Backbone, FoldedLayer, WeightedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { HeadWeights, Matrix, Resemblance } from '../../contract/head';
import { type SharedArray, type SharedModel, sharedName } from '../../contract/shared-page';
import { fromBase64 } from '../../formats/base64';
import { fromHalf } from '../../formats/half';
import { fold } from '../../pipeline/features/fold';

export interface OpenedModel {
  words: SharedModel;
  networks: { backbone: Backbone; layers: FoldedLayer[] }[];
  head: HeadWeights;
  resemblance?: Resemblance;
}

/** Throws `shared_damaged` for a file that was cut off or changed. */
export function openModel(words: SharedModel, page: Document): OpenedModel {
  try {
    return opened(words, page);
  } catch (cause) {
    throw new GleanerError('shared_damaged', [], { cause });
  }
}

function opened(words: SharedModel, page: Document): OpenedModel {
  const parts = arraysOf(words.arrays, page.getElementById('numbers')?.textContent ?? '');
  page.getElementById('numbers')?.remove();
  const networks = backbonesOf(words).map(({ id }, i) => {
    const backbone = backboneOfId(id);
    if (!backbone) throw new Error('a backbone that is not known here');
    return { backbone, layers: weightedLayers(backbone).map(layer => layerOf(layer, parts, backbone, i)) };
  });
  const inputs = inputLength(words);
  const head = headOf(words, parts, inputs);
  if (words.least === undefined) return { words, networks, head };
  const means = parts.get('resemblance/means');
  if (!(means instanceof Uint16Array) || means.length !== inputs * words.labels.length)
    throw new Error('means are missing');
  return { words, networks, head, resemblance: { means, least: words.least } };
}

type Parts = Map<string, Uint16Array | Float32Array>;

function arraysOf(arrays: SharedArray[], text: string): Parts {
  const length = arrays.reduce((sum, one) => sum + (one.length * one.bits) / 8, 0);
  const bytes = fromBase64(text, length);
  if (!bytes) throw new Error('numbers are missing');
  let at = 0;
  return new Map(
    arrays.map(({ name, length, bits }) => {
      // A copy, because 32 bits may stand where they cannot be read from.
      const from = at;
      at += (length * bits) / 8;
      const own = bytes.slice(from, at).buffer;
      return [name, bits === 16 ? new Uint16Array(own) : new Float32Array(own)];
    }),
  );
}

/** As many as there must be, and numbers all of them: what is computed with any other is no answer. */
function numbers(parts: Parts, name: string, length: number): Float32Array {
  const found = parts.get(name);
  const values = found instanceof Uint16Array ? fromHalf(found) : found;
  if (values?.length !== length || !values.every(Number.isFinite)) throw new Error(`${name} is missing`);
  return values;
}

function layerOf(layer: WeightedLayer, parts: Parts, backbone: Backbone, i: number): FoldedLayer {
  const shared = sharedName(layer.name, i);
  const kernel = numbers(parts, `${shared}/kernel`, kernelLength(layer));
  const part = (name: string) => numbers(parts, `${shared}/${name}`, outputsOf(layer));
  if (!parts.has(`${shared}/gamma`)) return { ...layer, kernel, bias: part('bias') };
  return fold(layer, { kernel, ...normOf(part) }, backbone.file.epsilon);
}

function headOf({ head, labels }: SharedModel, parts: Parts, inputs: number): HeadWeights {
  const vector = (name: string, length: number) => numbers(parts, `head/${name}`, length);
  const matrix = (name: string, rows: number, columns: number): Matrix => {
    return { rows, columns, values: vector(name, rows * columns) };
  };
  const k = labels.length;
  if (head === 'linear') return { kind: 'linear', w: matrix('w', inputs, k), b: vector('b', k), l2: 0 };
  const hidden = parts.get('head/b1')?.length ?? 0;
  return {
    kind: 'article',
    w1: matrix('w1', inputs, hidden),
    b1: vector('b1', hidden),
    ...normOf(name => vector(name, hidden)),
    w2: matrix('w2', hidden, k),
    b2: vector('b2', k),
  };
}

/** The four vectors of a batch norm. A root is taken of the variance. */
function normOf(part: (name: string) => Float32Array) {
  const norm = { gamma: part('gamma'), beta: part('beta'), mean: part('mean'), variance: part('variance') };
  if (norm.variance.some(value => value < 0)) throw new Error('a variance is below nothing');
  return norm;
}
