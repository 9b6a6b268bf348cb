// The folded layers of any backbone there is: the built-in one's from the package, the others' from the database.
import { BUILT_IN } from '../../backbones';
import type { FoldedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import { Safetensors } from '../../formats/safetensors';
import { sha256 as hashOf } from '../../formats/sha256';
import type { SharedLayer } from '../../pipeline/export/shared-page';
import { readTorchWeights } from '../../pipeline/features/torch-weights';
import { readWeights } from '../../pipeline/features/weights-file';
import { fileInPackage } from '../package-file';
import { BUILT_IN_INFO, eachFoldedLayer, sameWeights } from './backbones';

/**
 * The layers of these weights in network order. Rejects with 'no_weights' where they are gone, and with 'weights_lost' where
 * bytes are, from the disk or from the package.
 * @param id  of the weights or of features made with them
 */
export async function* eachLayer(id: string): AsyncGenerator<FoldedLayer> {
  if (sameWeights(id, BUILT_IN_INFO.id)) yield* (await readWeights(await builtInFile())).layers;
  else yield* eachFoldedLayer(id);
}

/**
 * The layers in network order, for a reader that copies each: the arrays of a layer are freed when the next is asked for,
 * because 94 MB would wait long for the garbage collector. Rejects as `eachLayer` does.
 */
export async function* eachLayerFreed(id: string): AsyncGenerator<FoldedLayer> {
  for await (const layer of eachLayer(id)) {
    yield layer;
    for (const { buffer } of [layer.kernel, layer.bias]) (buffer as ArrayBuffer).transfer(0);
  }
}

/** All layers at once, for export. Rejects as `eachLayer` does. */
export async function foldedLayers(id: string): Promise<FoldedLayer[]> {
  const layers: FoldedLayer[] = [];
  for await (const layer of eachLayer(id)) layers.push(layer);
  return layers;
}

/**
 * The layers as a file for others is to hold them, in network order: the built-in ones as they are in the package, which
 * half precision holds without loss; others folded, as they are kept. Rejects as `eachLayer` does.
 */
export async function* layersToShare(id: string): AsyncGenerator<SharedLayer> {
  if (!sameWeights(id, BUILT_IN_INFO.id)) {
    for await (const { name, kernel, bias } of eachFoldedLayer(id)) yield { name, parts: { kernel, bias } };
    return;
  }
  const file = await Safetensors.open(await builtInFile());
  for await (const [{ name }, raw] of readTorchWeights(file, BUILT_IN)) yield { name, parts: { ...raw } };
}

/** Byte for byte the file whose hash the backbone's id holds. */
async function builtInFile(): Promise<Blob> {
  const { path, bytes, sha256 } = BUILT_IN.builtIn!;
  const file = await fileInPackage(path);
  const whole = file.size === bytes && (await hashOf(await file.arrayBuffer())) === sha256;
  if (!whole) throw new GleanerError('weights_lost');
  return file;
}
