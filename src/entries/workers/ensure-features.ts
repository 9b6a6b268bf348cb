// Features for everything a training needs: those that are missing are computed by a pool of backbone workers.
import { GleanerError } from '../../contract/error';
import type { BackboneInfo, BackendName, FeatureTask } from '../../contract/features';
import { t } from '../../edges/i18n';
import { readSettings } from '../../edges/settings';
import { rememberedCheck } from '../../edges/store/backend-checks';
import { dropFeatures, featuredImages } from '../../edges/store/features';
import { runPool } from '../../pipeline/features/worker-pool';
import { BATCH_SIZE, openBackbone, workerCount } from './backbone-workers';
import { computesRightly } from './check-backend';
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
 * Goes on with the next backend where one fails, with what is still missing; images that cannot be read are passed over.
 * A backend whose numbers are not the kernels' is passed over. Rejects with the signal's reason, with 'backend_wrong' where
 * such a one was chosen by hand, or with 'no_backend' when all failed; what was computed is kept.
 */
export async function ensureFeatures(
  backbone: BackboneInfo,
  first: BackendName,
  tasks: FeatureTask[],
  onProgress: (progress: FeatureProgress) => void,
  signal: AbortSignal,
): Promise<{ backend: BackendName; seconds: number; imagesPerSecond: number }> {
  let missing = await missingOf(backbone.id, tasks);
  const before = await rememberedCheck(first, backbone.id);
  const firstIsRight = missing.length === 0 || (await mayBeStored(first, backbone.id));
  if (!firstIsRight && before === undefined && (await rememberedCheck(first, backbone.id)) === false) {
    // Found out just now: what is cached may be of this backend. No row says which one computed it.
    await dropFeatures(backbone.id);
    missing = await missingOf(backbone.id, tasks);
  }
  signal.throwIfAborted();
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
    if (!(name === first ? firstIsRight : await mayBeStored(name, backbone.id))) continue;
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

/**
 * Whether its numbers may be stored; not where it or its comparison does not run. Rejects with 'backend_wrong' for one that
 * was chosen by hand: whoever chose it is told, and not given another instead.
 */
async function mayBeStored(name: BackendName, id: string): Promise<boolean> {
  const right = await computesRightly(name, id).catch(error => {
    if (error instanceof GleanerError) throw error;
    console.warn(`The ${name} backend failed.`, error);
    return false;
  });
  const wrong = !right && (await rememberedCheck(name, id)) === false;
  if (wrong && (await readSettings()).backend === name) throw new GleanerError('backend_wrong', [t(`backend_${name}`)]);
  return right;
}

/** The tasks whose features are not cached. */
async function missingOf(id: string, tasks: readonly FeatureTask[]): Promise<FeatureTask[]> {
  const cached = { '': await featuredImages(id), mirror: await featuredImages(id, 'mirror') };
  return tasks.filter(({ sha256, variant }) => !cached[variant].has(sha256));
}
