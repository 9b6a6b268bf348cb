// Finds near-duplicates by their cached features, off the page's thread.
import { backboneOfId } from '../../backbones';
import type { BackendName } from '../../contract/features';
import { everyFeature } from '../../edges/store/features';
import { onDevice, startBackend } from '../../edges/tf-backend';
import { nearPairs } from '../../pipeline/bucket/near-duplicates/by-features';
import { expose } from './worker-bridge';

const api = {
  /** Pairs of images the backbone finds alike, by SHA-256 and the most alike first; those without features have none. */
  async pairs(backboneId: string, sha256s: string[], backend: BackendName): Promise<[string, string][]> {
    const backbone = backboneOfId(backboneId);
    if (!backbone) return [];
    const { length, nearDuplicateFrom } = backbone;
    await startBackend(backend);
    const read: string[] = [];
    const rows = new Float32Array(sha256s.length * length);
    const images = sha256s.map(sha256 => ({ sha256 }));
    for await (const { image, features } of everyFeature(backboneId, images)) {
      rows.set(features.m, read.length * length);
      read.push(image.sha256);
    }
    const table = rows.subarray(0, read.length * length);
    const pairs = await onDevice(() => nearPairs(table, length, nearDuplicateFrom));
    return pairs.map(({ a, b }) => [read[a]!, read[b]!]);
  },
};
export type NearDuplicatesWorker = typeof api;
expose(api);
