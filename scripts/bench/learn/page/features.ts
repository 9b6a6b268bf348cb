// Features as the extension computes them, and the bare network beside it.
import { proxy } from 'comlink';
import type { BackboneInfo, BackendName } from '../../../../src/contract/features';
import { database } from '../../../../src/edges/database';
import { BUILT_IN_INFO, chooseBackbone, chosenBackbone } from '../../../../src/edges/store/backbones';
import { getFeatures } from '../../../../src/edges/store/features';
import { openBackbone, usableBackends, workerCount } from '../../../../src/entries/workers/backbone-workers';
import { ensureFeatures } from '../../../../src/entries/workers/ensure-features';
import { inWorker } from '../../../../src/entries/workers/one-call';
import type { WeightsWorker } from '../../../../src/entries/workers/weights.worker';
import WeightsThread from '../../../../src/entries/workers/weights.worker?worker';

/** Images per call of a wasm worker, as the pool hands them out. */
const BATCH = 4;

const never = new AbortController().signal;

export function useSeeded(seed: number): Promise<BackboneInfo> {
  return inWorker<WeightsWorker, BackboneInfo>(WeightsThread, remote => remote.seeded(seed), never);
}

/** The network that comes with every build, from the file that stands under its path. */
export async function useBuiltIn(): Promise<BackboneInfo> {
  await chooseBackbone(BUILT_IN_INFO.id);
  return chosenBackbone();
}

export async function useFile(address: string, name: string): Promise<BackboneInfo> {
  const bytes = await (await fetch(address)).blob();
  const file = new File([bytes], name);
  return inWorker<WeightsWorker, BackboneInfo>(
    WeightsThread,
    remote =>
      remote.fromFile(
        file,
        proxy(() => undefined),
      ),
    never,
  );
}

/**
 * Puts images into the store under made-up hashes and gives these. Each is stored `times`, every time with other
 * bytes after its end, which no decoder reads.
 */
export async function addImages(addresses: string[], times: number): Promise<string[]> {
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
  return { usable: await usableBackends(), workers: workerCount('wasm'), userAgent: navigator.userAgent };
}

/** Images per second of the bare network, black images in and activations out, on `workers` at once. */
export async function bareRate(backend: BackendName, workers: number, rounds: number, batch = BATCH): Promise<number> {
  const { id } = await chosenBackbone();
  const open = await Promise.all(Array.from({ length: workers }, () => openBackbone(backend, id)));
  try {
    await Promise.all(open.map(worker => worker.remote.time(batch)));
    const began = performance.now();
    await Promise.all(
      open.map(async worker => {
        for (let round = 0; round < rounds; round++) await worker.remote.time(batch);
      }),
    );
    // Each call computes two batches: one to be warm, one that it times itself.
    return (workers * rounds * 2 * batch * 1000) / (performance.now() - began);
  } finally {
    for (const worker of open) worker.terminate();
  }
}

/**
 * Images per second from stored images to stored features, on all workers: read, decode, resize, compute, write.
 * The clock starts when every worker has handed in its first batch, because loading the weights is paid once.
 */
export async function featureRate(sha256s: string[]): Promise<number> {
  await (await database()).clear('features');
  const first = workerCount('wasm') * BATCH;
  let [began, before, counted] = [0, 0, 0];
  await ensureFeatures(
    await chosenBackbone(),
    'wasm',
    sha256s.map(sha256 => ({ sha256, variant: '' })),
    ({ done }) => {
      if (done < first) return;
      if (began === 0) [began, before] = [performance.now(), done];
      else counted = done - before;
    },
    never,
  );
  return (counted * 1000) / (performance.now() - began);
}

/** The m of an image whose features are stored. */
export async function storedFeatures(backboneId: string, sha256: string): Promise<number[]> {
  const [found] = await getFeatures(backboneId, [sha256]);
  if (!found) throw new Error(`there are no features of ${sha256}`);
  return [...found.m];
}

/** Megabytes a worker on the CPU holds when it has computed a batch: its memory for the kernels only grows. */
export async function workerMegabytes(): Promise<number> {
  const { id } = await chosenBackbone();
  const worker = await openBackbone('wasm', id);
  try {
    await worker.remote.time(BATCH);
    const { breakdown } = await (
      performance as unknown as {
        measureUserAgentSpecificMemory(): Promise<{ breakdown: { bytes: number; attribution: { scope: string }[] }[] }>;
      }
    ).measureUserAgentSpecificMemory();
    const own = breakdown.filter(({ attribution }) => attribution.some(({ scope }) => /Worker/.test(scope)));
    return own.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  } finally {
    worker.terminate();
  }
}
