// Bytes become a sample: checked, decoded and hashed, then stored beside its like; downloads and the user's own images alike.
import type { Job, Reason } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import type { Settings } from '../../contract/settings';
import type { Decoded } from '../../edges/decode-image';
import type { Arrival, ArrivalEnd, Source } from '../../edges/store/arrivals';
import { type LookSource, lookKey } from '../../edges/store/looks';
import { refuseStandIn, type StandInMet, standInKey, standInsMet } from '../../edges/store/stand-ins';
import { bitsApart, NEAR_BITS } from '../../pipeline/bucket/near-duplicates/print';
import { check } from '../../pipeline/download/check';
import { IMAGE_LIMITS, type ImageLimits, OWN_LIMITS } from '../../pipeline/download/limits';
import { hostnameOf } from '../../pipeline/download/stand-in';
import { Arrivals } from './arrivals';
import { Looks } from './looks';

/** What of the browser this needs; tests bring their own. */
export interface ImageTools {
  /** @param stored  the size the header promises */
  decode(blob: Blob, stored: { width: number; height: number }): Promise<Decoded>;
  sha256(bytes: BufferSource): Promise<string>;
  settings(): Promise<Pick<Settings, 'ratios' | 'minSide' | 'honourOptOut' | 'sendReferer'>>;
}

export type Origin = Pick<Sample, 'labelId' | 'candidate' | 'provenance' | 'harvestId'>;

/** `sha256` names the image, which for a duplicate is the one that is there already. */
export type ImageEnd = (ArrivalEnd & { sha256: string }) | Rejected;
type Rejected = { kind: 'rejected'; reason: Reason; detail?: string };

/** What the bytes of one image tell. */
interface Seen extends Pick<Sample, 'sha256' | 'type'> {
  kind: 'seen';
  blob: Blob;
  decoded: Decoded;
}

/** Takes images into one collection. */
export class ImageTaker {
  private standInsMet: Promise<Set<string>> | undefined;
  private readonly arrivals: Arrivals;
  private readonly looks: Looks;

  /** @param rested  as `Looks` wants it */
  constructor(
    private readonly tools: ImageTools,
    rested: Promise<unknown> = Promise.resolve(),
  ) {
    this.arrivals = new Arrivals(async () => (await tools.settings()).ratios);
    this.looks = new Looks(rested);
  }

  /** To be awaited before `isSuspect`. Rejects only with errors of the storage. */
  ready(): Promise<void> {
    return this.looks.load();
  }

  /** Whether an earlier background may have died of this image, so that nothing may be looked at beside it. */
  isSuspect(source: LookSource): boolean {
    return this.looks.isSuspect(lookKey(source));
  }

  /**
   * Whether backgrounds died of this image so often that it ends as undecodable, without being fetched again. Said once.
   * Rejects only with errors of the storage.
   */
  gaveUp(source: LookSource): Promise<boolean> {
    return this.looks.spent(lookKey(source));
  }

  /** Rejects only with errors of the storage: whatever the bytes do ends this image, and no other. */
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
    const end = await this.arrivals.store(
      { sample, blob, thumbnail, mirrored, ...(fromBackup && { fromBackup }), ...(landing && { landing }) },
      source,
    );
    return { ...end, sha256 };
  }

  /**
   * Refuses an image as the stand-in of a host, from now on and back to where it came in first. Rejects as the storage does.
   * @param ended  what becomes of jobs that had ended with it
   */
  async refuseStandIn(met: StandInMet, ended: (job: Job) => Job): Promise<void> {
    const { ratios } = await this.tools.settings();
    if (await refuseStandIn(met, ended, ratios)) (await this.standIns()).add(standInKey(met.hostname, met.sha256));
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
    this.arrivals.forget();
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
}

function detail(text: string | undefined): { detail?: string } {
  return text === undefined ? {} : { detail: text };
}
