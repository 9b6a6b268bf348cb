// Features as the extension computes them, and the bare network beside it.
import type { BackboneInfo, BackendName } from '../../../../src/contract/features';
import { database } from '../../../../src/edges/database';
import { getFeatures } from '../../../../src/edges/store/features';
import type { BackboneWorker } from '../../../../src/entries/workers/backbone.worker';
import BackboneThread from '../../../../src/entries/workers/backbone.worker?worker';
import { createBackboneSource } from '../../../../src/entries/workers/backbone-source';
import { link } from '../../../../src/entries/workers/crossing';
import { computeFeatures, openBackbone, workerCount } from '../../../../src/entries/workers/feature-pool';

/** Pictures per call of a wasm worker, as the pool hands them out. */
const BATCH = 4;

export async function useSeeded(seed: number): Promise<BackboneInfo> {
  return createBackboneSource().seeded(seed);
}

export async function useFile(address: string, name: string): Promise<BackboneInfo> {
  const bytes = await (await fetch(address)).blob();
  return createBackboneSource().fromFile(new File([bytes], name), new AbortController().signal);
}

/**
 * Puts pictures into the store under made-up hashes and gives these. Each is stored `times`, every time with other
 * bytes after its end, which no decoder reads.
 */
export async function addPictures(addresses: string[], times: number): Promise<string[]> {
  const db = await database();
  const sha256s: string[] = [];
  for (const [i, address] of addresses.entries()) {
    const blob = await (await fetch(address)).blob();
    for (let copy = 0; copy < times; copy++) {
      const sha256 = `${address}#${copy}`;
      await db.put('blobs', { sha256, blob: new Blob([blob, Uint32Array.of(i, copy)]) });
      sha256s.push(sha256);
    }
  }
  return sha256s;
}

/** Backends the extension would choose from here, and how many workers it feeds on the CPU. */
export async function device(): Promise<{ usable: BackendName[]; workers: number; userAgent: string }> {
  const worker = link<BackboneWorker>(new BackboneThread());
  const usable = await worker.call(remote => remote.usableBackends()).finally(() => worker.terminate());
  return { usable, workers: workerCount('wasm'), userAgent: navigator.userAgent };
}

/** Pictures per second of the bare network, black pictures in and activations out, on `workers` at once. */
export async function bareRate(backend: BackendName, workers: number, rounds: number, batch = BATCH): Promise<number> {
  const open = await Promise.all(Array.from({ length: workers }, () => openBackbone(backend)));
  try {
    await Promise.all(open.map(worker => worker.call(remote => remote.time(batch))));
    const began = performance.now();
    await Promise.all(
      open.map(async worker => {
        for (let round = 0; round < rounds; round++) await worker.call(remote => remote.time(batch));
      }),
    );
    // Each call computes two batches: one to be warm, one that it times itself.
    return (workers * rounds * 2 * batch * 1000) / (performance.now() - began);
  } finally {
    for (const worker of open) worker.terminate();
  }
}

/**
 * Pictures per second from stored pictures to stored features, on all workers: read, decode, resize, compute, write.
 * The clock starts when every worker has handed in its first batch, because loading the weights is paid once.
 */
export async function featureRate(sha256s: string[]): Promise<number> {
  await (await database()).clear('features');
  const first = workerCount('wasm') * BATCH;
  let [done, began, counted] = [0, 0, 0];
  await computeFeatures(
    'wasm',
    sha256s.map(sha256 => ({ sha256, variant: '' })),
    computed => {
      done += computed.done.length;
      if (done < first) return;
      if (began === 0) began = performance.now();
      else counted += computed.done.length;
    },
    new AbortController().signal,
  );
  return (counted * 1000) / (performance.now() - began);
}

/** The m of a picture whose features are stored. */
export async function storedFeatures(backboneId: string, sha256: string): Promise<number[]> {
  const [found] = await getFeatures(backboneId, [sha256]);
  if (!found) throw new Error(`there are no features of ${sha256}`);
  return [...found.m];
}
