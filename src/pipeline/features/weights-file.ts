// A weight file of either kind → folded layers: tells the kind by its first bytes and refuses what cannot be right.
import { GleanerError } from '../../contract/error';
import type { BackboneFamily, FoldedConv } from '../../contract/features';
import { FormatError } from '../../formats/format-error';
import { beginsAsHdf5 } from '../../formats/hdf5/read';
import { fold } from './fold';
import { readKerasWeights } from './keras-weights';
import { architecture, convLayers, NORM_EPSILON } from './resnet50';
import { readTorchWeights } from './torch-weights';

/** Keras's whole model has 103 MB, a training checkpoint with optimiser state about 300 MB. */
const MAX_BYTES = 600_000_000;

/**
 * Reads and folds all 53 convolutions, in network order. Throws a `GleanerError` (`weights_*`) for any other file. A damaged
 * one may also never come to an end.
 * @param onLayer  told how many layers are left when the reading begins and after each: what tells a long one from one without end
 */
export async function readWeights(
  file: Blob,
  onLayer: (left: number) => void = () => undefined,
): Promise<{ family: BackboneFamily; layers: FoldedConv[] }> {
  if (file.size > MAX_BYTES) throw new GleanerError('weights_too_large');
  const start = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const isHdf5 = beginsAsHdf5(start);
  const family = isHdf5 ? 'keras-v1' : 'torch-v1.5';
  const network = architecture(family);
  const layers: FoldedConv[] = [];
  const raws = isHdf5 ? readKerasWeights(await file.arrayBuffer(), network) : readTorchWeights(file, network);
  const count = convLayers(network).length;
  onLayer(count);
  for await (const [layer, raw] of named(raws)) {
    const folded = fold(layer, raw, NORM_EPSILON[family]);
    if (!allFinite(folded.kernel) || !allFinite(folded.bias)) {
      throw new GleanerError('weights_values', [layer.name]);
    }
    layers.push(folded);
    onLayer(count - layers.length);
  }
  return { family, layers };
}

/** The sentences for what the formats say of a file. */
const CODES: Record<string, string> = {
  unknown: 'weights_unknown',
  truncated: 'weights_truncated',
  damaged: 'weights_damaged',
  missing: 'weights_missing',
  shape: 'weights_shape',
  format: 'weights_format',
};

async function* named<T>(raws: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* raws;
  } catch (error) {
    const code = error instanceof FormatError ? CODES[error.reason] : undefined;
    throw code === undefined ? error : new GleanerError(code, (error as FormatError).words, { cause: error });
  }
}

/** In a plain loop, because 23 million calls of a function take a second. */
function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
