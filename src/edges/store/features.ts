// The cache of features: each image passes the backbone once. Key: content, backbone, variant ('' = as it is).
import { backboneOfId, weightsOfId } from '../../backbones';
import { GleanerError } from '../../contract/error';
import type { Features, FeatureTask, Variant } from '../../contract/features';
import { database } from '../database';
import { isStorageFailure } from './storage-failure';

/** The images whose features by this backbone are cached. */
export async function featuredImages(backboneId: string, variant: Variant = ''): Promise<Set<string>> {
  const images = new Set<string>();
  for await (const keys of keyPages()) {
    for (const [sha256, id, kind] of keys) if (id === backboneId && kind === variant) images.add(sha256);
  }
  return images;
}

/** All keys, some at a time. */
async function* keyPages(): AsyncGenerator<[string, string, string][]> {
  for (let range: IDBKeyRange | undefined; ; ) {
    const keys = await (await database()).getAllKeys('features', range, PAGE);
    yield keys;
    const last = keys.at(-1);
    if (last === undefined || keys.length < PAGE) return;
    range = IDBKeyRange.lowerBound(last, true);
  }
}
/** Keys read at a time. */
const PAGE = 2000;

/**
 * Caches features; of an image that was deleted while it was computed nothing is kept. Rejects with 'storage_full' where the
 * storage refuses; what was stored before stays.
 */
export async function putFeatures(backboneId: string, images: (FeatureTask & { features: Features })[]): Promise<void> {
  const tx = (await database()).transaction(['features', 'blobs'], 'readwrite', { durability: 'relaxed' });
  const store = tx.objectStore('features');
  const put = async ({ sha256, variant, features }: (typeof images)[number]) => {
    if ((await tx.objectStore('blobs').getKey(sha256)) === undefined) return;
    const values = new Float32Array(features.m.length + features.q.length);
    values.set(features.m);
    values.set(features.q, features.m.length);
    await store.put({ key: [sha256, backboneId, variant], values });
  };
  await Promise.all([...images.map(put), tx.done]).catch(cause => {
    throw isStorageFailure(cause) ? new GleanerError('storage_full', [], { cause }) : cause;
  });
}

/**
 * Features of the images, in their order; undefined where there are none or a row is damaged. Those of several backbones
 * stand side by side.
 */
export async function getFeatures(
  backboneIds: string | readonly string[],
  sha256s: string[],
  variant: Variant = '',
): Promise<(Features | undefined)[]> {
  const { store } = (await database()).transaction('features');
  const each = [backboneIds].flat().map(id =>
    Promise.all(
      sha256s.map(async sha256 => {
        const row = await store.get([sha256, id, variant]);
        if (!row || !isSound(id, row.values)) return undefined;
        const length = row.values.length / 2;
        return { m: row.values.subarray(0, length), q: row.values.subarray(length) };
      }),
    ),
  );
  const [first = [], ...others] = await Promise.all(each);
  return first.map((features, i) => others.reduce((so, rows) => endToEnd(so, rows[i]), features));
}

function endToEnd(a: Features | undefined, b: Features | undefined): Features | undefined {
  if (!a || !b) return undefined;
  const both = (left: Float32Array, right: Float32Array) => {
    const values = new Float32Array(left.length + right.length);
    values.set(left);
    values.set(right, left.length);
    return values;
  };
  return { m: both(a.m, b.m), q: both(a.q, b.q) };
}

/** As many as the backbone gives; of one that only another version knows that cannot be told. */
function isSound(backboneId: string, { length }: Float32Array): boolean {
  return length > 0 && length / 2 === (backboneOfId(backboneId)?.length ?? Math.floor(length / 2));
}

/**
 * The cached features of many images, one after the other in their order, of several backbones side by side; images
 * without features are left out.
 */
export async function* everyFeature<Image extends { sha256: string }>(
  backboneIds: string | readonly string[],
  images: readonly Image[],
  variant: Variant = '',
): AsyncGenerator<{ image: Image; features: Features }> {
  for (let start = 0; start < images.length; start += ROWS_AT_ONCE) {
    const part = images.slice(start, start + ROWS_AT_ONCE);
    const sha256s = part.map(({ sha256 }) => sha256);
    for (const [i, features] of (await getFeatures(backboneIds, sha256s, variant)).entries()) {
      if (features) yield { image: part[i]!, features };
    }
  }
}
/** Rows read at a time, of 10 or 16 KB each. */
const ROWS_AT_ONCE = 256;

/** Features of one image as the cache holds them: m, then q. */
interface CachedFeatures extends FeatureTask {
  backbone: string;
  values: Float32Array;
}

/** Everything cached of the images, by whichever backbone, by rising key. */
export async function cachedFeatures(sha256s: string[]): Promise<CachedFeatures[]> {
  const { store } = (await database()).transaction('features');
  const rows = await Promise.all(sha256s.map(sha256 => store.getAll(IDBKeyRange.bound([sha256], [sha256, []]))));
  return rows
    .flat()
    .filter(({ key: [, id], values }) => isSound(id, values))
    .map(({ key: [sha256, backbone, variant], values }) => ({ sha256, backbone, variant: variant as Variant, values }));
}

/**
 * Puts features that were cached elsewhere beside images that came with them: what a file says of other images here must
 * be left out by the caller. What is cached here already stays.
 */
export async function adoptFeatures(features: CachedFeatures[]): Promise<void> {
  const tx = (await database()).transaction(['features', 'samples'], 'readwrite', { durability: 'relaxed' });
  const store = tx.objectStore('features');
  await Promise.all(
    features.map(async ({ sha256, backbone, variant, values }) => {
      const key: [string, string, string] = [sha256, backbone, variant];
      const [here, known] = await Promise.all([tx.objectStore('samples').getKey(sha256), store.getKey(key)]);
      if (here !== undefined && known === undefined) await store.put({ key, values });
    }),
  );
  await tx.done;
}

/** Forgets the features made with these weights, however images were seen: they are computed anew when they are wanted. */
export async function dropFeatures(id: string): Promise<void> {
  const db = await database();
  for await (const keys of keyPages()) {
    const tx = db.transaction('features', 'readwrite', { durability: 'relaxed' });
    const own = keys.filter(([, one]) => weightsOfId(one) === weightsOfId(id));
    await Promise.all([...own.map(key => tx.store.delete(key)), tx.done]);
  }
}

/** Bytes of all cached features, of mirrored images and of every backbone. */
export async function featureBytes(): Promise<number> {
  let bytes = 0;
  for await (const keys of keyPages()) {
    for (const [, id] of keys) bytes += 8 * (backboneOfId(id)?.length ?? 0);
  }
  return bytes;
}
