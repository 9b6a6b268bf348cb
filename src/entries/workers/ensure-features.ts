// Features for everything a training needs, computed where missing.
import { GleanerError } from '../../contract/error';
import type { BackboneInfo, BackendName, FeatureTask } from '../../contract/features';
import type { TrainProgress } from '../../contract/learner';
import { featuredPictures } from '../../edges/store/features';
import { backendsFrom } from './fallbacks';
import { computeFeatures } from './feature-pool';

/** Seconds of work before a time left is worth telling. */
const HONEST_AFTER = 4;

/**
 * Goes on with the next backend where one fails, with what is still missing. Rejects with the signal's reason, or with
 * 'no_backend' when all failed; what was computed is kept.
 */
export async function ensureFeatures(
  backbone: BackboneInfo,
  first: BackendName,
  tasks: FeatureTask[],
  onProgress: (progress: TrainProgress) => void,
  signal: AbortSignal,
): Promise<{ backend: BackendName; seconds: number; imagesPerSecond: number }> {
  const cached = {
    '': await featuredPictures(backbone.id),
    mirror: await featuredPictures(backbone.id, 'mirror'),
  };
  let left = tasks.filter(({ sha256, variant }) => !cached[variant].has(sha256));
  const total = tasks.length;
  const missing = left.length;
  const began = performance.now();
  let [computed, skipped] = [0, 0];
  let backend = first;
  const tell = () => {
    const seconds = (performance.now() - began) / 1000;
    const imagesPerSecond = computed > 0 ? computed / seconds : 0;
    const remaining = missing - computed - skipped;
    onProgress({
      phase: 'features',
      done: total - remaining,
      total,
      imagesPerSecond,
      backend,
      ...(seconds > HONEST_AFTER && computed > 0 ? { secondsLeft: remaining / imagesPerSecond } : {}),
    });
  };
  tell();
  for (const name of backendsFrom(first)) {
    if (left.length === 0) break;
    backend = name;
    left = await computeFeatures(
      backend,
      left,
      batch => {
        computed += batch.done.length;
        skipped += batch.skipped.length;
        tell();
      },
      signal,
    );
  }
  signal.throwIfAborted();
  if (left.length > 0) throw new GleanerError('no_backend');
  const seconds = (performance.now() - began) / 1000;
  return { backend, seconds, imagesPerSecond: computed > 0 ? computed / seconds : 0 };
}
