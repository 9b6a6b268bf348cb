// The ways weights come into the app, as a page calls them: each runs in a worker that is ended to cancel.
import * as Comlink from 'comlink';
import type { BackboneInfo } from '../../contract/features';
import type { BackboneSource } from '../../contract/learner';
import { packedWeights } from '../../edges/packed-weights';
import { installedBackbone } from '../../edges/store/backbones';
import { inWorker } from './one-call';
import { type OnLayer, unlessStalled } from './stalled';
import type { WeightsWorker } from './weights.worker';
import WeightsThread from './weights.worker?worker';

export function createBackboneSource(): BackboneSource {
  return {
    current: installedBackbone,
    download: (onProgress, signal) =>
      run((remote, onLayer) => remote.download(Comlink.proxy(onProgress), onLayer), signal),
    fromFile: (file, signal) => run((remote, onLayer) => remote.fromFile(file, onLayer), signal),
    packedName: async () => (await packedWeights())?.name,
    packed: signal => run((remote, onLayer) => remote.packed(onLayer), signal),
    seeded: seed => run(remote => remote.seeded(seed), new AbortController().signal),
  };
}

function run(
  work: (remote: Comlink.Remote<WeightsWorker>, onLayer: OnLayer) => Promise<BackboneInfo>,
  signal: AbortSignal,
): Promise<BackboneInfo> {
  return unlessStalled(
    (either, onLayer) =>
      inWorker<WeightsWorker, BackboneInfo>(WeightsThread, remote => work(remote, Comlink.proxy(onLayer)), either),
    signal,
  );
}
