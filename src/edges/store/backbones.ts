// The one installed backbone: its folded weights, laid end to end in network order, and where they came from.
import { GleanerError } from '../../contract/error';
import type { BackboneInfo, FoldedConv } from '../../contract/features';
import { sha256 } from '../../formats/sha256';
import { architecture, convLayers, kernelLength, packedLength } from '../../pipeline/features/resnet50';
import { database } from '../database';
import { isStorageFailure } from './storage-failure';

/** What is installed, or undefined. */
export async function installedBackbone(): Promise<BackboneInfo | undefined> {
  // Two backbones are never kept: installing takes the other away in the same transaction.
  return (await (await database()).getAll('backbones'))[0]?.info;
}

/**
 * Puts a backbone in the place of the one before. Cached features of others stay: their key names their backbone. Rejects
 * with 'weights_storage_full' and leaves the one before where it was when the disk is full.
 */
export async function installBackbone(origin: Omit<BackboneInfo, 'id'>, layers: FoldedConv[]): Promise<BackboneInfo> {
  const packed = new Float32Array(packedLength(architecture(origin.family)));
  let offset = 0;
  for (const { kernel, bias } of layers) {
    packed.set(kernel, offset);
    packed.set(bias, offset + kernel.length);
    offset += kernel.length + bias.length;
  }
  const hash = (await sha256(packed)).slice(0, 16);
  const info: BackboneInfo = { ...origin, id: `resnet50-${origin.family}-${hash}-squash224` };
  const tx = (await database()).transaction('backbones', 'readwrite', { durability: 'strict' });
  try {
    await tx.store.clear();
    await tx.store.put({ id: info.id, info, tensors: new Blob([packed]) });
    await tx.done;
  } catch (cause) {
    throw isStorageFailure(cause) ? new GleanerError('weights_storage_full', [], { cause }) : cause;
  }
  return info;
}

type OwnLayer = FoldedConv & Record<'kernel' | 'bias', Float32Array<ArrayBuffer>>;

/**
 * The installed backbone's layers in network order, read from disk one by one. Rejects with 'no_weights' or, when the
 * browser lost bytes, 'weights_lost'.
 */
export async function* eachFoldedLayer(): AsyncGenerator<OwnLayer> {
  const row = (await (await database()).getAll('backbones'))[0];
  if (!row) throw new GleanerError('no_weights');
  const network = architecture(row.info.family);
  if (row.tensors.size !== packedLength(network) * 4) throw new GleanerError('weights_lost');
  let offset = 0;
  const read = async (length: number) => {
    const slice = row.tensors.slice(offset, offset + length * 4);
    offset += length * 4;
    const bytes = await slice.arrayBuffer().catch(cause => {
      throw new GleanerError('weights_lost', [], { cause });
    });
    return new Float32Array(bytes);
  };
  for (const layer of convLayers(network)) {
    yield { ...layer, kernel: await read(kernelLength(layer)), bias: await read(layer.shape[3]) };
  }
}

/**
 * The installed backbone's layers in network order, for a reader that copies each: the arrays of a layer are freed when the
 * next is asked for, because 94 MB would wait long for the garbage collector. Rejects as `eachFoldedLayer` does.
 */
export async function* eachLayerFreed(): AsyncGenerator<FoldedConv> {
  for await (const layer of eachFoldedLayer()) {
    yield layer;
    for (const { buffer } of [layer.kernel, layer.bias]) buffer.transfer(0);
  }
}

/** All layers at once, for export. Rejects as `eachFoldedLayer` does. */
export async function foldedLayers(): Promise<FoldedConv[]> {
  const layers: FoldedConv[] = [];
  for await (const layer of eachFoldedLayer()) layers.push(layer);
  return layers;
}
