// A weight file of any kind → folded layers: tells the network by its first bytes and names, and refuses what cannot be right.
import { BACKBONES, backboneOf } from '../../backbones';
import { weightedLayers } from '../../backbones/layers';
import type { Backbone, BackboneFamily, FoldedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import { fold } from './fold';
import { readKerasH5 } from './keras-h5';
import { namesOf, readSafetensors } from './safetensors';

const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
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
  const isHdf5 = HDF5_SIGNATURE.every((byte, i) => start[i] === byte);
  const backbone = isHdf5 ? backboneOf('keras-v1') : await whoseNames(file);
  const layers: FoldedLayer[] = [];
  const raws = isHdf5 ? readKerasH5(await file.arrayBuffer(), backbone) : readSafetensors(file, backbone);
  const count = weightedLayers(backbone).length;
  onLayer(count);
  for await (const [layer, raw] of raws) {
    const folded = fold(layer, raw, backbone.file.epsilon);
    if (!allFinite(folded.kernel) || !allFinite(folded.bias)) {
      throw new GleanerError('weights_values', [layer.name]);
    }
    layers.push(folded);
    onLayer(count - layers.length);
  }
  return { family: backbone.family, layers };
}

/** The network whose first layer the file names; of a file that names none, what torchvision's lacks is told. */
async function whoseNames(file: Blob): Promise<Backbone> {
  const names = await namesOf(file);
  const own = BACKBONES.find(({ file: { format, names: namesIn }, layers: [first] }) => {
    return format === 'safetensors' && first && names.has(`${namesIn(first.name).conv}.weight`);
  });
  return own ?? backboneOf('torch-v1.5');
}

/** In a plain loop, because 23 million calls of a function take a second. */
function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
