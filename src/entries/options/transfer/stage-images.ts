// Images that come out of a file go through the inbox, where the background checks each like a downloaded one.
import type { Reason } from '../../../contract/job';
import type { RefusedFile } from '../../../contract/messages';
import { type InboxEntry, putWithOrigin } from '../../../edges/store/inbox';
import { handOver, throwIfFull } from '../app/hand-over';

export type StagedImage = Required<Omit<InboxEntry, 'id'>>;

/** Handed over at a time: few enough that neither memory nor the inbox fills. */
const BATCH = { images: 50, bytes: 24_000_000 };

export interface StagedCounts {
  stored: number;
  rejected: Partial<Record<Reason, number>>;
  /** The first of those, by name. */
  refused: RefusedFile[];
}

/**
 * Hands images on in batches; `onBatch` hears of each batch when the background has taken it, or as much of it as it could. Ends as
 * `handOver` does, and rejects with `inbox_full` where the storage is.
 */
export async function stageImages(
  images: AsyncIterable<StagedImage>,
  onBatch: (taken: StagedCounts, batch: StagedImage[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let batch: StagedImage[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const taking = batch;
    batch = [];
    bytes = 0;
    const taken = await handOver(() => putWithOrigin(taking), signal);
    await onBatch({ ...taken, stored: taken.stored.length }, taking);
    throwIfFull(taken);
  };
  for await (const image of images) {
    signal.throwIfAborted();
    batch.push(image);
    bytes += image.blob.size;
    if (batch.length >= BATCH.images || bytes >= BATCH.bytes) await flush();
    signal.throwIfAborted();
  }
  await flush();
}
