// The weights a user brought: folded, laid end to end in network order, with where they came from; and which are in use.
import { BUILT_IN, backboneOf, backboneOfId, featuresId, weightsOfId } from '../../backbones';
import { kernelLength, outputsOf, packedLength, weightedLayers } from '../../backbones/layers';
import type { FoldedLayer } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { BackboneInfo } from '../../contract/features';
import { sha256 } from '../../formats/sha256';
import { database } from '../database';
import { isStorageFailure } from './storage-failure';

const CHOSEN = 'backbone';

/** The one that comes with every build. Its id holds the hash of its file, which whoever reads it compares. */
export const BUILT_IN_INFO: BackboneInfo = {
  id: featuresId(`${BUILT_IN.prefix}-${BUILT_IN.builtIn!.sha256.slice(0, 16)}`, 'crop'),
  family: BUILT_IN.family,
  weights: 'imagenet',
  source: BUILT_IN.builtIn!.source,
  packed: true,
};

/** Whether two ids are of the same weights, however the images were seen. */
export function sameWeights(a: string, b: string): boolean {
  return weightsOfId(a) === weightsOfId(b);
}

/** All there are: the built-in one, then those the user brought. */
export async function availableBackbones(): Promise<BackboneInfo[]> {
  const brought = (await (await database()).getAll('backbones')).map(({ info }) => info);
  return [BUILT_IN_INFO, ...brought.filter(({ id }) => backboneOfId(id) !== undefined)];
}

/**
 * The backbone new trainings use: the chosen one; without a choice what was installed before there was one; else the
 * built-in one.
 */
export async function chosenBackbone(): Promise<BackboneInfo> {
  const available = await availableBackbones();
  const chosen = (await (await database()).get('meta', CHOSEN)) as string | undefined;
  const own = chosen === undefined ? undefined : available.find(({ id }) => sameWeights(id, chosen));
  return own ?? available[1] ?? BUILT_IN_INFO;
}

/** New trainings use these weights from now on. */
export async function chooseBackbone(id: string): Promise<void> {
  await (await database()).put('meta', weightsOfId(id), CHOSEN);
}

/**
 * Puts weights in the place of those of the same network that were brought before, and chooses them. Cached features of
 * others stay: their key names their backbone. Rejects with 'weights_storage_full' and leaves those before where they were
 * when the disk is full.
 */
export async function installBackbone(origin: Omit<BackboneInfo, 'id'>, layers: FoldedLayer[]): Promise<BackboneInfo> {
  const backbone = backboneOf(origin.family);
  const packed = new Float32Array(packedLength(backbone));
  let offset = 0;
  for (const { kernel, bias } of layers) {
    packed.set(kernel, offset);
    packed.set(bias, offset + kernel.length);
    offset += kernel.length + bias.length;
  }
  const hash = (await sha256(packed)).slice(0, 16);
  const info: BackboneInfo = { ...origin, id: featuresId(`${backbone.prefix}-${hash}`, 'crop') };
  const tx = (await database()).transaction(['backbones', 'meta'], 'readwrite', { durability: 'strict' });
  const write = async () => {
    const store = tx.objectStore('backbones');
    for (const { id, info: before } of await store.getAll()) {
      if (backboneOf(before.family).network === backbone.network) await store.delete(id);
    }
    await store.put({ id: info.id, info, tensors: new Blob([packed]) });
    await tx.objectStore('meta').put(weightsOfId(info.id), CHOSEN);
  };
  // A write that is refused at once leaves the transaction standing, and those before deleted in it.
  const whole = write().catch(cause => {
    try {
      tx.abort();
    } catch {
      // It has ended by itself, and its own error is told.
    }
    throw cause;
  });
  try {
    await Promise.all([whole, tx.done]);
  } catch (cause) {
    throw isStorageFailure(cause) ? new GleanerError('weights_storage_full', [], { cause }) : cause;
  }
  return info;
}

type OwnLayer = FoldedLayer & Record<'kernel' | 'bias', Float32Array<ArrayBuffer>>;

/**
 * The layers of weights the user brought, in network order, read from disk one by one. Rejects with 'no_weights' or, when
 * the browser lost bytes, 'weights_lost'.
 */
export async function* eachFoldedLayer(id: string): AsyncGenerator<OwnLayer> {
  const row = (await (await database()).getAll('backbones')).find(({ info }) => sameWeights(info.id, id));
  const network = backboneOfId(id);
  if (!row || !network) throw new GleanerError('no_weights');
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
  for (const layer of weightedLayers(network)) {
    yield { ...layer, kernel: await read(kernelLength(layer)), bias: await read(outputsOf(layer)) };
  }
}
