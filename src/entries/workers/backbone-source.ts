// The ways weights come into the app, as a page calls them: each runs in a worker that is ended to cancel.
import * as Comlink from 'comlink';
import type { BackboneInfo } from '../../contract/features';
import type { BackboneSource } from '../../contract/learner';
import { installedBackbone } from '../../edges/store/backbones';
import type { PublishedFile } from '../../edges/weights-download';
import { link } from './crossing';
import type { WeightsWorker } from './weights.worker';
import WeightsThread from './weights.worker?worker';

/** `published` takes the place of Keras's own file in tests. */
export function createBackboneSource(published?: PublishedFile): BackboneSource {
  return {
    current: installedBackbone,
    download: (onProgress, signal) => run(remote => remote.download(Comlink.proxy(onProgress), published), signal),
    fromFile: (file, signal) => run(remote => remote.fromFile(file), signal),
    seeded: seed => run(remote => remote.seeded(seed), new AbortController().signal),
  };
}

async function run(
  work: (remote: Comlink.Remote<WeightsWorker>) => Promise<BackboneInfo>,
  signal: AbortSignal,
): Promise<BackboneInfo> {
  signal.throwIfAborted();
  const worker = link<WeightsWorker>(new WeightsThread());
  const cancel = () => worker.terminate();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await worker.call(work);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    worker.terminate();
  }
}
