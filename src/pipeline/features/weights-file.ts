// A weight file of any kind → folded layers: tells the network by its first bytes and names, and refuses what cannot be right.
import { BACKBONES, backboneOf } from '../../backbones';
import { weightedLayers } from '../../backbones/layers';
import type { Backbone, BackboneFamily, FoldedLayer, WeightedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import { FormatError } from '../../formats/format-error';
import { beginsAsHdf5 } from '../../formats/hdf5/read';
import { Safetensors } from '../../formats/safetensors';
import { fold, type RawLayer } from './fold';
import { readKerasWeights } from './keras-weights';
import { readTorchWeights } from './torch-weights';

/** Keras's whole model has 103 MB, a training checkpoint with optimiser state about 300 MB. */
const MAX_BYTES = 600_000_000;

/**
 * Reads and folds all layers with weights, in network order. Throws a `GleanerError` (`weights_*`) for any other file. A
 * damaged one may also never come to an end.
 * @param onLayer  told how many layers are left when the reading begins and after each: what tells a long one from one without end
 */
export async function readWeights(
  file: Blob,
  onLayer: (left: number) => void = () => undefined,
): Promise<{ family: BackboneFamily; layers: FoldedLayer[] }> {
  if (file.size > MAX_BYTES) throw new GleanerError('weights_too_large');
  const start = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const { backbone, raws } = await opened(file, beginsAsHdf5(start)).catch(inOurWords);
  const layers: FoldedLayer[] = [];
  const count = weightedLayers(backbone).length;
  onLayer(count);
  for await (const [layer, raw] of named(raws)) {
    const folded = fold(layer, raw, backbone.file.epsilon);
    if (!allFinite(folded.kernel) || !allFinite(folded.bias)) {
      throw new GleanerError('weights_values', [layer.name]);
    }
    layers.push(folded);
    onLayer(count - layers.length);
  }
  return { family: backbone.family, layers };
}

interface Opened {
  backbone: Backbone;
  raws: AsyncGenerator<[WeightedLayer, RawLayer]>;
}

async function opened(file: Blob, isHdf5: boolean): Promise<Opened> {
  if (isHdf5) {
    const backbone = backboneOf('keras-v1');
    return { backbone, raws: readKerasWeights(await file.arrayBuffer(), backbone) };
  }
  const tensors = await Safetensors.open(file);
  const backbone = whose(new Set(tensors.names));
  return { backbone, raws: readTorchWeights(tensors, backbone) };
}

/** The network whose first layer the file names; of a file that names none, what torchvision's lacks is told. */
function whose(names: ReadonlySet<string>): Backbone {
  const own = BACKBONES.find(({ file: { format, names: namesIn }, layers: [first] }) => {
    return format === 'safetensors' && first && names.has(`${namesIn(first.name).conv}.weight`);
  });
  return own ?? backboneOf('torch-v1.5');
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
    inOurWords(error);
  }
}

function inOurWords(error: unknown): never {
  const code = error instanceof FormatError ? CODES[error.reason] : undefined;
  throw code === undefined ? error : new GleanerError(code, (error as FormatError).words, { cause: error });
}

/** In a plain loop, because 23 million calls of a function take a second. */
function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
