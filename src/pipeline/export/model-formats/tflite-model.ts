// The model as a TensorFlow Lite file, for phones, small computers and browsers: network, labels and what pixels are, in one.
import { concatenated } from '../../../formats/bytes';
import { writeMetadata } from '../../../formats/tflite/metadata';
import { writeTflite } from '../../../formats/tflite/write';
import { zipToAppend } from '../../../formats/zip/append';
import { textEntry } from '../../../formats/zip/write';
import type { Layer } from '../network';
import { oneLine } from '../one-line';
import { type ComputedTensor, TfliteGraph, type TflitePrecision } from './tflite-graph';
import { operator } from './tflite-operators';

export interface TfliteOptions {
  precision: TflitePrecision;
  labels: string[];
  /** Who wrote it, and under which licence the backbone stands. */
  generator: string;
  version: string;
  licence: string;
}

/** The name of the file within the file. */
const LABELS = 'labels.txt';

/**
 * Input as in the other formats: `image`, float32 [1, side, side, 3], red, green and blue from 0 to 255 (the metadata says
 * that nothing is to be subtracted or divided), or `features`; output `probabilities` [1, classes].
 */
export async function tfliteModel(layers: Layer[], options: TfliteOptions): Promise<Uint8Array<ArrayBuffer>> {
  const [input] = layers;
  const last = layers.at(-1);
  if (input?.kind !== 'input' || last?.kind !== 'dense')
    throw new Error('a model starts with its input and ends dense');
  const graph = new TfliteGraph(options.precision);
  const made = new Map<string, ComputedTensor>();
  /** What is clipped at 6 by the layer after it is clipped by itself. */
  const clipped = new Map(layers.flatMap(layer => (layer.kind === 'relu6' ? [[layer.from, layer.name] as const] : [])));
  for (const layer of layers) {
    if (layer.kind === 'relu6') continue;
    const maps = operator(graph, layer, name => made.get(name)!, clipped.has(layer.name) ? 'relu6' : 'none');
    made.set(clipped.get(layer.name) ?? layer.name, maps);
  }
  const model = writeTflite(
    graph.whole(
      { tensor: made.get(input.name)!.tensor, name: input.name },
      { tensor: made.get(last.name)!.tensor, name: last.name },
      { description: options.generator, metadata: metadataOf(input, last.name, options) },
    ),
  );
  const files = [textEntry(LABELS, options.labels.map(label => `${oneLine(label)}\n`).join(''))];
  return concatenated([model, ...(await zipToAppend(model.length, files))]);
}

function metadataOf(
  { name, shape }: Extract<Layer, { kind: 'input' }>,
  output: string,
  { labels, generator, version, licence }: TfliteOptions,
): Uint8Array {
  const image = shape.length > 1;
  return writeMetadata({
    name: 'Image classifier',
    description: `Tells ${labels.length} classes of images apart. Made with ${generator}.`,
    version,
    author: generator,
    licence,
    input: {
      name,
      description: image
        ? 'An upright picture: red, green and blue from 0 to 255.'
        : 'The mean over the positions of the backbone’s last activations.',
      ...(image && { side: shape[0]! }),
      mean: 0,
      std: 1,
    },
    output: { name: output, description: 'The probability of each class.', labels: LABELS },
  });
}
