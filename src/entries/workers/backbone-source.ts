// The ways weights come into the app, as a page calls them: each runs in a worker that is ended to cancel.
import * as Comlink from 'comlink';
import type { BackboneInfo } from '../../contract/features';
import type { BackboneSource } from '../../contract/learner';
import { packedWeights } from '../../edges/packed-weights';
import { installedBackbone } from '../../edges/store/backbones';
import { inWorker } from './one-call';
import type { WeightsWorker } from './weights.worker';
import WeightsThread from './weights.worker?worker';

export function createBackboneSource(): BackboneSource {
  return {
    current: installedBackbone,
    download: (onProgress, signal) => run(remote => remote.download(Comlink.proxy(onProgress)), signal),
    fromFile: (file, signal) => run(remote => remote.fromFile(file), signal),
    packedName: async () => (await packedWeights())?.name,
    packed: signal => run(remote => remote.packed(), signal),
    seeded: seed => run(remote => remote.seeded(seed), new AbortController().signal),
  };
}

function run(
  work: (remote: Comlink.Remote<WeightsWorker>) => Promise<BackboneInfo>,
  signal: AbortSignal,
): Promise<BackboneInfo> {
  return inWorker(WeightsThread, work, signal);
}
