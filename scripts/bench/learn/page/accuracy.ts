// Images of folders into the store, their features, and what each head makes of a seeded split.

import type { FeatureTask } from '../../../../src/contract/features';
import { database } from '../../../../src/edges/database';
import { decodeImage } from '../../../../src/edges/decode-image';
import { chosenBackbone } from '../../../../src/edges/store/backbones';
import { ensureFeatures } from '../../../../src/entries/workers/ensure-features';
import { inWorker } from '../../../../src/entries/workers/one-call';
import { NearDuplicateIndex } from '../../../../src/pipeline/bucket/near-duplicates/index-of-prints';
import type { Acceptance, AccuracyWorker, Labelled } from './accuracy.worker';
import AccuracyThread from './accuracy.worker?worker';

/** Reads images by address; near-duplicates get one group. Images that cannot be decoded are left out. */
export async function readLabelled(addresses: { address: string; truth: number }[]): Promise<Labelled[]> {
  const db = await database();
  const index = new NearDuplicateIndex();
  const found = new Map<string, Labelled>();
  for (const { address, truth } of addresses) {
    const blob = await (await fetch(address)).blob();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
    const sha256 = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
    const decoded = await decodeImage(blob).catch(() => undefined);
    if (!decoded || found.has(sha256)) continue;
    const groups = new Set(index.near(decoded, decoded.mirrored).map(name => found.get(name)!.group));
    const group = [...groups][0] ?? sha256;
    for (const one of found.values()) if (groups.has(one.group)) one.group = group;
    index.add(sha256, decoded);
    found.set(sha256, { sha256, truth, group });
    await db.put('blobs', { sha256, blob });
  }
  return [...found.values()];
}

/** Computes what features are missing; gives the backbone's id. */
export async function ensureLabelled(labelled: Labelled[], mirror: boolean): Promise<string> {
  const backbone = await chosenBackbone();
  const variants = mirror ? (['', 'mirror'] as const) : ([''] as const);
  const tasks = variants.flatMap(variant => labelled.map(({ sha256 }): FeatureTask => ({ sha256, variant })));
  await ensureFeatures(backbone, 'wasm', tasks, () => undefined, new AbortController().signal);
  return backbone.id;
}

/** Test accuracy of every head on one split. */
export function judgeSplit(...given: Parameters<AccuracyWorker['judge']>): Promise<Record<string, number>> {
  return inWorker<AccuracyWorker, Record<string, number>>(
    AccuracyThread,
    remote => remote.judge(...given),
    new AbortController().signal,
  );
}

/** What "none of these" accepts on one split. */
export function judgeUnknown(...given: Parameters<AccuracyWorker['judgeUnknown']>): Promise<Acceptance> {
  return inWorker<AccuracyWorker, Acceptance>(
    AccuracyThread,
    remote => remote.judgeUnknown(...given),
    new AbortController().signal,
  );
}
