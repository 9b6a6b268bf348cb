// Samples with their stored bytes beside them, asked for in batches.
import type { Sample } from '../../contract/sample';
import { chunks } from './chunks';

/** The stored bytes of samples, in their order; a blob whose file was lost rejects when it is read. */
export type BlobsOf = (sha256s: string[]) => Promise<(Blob | undefined)[]>;

/** Samples asked for at once: every transaction costs Chromium 8 KB until its garbage is collected, and time. */
const BATCH = 32;

export async function* withBlobs(
  samples: AsyncIterable<Sample>,
  blobsOf: BlobsOf,
): AsyncGenerator<{ sample: Sample; blob: Blob | undefined }> {
  for await (const batch of chunks(samples, BATCH)) {
    const blobs = await blobsOf(batch.map(({ sha256 }) => sha256));
    for (const [i, sample] of batch.entries()) yield { sample, blob: blobs[i] };
  }
}
