// Looks at the finds of a page: features of their thumbnails by one worker with the built-in network, judged by another.
import { GleanerError } from '../../contract/error';
import { BUILT_IN_INFO } from '../../edges/store/backbones';
import { runPool } from '../../pipeline/features/worker-pool';
import type { Suspicion } from '../../pipeline/harvest/judge-finds';
import type { BackboneWorker } from './backbone.worker';
import { BATCH_SIZE, openBackbone } from './backbone-workers';
import type { FindsWorker } from './finds.worker';
import FindsThread from './finds.worker?worker';
import { type RunningWorker, startWorker } from './worker-bridge';

export interface FindToLookAt {
  url: string;
  /** Its thumbnail; undefined when there is none to be had. */
  image(): Promise<Blob | undefined>;
}

/** The harvest whose finds they are, and the label it is for, which may not be there yet. */
export interface LookedFor {
  harvestId: string;
  labelId: string;
}

/** Kept from one call to the next; it knows the features of what was looked at before. */
let judge: RunningWorker<FindsWorker> | undefined;
/** One, so that a second core is left to the page that is scrolled. */
let backbone: Promise<RunningWorker<BackboneWorker>> | undefined;

/**
 * Looks at further finds of a harvest, and says what speaks against any of its finds. Those without a thumbnail that can be
 * read are passed over. Rejects with the signal's reason, or with 'no_backend' where nothing computes.
 */
export async function lookAtFinds(
  { harvestId, labelId }: LookedFor,
  finds: readonly FindToLookAt[],
  signal: AbortSignal,
): Promise<Map<string, Suspicion>> {
  const fresh: [string, Float32Array][] = [];
  const left = await runPool<FindToLookAt, (Float32Array | undefined)[]>(finds, {
    workers: 1,
    batchSize: BATCH_SIZE.wasm,
    async open() {
      backbone ??= openBackbone('wasm', BUILT_IN_INFO.id);
      const { remote } = await backbone.catch(failed);
      return {
        run: async batch => remote.look(await Promise.all(batch.map(find => find.image()))).catch(failed),
        close: () => undefined,
      };
    },
    onBatch(batch, found) {
      for (const [i, { url }] of batch.entries()) if (found[i]) fresh.push([url, found[i]]);
    },
    signal,
  });
  if (left.length > 0) throw new GleanerError('no_backend');
  judge ??= startWorker<FindsWorker>(FindsThread);
  return judge.remote.judge(harvestId, labelId, fresh);
}

/** Ends what computes, at once; what was looked at is still known. */
export function restFromLooking(): void {
  void backbone?.then(({ terminate }) => terminate()).catch(() => undefined);
  backbone = undefined;
}

/** One that failed is not used again. */
function failed(error: unknown): never {
  restFromLooking();
  throw error;
}
