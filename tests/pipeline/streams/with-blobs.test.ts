// Stored bytes are asked for in batches, and every sample comes out once, in order, with its own.
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/contract/sample';
import { withBlobs } from '../../../src/pipeline/streams/with-blobs';

async function* samples(count: number): AsyncGenerator<Sample> {
  for (let i = 0; i < count; i++) yield { sha256: String(i) } as Sample;
}

describe('withBlobs', () => {
  it.each([0, 1, 32, 33, 100])('pairs %i samples with their bytes', async count => {
    const asked: number[] = [];
    const blobsOf = async (sha256s: string[]) => {
      asked.push(sha256s.length);
      return sha256s.map(sha256 => (sha256 === '7' ? undefined : new Blob([sha256])));
    };
    const seen: (string | undefined)[] = [];
    for await (const { sample, blob } of withBlobs(samples(count), blobsOf)) {
      expect(blob === undefined || (await blob.text()) === sample.sha256).toBe(true);
      seen.push(blob && sample.sha256);
    }
    expect(seen).toEqual(Array.from({ length: count }, (_, i) => (i === 7 ? undefined : String(i))));
    expect(asked).toHaveLength(Math.ceil(count / 32));
  });
});
