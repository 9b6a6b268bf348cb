// The model that lies in the page: its words and numbers checked and put together to a network and a head.
import { backboneOfId } from '../../backbones';
import { weightedLayers } from '../../backbones/layers';
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

/** What is said of the model; its numbers may still be missing. */
export function sharedWords(page: Document): SharedModel {
  try {
    return JSON.parse(textOf(page, 'model')) as SharedModel;
  } catch (cause) {
    throw new GleanerError('shared_damaged', [], { cause });
  }
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
  const parts = arraysOf(words.arrays, textOf(page, 'numbers'));
  page.getElementById('numbers')?.remove();
  const networks = backbonesOf(words).map(({ id }, i) => {
    const backbone = backboneOfId(id);
    if (!backbone) throw new Error('a backbone that is not known here');
    return { backbone, layers: weightedLayers(backbone).map(layer => layerOf(layer, parts, backbone, i)) };
  });
  const head = headOf(words, parts, inputLength(words));
  const means = parts.get('resemblance/means');
  const resemblance = words.least !== undefined && means instanceof Uint16Array && { means, least: words.least };
  return { words, networks, head, ...(resemblance && { resemblance }) };
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

function numbers(parts: Parts, name: string): Float32Array {
  const values = parts.get(name);
  if (!values) throw new Error(`${name} is missing`);
  return values instanceof Uint16Array ? fromHalf(values) : values;
}

function layerOf(layer: WeightedLayer, parts: Parts, backbone: Backbone, i: number): FoldedLayer {
  const shared = sharedName(layer.name, i);
  const part = (name: string) => numbers(parts, `${shared}/${name}`);
  const kernel = part('kernel');
  if (!parts.has(`${shared}/gamma`)) return { ...layer, kernel, bias: part('bias') };
  const norm = { gamma: part('gamma'), beta: part('beta'), mean: part('mean'), variance: part('variance') };
  return fold(layer, { kernel, ...norm }, backbone.file.epsilon);
}

function headOf({ head, labels }: SharedModel, parts: Parts, length: number): HeadWeights {
  const part = (name: string) => numbers(parts, `head/${name}`);
  const matrix = (name: string, rows: number): Matrix => {
    const values = part(name);
    return { rows, columns: values.length / rows, values };
  };
  if (head === 'linear') return { kind: 'linear', w: matrix('w', length), b: part('b'), l2: 0 };
  const norm = { gamma: part('gamma'), beta: part('beta'), mean: part('mean'), variance: part('variance') };
  const w1 = matrix('w1', length);
  const w2 = matrix('w2', w1.columns);
  if (w2.columns !== labels.length) throw new Error('labels are missing');
  return { kind: 'article', w1, b1: part('b1'), ...norm, w2, b2: part('b2') };
}

function textOf(page: Document, id: string): string {
  return page.getElementById(id)?.textContent ?? '';
}
