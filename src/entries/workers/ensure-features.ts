// Features for everything a training needs: those that are missing are computed by a pool of backbone workers.
import { GleanerError } from '../../contract/error';
import type { BackboneInfo, BackendName, FeatureTask } from '../../contract/features';
import { featuredPictures } from '../../edges/store/features';
import { runPool } from '../../pipeline/features/worker-pool';
import { BATCH_SIZE, openBackbone, workerCount } from './backbone-workers';
import { backendsFrom } from './fallbacks';
import { secondsLeft } from './seconds-left';

/** `done` of `total` counts what was there before too; `secondsLeft` is missing until it can be told honestly. */
export interface FeatureProgress {
  done: number;
  total: number;
  imagesPerSecond: number;
  backend: BackendName;
  secondsLeft?: number;
}

/**
 * Goes on with the next backend where one fails, with what is still missing; pictures that cannot be read are passed over.
 * Rejects with the signal's reason, or with 'no_backend' when all failed; what was computed is kept.
 */
export async function ensureFeatures(
  backbone: BackboneInfo,
  first: BackendName,
  tasks: FeatureTask[],
  onProgress: (progress: FeatureProgress) => void,
  signal: AbortSignal,
): Promise<{ backend: BackendName; seconds: number; imagesPerSecond: number }> {
  const cached = {
    '': await featuredPictures(backbone.id),
    mirror: await featuredPictures(backbone.id, 'mirror'),
  };
  let missing = tasks.filter(({ sha256, variant }) => !cached[variant].has(sha256));
  const toDo = missing.length;
  const began = performance.now();
  let [computed, skipped] = [0, 0];
  let backend = first;
  const imagesPerSecond = () => (computed > 0 ? (computed * 1000) / (performance.now() - began) : 0);
  const tell = () => {
    const remaining = toDo - computed - skipped;
    const left = secondsLeft(computed, remaining, performance.now() - began);
    onProgress({
      done: tasks.length - remaining,
      total: tasks.length,
      imagesPerSecond: imagesPerSecond(),
      backend,
      ...(left === undefined ? {} : { secondsLeft: left }),
    });
  };
  tell();
  for (const name of backendsFrom(first)) {
    if (missing.length === 0) break;
    backend = name;
    missing = await runPool<FeatureTask, string[]>(missing, {
      workers: workerCount(name),
      batchSize: BATCH_SIZE[name],
      async open() {
        const { remote, terminate } = await openBackbone(name, backbone.id);
        return { run: batch => remote.compute(batch), close: terminate };
      },
      onBatch(batch, unread) {
        skipped += unread.length;
        computed += batch.length - unread.length;
        tell();
      },
      signal,
    });
  }
  signal.throwIfAborted();
  if (missing.length > 0) throw new GleanerError('no_backend');
  return { backend, seconds: (performance.now() - began) / 1000, imagesPerSecond: imagesPerSecond() };
}
