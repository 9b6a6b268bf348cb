// The cache of features: each picture passes the backbone once. Key: content, backbone, variant ('' = as it is).
import { backboneOfId } from '../../backbones';
import type { Features, FeatureTask, Variant } from '../../contract/features';
import { database } from '../database';

/** The pictures whose features by this backbone are cached. */
export async function featuredPictures(backboneId: string, variant: Variant = ''): Promise<Set<string>> {
  const pictures = new Set<string>();
  for (let range: IDBKeyRange | undefined; ; ) {
    const keys = await (await database()).getAllKeys('features', range, PAGE);
    for (const [sha256, id, kind] of keys) if (id === backboneId && kind === variant) pictures.add(sha256);
    const last = keys.at(-1);
    if (last === undefined || keys.length < PAGE) return pictures;
    range = IDBKeyRange.lowerBound(last, true);
  }
}
/** Keys read at a time. */
const PAGE = 2000;

export async function putFeatures(
  backboneId: string,
  pictures: (FeatureTask & { features: Features })[],
): Promise<void> {
  const tx = (await database()).transaction('features', 'readwrite', { durability: 'relaxed' });
  const puts = pictures.map(({ sha256, variant, features }) => {
    const values = new Float32Array(features.m.length + features.q.length);
    values.set(features.m);
    values.set(features.q, features.m.length);
    return tx.store.put({ key: [sha256, backboneId, variant], values });
  });
  await Promise.all([...puts, tx.done]);
}

/** Features of the pictures, in their order; undefined where there are none or a row is damaged. */
export async function getFeatures(
  backboneId: string,
  sha256s: string[],
  variant: Variant = '',
): Promise<(Features | undefined)[]> {
  const { store } = (await database()).transaction('features');
  const rows = await Promise.all(sha256s.map(sha256 => store.get([sha256, backboneId, variant])));
  const length = backboneOfId(backboneId)?.length ?? 0;
  return rows.map(row =>
    row?.values.length === 2 * length
      ? { m: row.values.subarray(0, length), q: row.values.subarray(length) }
      : undefined,
  );
}

/** The cached features of many pictures, one after the other in their order; pictures without features are left out. */
export async function* everyFeature<Picture extends { sha256: string }>(
  backboneId: string,
  pictures: readonly Picture[],
  variant: Variant = '',
): AsyncGenerator<{ picture: Picture; features: Features }> {
  for (let start = 0; start < pictures.length; start += ROWS_AT_ONCE) {
    const part = pictures.slice(start, start + ROWS_AT_ONCE);
    const sha256s = part.map(({ sha256 }) => sha256);
    for (const [i, features] of (await getFeatures(backboneId, sha256s, variant)).entries()) {
      if (features) yield { picture: part[i]!, features };
    }
  }
}
/** Rows read at a time, of 10 or 16 KB each. */
const ROWS_AT_ONCE = 256;

/** Features of one picture as the cache holds them: m, then q. */
export interface CachedFeatures extends FeatureTask {
  backbone: string;
  values: Float32Array;
}

/** Everything cached of the pictures, by whichever backbone this version knows, by rising key. */
export async function cachedFeatures(sha256s: string[]): Promise<CachedFeatures[]> {
  const { store } = (await database()).transaction('features');
  const rows = await Promise.all(sha256s.map(sha256 => store.getAll(IDBKeyRange.bound([sha256], [sha256, []]))));
  return rows
    .flat()
    .filter(({ key: [, id], values }) => values.length === 2 * (backboneOfId(id)?.length ?? Number.NaN))
    .map(({ key: [sha256, backbone, variant], values }) => ({ sha256, backbone, variant: variant as Variant, values }));
}

/**
 * Puts features that were cached elsewhere beside pictures that came with them: what a file says of other pictures here must
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

/** How many pictures have features cached, mirrored ones and other backbones counted apart. */
export async function countFeatures(): Promise<number> {
  return (await database()).count('features');
}
