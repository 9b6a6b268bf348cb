// A weight file of either kind → folded layers: tells the kind by its first bytes and refuses what cannot be right.
import { GleanerError } from '../../contract/error';
import type { BackboneFamily, FoldedConv } from '../../contract/features';
import { readSafetensors } from '../../formats/safetensors';
import { fold } from './fold';
import { readKerasH5 } from './keras-h5';
import { architecture, convLayers, NORM_EPSILON } from './resnet50';

const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
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
  const isHdf5 = HDF5_SIGNATURE.every((byte, i) => start[i] === byte);
  const family = isHdf5 ? 'keras-v1' : 'torch-v1.5';
  const network = architecture(family);
  const layers: FoldedConv[] = [];
  const raws = isHdf5 ? readKerasH5(await file.arrayBuffer(), network) : readSafetensors(file, network);
  const count = convLayers(network).length;
  onLayer(count);
  for await (const [layer, raw] of raws) {
    const folded = fold(layer, raw, NORM_EPSILON[family]);
    if (!allFinite(folded.kernel) || !allFinite(folded.bias)) {
      throw new GleanerError('weights_values', [layer.name]);
    }
    layers.push(folded);
    onLayer(count - layers.length);
  }
  return { family, layers };
}

/** In a plain loop, because 23 million calls of a function take a second. */
function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
