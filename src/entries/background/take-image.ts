// Bytes become a sample: checked, decoded, hashed, compared and stored, for downloads and for the user's own pictures alike.
import type { Job, Reason } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import type { Settings } from '../../contract/settings';
import type { Decoded } from '../../edges/decode-image';
import { type Arrival, type ArrivalEnd, type Source, storeArrivals } from '../../edges/store/arrivals';
import { type LookedAt, lookKey } from '../../edges/store/looks';
import { everyFingerprint } from '../../edges/store/samples';
import { refuseStandIn, standInKey, standInsMet } from '../../edges/store/stand-ins';
import { NearDuplicateIndex } from '../../pipeline/bucket/near-duplicates/index-of-prints';
import { bitsApart, NEAR_BITS } from '../../pipeline/bucket/near-duplicates/print';
import { check } from '../../pipeline/download/check';
import { IMAGE_LIMITS, type ImageLimits, OWN_LIMITS } from '../../pipeline/download/limits';
import { hostnameOf } from '../../pipeline/download/stand-in';
import { Looks } from './looks';

/** What of the browser this needs; tests bring their own. */
export interface ImageTools {
  /** @param stored  the size the header promises */
  decode(blob: Blob, stored: { width: number; height: number }): Promise<Decoded>;
  sha256(bytes: BufferSource): Promise<string>;
  settings(): Promise<Pick<Settings, 'ratios' | 'minSide' | 'honourOptOut' | 'sendReferer'>>;
}

export type Origin = Pick<Sample, 'labelId' | 'candidate' | 'provenance' | 'harvestId'>;

/** `sha256` names the picture, which for a duplicate is the one that is there already. */
export type ImageEnd = (ArrivalEnd & { sha256: string }) | Rejected;
type Rejected = { kind: 'rejected'; reason: Reason; detail?: string };

/** What the bytes of one picture tell. */
interface Seen extends Pick<Sample, 'sha256' | 'type'> {
  kind: 'seen';
  blob: Blob;
  decoded: Decoded;
}

interface Waiting {
  arrival: Omit<Arrival, 'near'> & { mirrored: string };
  source: Source;
  resolve(end: ArrivalEnd): void;
  reject(error: unknown): void;
}

/** Pictures stored in one transaction at most: what one failure or kill undoes. */
const TOGETHER = 64;

/** Takes pictures into one collection. Holds what is there to be compared with: a cache, made anew with every background. */
export class ImageTaker {
  private prints: Promise<NearDuplicateIndex> | undefined;
  private standInsMet: Promise<Set<string>> | undefined;
  private waiting: Waiting[] = [];
  private storing = false;
  private readonly looks: Looks;

  /** @param rested  as `Looks` wants it */
  constructor(
    private readonly tools: ImageTools,
    rested: Promise<unknown> = Promise.resolve(),
  ) {
    this.looks = new Looks(rested);
  }

  /** To be awaited before `isSuspect`. Rejects only with errors of the storage. */
  ready(): Promise<void> {
    return this.looks.load();
  }

  /** Whether an earlier background may have died of this picture, so that nothing may be looked at beside it. */
  isSuspect(source: LookedAt): boolean {
    return this.looks.isSuspect(lookKey(source));
  }

  /**
   * Whether backgrounds died of this picture so often that it ends as undecodable, without being fetched again. Said once.
   * Rejects only with errors of the storage.
   */
  gaveUp(source: LookedAt): Promise<boolean> {
    return this.looks.spent(lookKey(source));
  }

  /** Rejects only with errors of the storage: whatever the bytes do ends this picture, and no other. */
  async take(
    body: Uint8Array<ArrayBuffer>,
    origin: Origin,
    source: Source,
    { fromBackup, landing }: Pick<Arrival, 'fromBackup' | 'landing'> = {},
  ): Promise<ImageEnd> {
    const { minSide } = await this.tools.settings();
    const key = lookKey(source);
    await this.looks.begin(key);
    // What a person brings is taken as it is; what is collected is judged by its size.
    const own = 'inboxId' in source;
    const seen = await this.look(body, own ? OWN_LIMITS.minSide : minSide, own ? OWN_LIMITS : IMAGE_LIMITS);
    await this.looks.end(key);
    if (seen.kind === 'rejected') return seen;
    const { sha256, type, blob, decoded } = seen;
    if (fromBackup && fromBackup.sha256 !== sha256) return { kind: 'rejected', reason: 'undecodable', detail: type };
    if (landing && (await this.standIns()).has(standInKey(hostnameOf(landing.asked), sha256)))
      return { kind: 'stand-in', sha256 };
    const { width, height, quality, thumbnail, mirrored, sketch } = decoded;
    // Another browser's decoder gives a few other bits, for which the hash need not change.
    const dHash =
      fromBackup && bitsApart(fromBackup.dHash, decoded.dHash) <= NEAR_BITS ? fromBackup.dHash : decoded.dHash;
    const sample = { ...origin, sha256, type, bytes: body.length, width, height, dHash, sketch, quality };
    const end = await new Promise<ArrivalEnd>((resolve, reject) => {
      const arrival = {
        sample,
        blob,
        thumbnail,
        mirrored,
        ...(fromBackup && { fromBackup }),
        ...(landing && { landing }),
      };
      this.waiting.push({ arrival, source, resolve, reject });
      if (!this.storing) void this.storeWaiting();
    });
    return { ...end, sha256 };
  }

  /**
   * Refuses an image as the stand-in of a host, from now on and back to where it came in first. Rejects as the storage does.
   * @param ended  what becomes of jobs that had ended with it
   */
  async refuseStandIn(sha256: string, hostname: string, ended: (job: Job) => Job): Promise<void> {
    const { ratios } = await this.tools.settings();
    await refuseStandIn(sha256, hostname, ended, ratios);
    (await this.standIns()).add(standInKey(hostname, sha256));
  }

  private standIns(): Promise<Set<string>> {
    this.standInsMet ??= standInsMet().catch(error => {
      this.standInsMet = undefined;
      throw error;
    });
    return this.standInsMet;
  }

  /** For a time when nothing more is taken: writes down that nothing is looked at. Rejects as the storage does. */
  rest(): Promise<void> {
    return this.looks.writeDown();
  }

  /** Forgets what it knows of the collection after everything was deleted. */
  async forget(): Promise<void> {
    this.prints = undefined;
    this.standInsMet = undefined;
    await this.looks.forget();
  }

  /** Never rejects, whatever the bytes do. */
  private async look(body: Uint8Array<ArrayBuffer>, minSide: number, limits: ImageLimits): Promise<Seen | Rejected> {
    let type: string | undefined;
    try {
      const checked = check(body, minSide, limits);
      if (!checked.ok) return { kind: 'rejected', reason: checked.reason, ...detail(checked.detail) };
      type = checked.type;
      const blob = new Blob([body], { type: `image/${checked.type}` });
      const [sha256, decoded] = await Promise.all([this.tools.sha256(body), this.tools.decode(blob, checked.header)]);
      return { kind: 'seen', sha256, type: checked.type, blob, decoded };
    } catch {
      return { kind: 'rejected', reason: 'undecodable', ...detail(type) };
    }
  }

  /** One transaction at a time, with all that came meanwhile: of two near-duplicates the second must find the first. */
  private async storeWaiting(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, TOGETHER);
      try {
        const ends = await this.store(batch);
        for (const [n, end] of ends.entries()) batch[n]?.resolve(end);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.storing = false;
  }

  private async store(batch: readonly Waiting[]): Promise<ArrivalEnd[]> {
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
    const { ratios } = await this.tools.settings();
    return storeArrivals(arrivals, ratios);
  }
}

async function loadPrints(): Promise<NearDuplicateIndex> {
  const index = new NearDuplicateIndex();
  for await (const { sha256, ...print } of everyFingerprint()) index.add(sha256, print);
  return index;
}

function detail(text: string | undefined): { detail?: string } {
  return text === undefined ? {} : { detail: text };
}
