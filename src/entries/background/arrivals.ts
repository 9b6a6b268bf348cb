// Stores what was looked at, all that waits in one transaction, each beside the near-duplicates that are there already.
import type { SplitRatios } from '../../contract/sample';
import { type Arrival, type ArrivalEnd, type Source, storeArrivals } from '../../edges/store/arrivals';
import { everyFingerprint } from '../../edges/store/samples';
import { NearDuplicateIndex } from '../../pipeline/bucket/near-duplicates/index-of-prints';

/** What was looked at, not yet compared; `mirrored` is its hash when mirrored. */
type Uncompared = Omit<Arrival, 'near'> & { mirrored: string };

interface Waiting {
  arrival: Uncompared;
  source: Source;
  resolve(end: ArrivalEnd): void;
  reject(error: unknown): void;
}

/** Images stored in one transaction at most: what one failure or kill undoes. */
const TOGETHER = 64;

/** Holds the prints of the collection, to compare with: a cache, made anew with every background. */
export class Arrivals {
  private prints: Promise<NearDuplicateIndex> | undefined;
  private waiting: Waiting[] = [];
  private storing = false;

  constructor(private readonly ratios: () => Promise<SplitRatios>) {}

  /** Rejects as the storage does. */
  store(arrival: Uncompared, source: Source): Promise<ArrivalEnd> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ arrival, source, resolve, reject });
      if (!this.storing) void this.storeWaiting();
    });
  }

  /** Forgets the prints after everything was deleted. */
  forget(): void {
    this.prints = undefined;
  }

  /** One transaction at a time, with all that came meanwhile: of two near-duplicates the second must find the first. */
  private async storeWaiting(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, TOGETHER);
      try {
        const ends = await this.storeTogether(batch);
        for (const [n, end] of ends.entries()) batch[n]?.resolve(end);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.storing = false;
  }

  private async storeTogether(batch: readonly Waiting[]): Promise<ArrivalEnd[]> {
    this.prints ??= loadPrints().catch(error => {
      this.prints = undefined;
      throw error;
    });
    const prints = await this.prints;
    const arrivals = batch.map(({ arrival: { mirrored, ...arrival }, source }) => {
      const { sha256 } = arrival.sample;
      const near = prints.near(arrival.sample, mirrored);
      // Known from now on, also to the rest of the batch. Should the row not come to be, no harm is done by its print.
      prints.add(sha256, arrival.sample);
      return { arrival: { ...arrival, near }, source };
    });
    return storeArrivals(arrivals, await this.ratios());
  }
}

async function loadPrints(): Promise<NearDuplicateIndex> {
  const index = new NearDuplicateIndex();
  for await (const { sha256, ...print } of everyFingerprint()) index.add(sha256, print);
  return index;
}
