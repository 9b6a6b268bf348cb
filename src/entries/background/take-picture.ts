// Bytes become a sample: checked, decoded, hashed, compared and stored, for downloads and for the user's own pictures alike.
import type { Reason } from '../../contract/job';
import type { Sample } from '../../contract/sample';
import type { Settings } from '../../contract/settings';
import type { Decoded } from '../../edges/decode-image';
import { type ArrivalEnd, everyHash, type Source, storeArrival } from '../../edges/store/arrivals';
import { HashIndex } from '../../pipeline/bucket/near-duplicates';
import { check } from '../../pipeline/download/check';

/** What of the browser this needs; tests bring their own. */
export interface PictureTools {
  decode(blob: Blob): Promise<Decoded>;
  sha256(bytes: BufferSource): Promise<string>;
  settings(): Promise<Pick<Settings, 'ratios' | 'minSide' | 'honourOptOut'>>;
}

export type Origin = Pick<Sample, 'labelId' | 'candidate' | 'provenance' | 'harvestId'>;

/** `sha256` names the picture, which for a duplicate is the one that is there already. */
export type Taken = (ArrivalEnd & { sha256: string }) | { kind: 'refused'; reason: Reason; detail?: string };

/** Takes pictures into one collection. Holds the hashes of what is there: a cache, made anew with every background. */
export class PictureTaker {
  private hashes: Promise<HashIndex> | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly tools: PictureTools) {}

  /** Rejects only with errors of the storage. */
  async take(body: Uint8Array<ArrayBuffer>, origin: Origin, source: Source): Promise<Taken> {
    const { minSide } = await this.tools.settings();
    const checked = check(body, minSide);
    if (!checked.ok) return { kind: 'refused', reason: checked.reason, ...detail(checked.detail) };
    const blob = new Blob([body], { type: `image/${checked.type}` });
    const [hash, decoded] = await Promise.all([this.tools.sha256(body), this.tools.decode(blob).catch(asError)]);
    if (decoded instanceof Error) return { kind: 'refused', reason: 'undecodable', detail: checked.type };
    const { width, height, dHash, quality } = decoded;
    const sample = { ...origin, sha256: hash, type: checked.type, bytes: body.length, width, height, dHash, quality };
    const end = await this.inTurn(() => this.store(sample, decoded, blob, source));
    return { ...end, sha256: hash };
  }

  private async store(
    sample: Omit<Sample, 'group' | 'split' | 'addedAt'>,
    decoded: Decoded,
    blob: Blob,
    source: Source,
  ): Promise<ArrivalEnd> {
    this.hashes ??= loadHashes().catch(error => {
      this.hashes = undefined;
      throw error;
    });
    const hashes = await this.hashes;
    const near = hashes.near(decoded.dHash, decoded.mirrored);
    const { ratios } = await this.tools.settings();
    const end = await storeArrival({ sample, blob, thumbnail: decoded.thumbnail, near }, source, ratios);
    if (end.kind === 'stored') hashes.add(sample.sha256, sample.dHash);
    return end;
  }

  /** One at a time: of two near-duplicates that arrive together the second must find the first. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

async function loadHashes(): Promise<HashIndex> {
  const index = new HashIndex();
  for await (const { sha256, dHash } of everyHash()) index.add(sha256, dHash);
  return index;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function detail(text: string | undefined): { detail?: string } {
  return text === undefined ? {} : { detail: text };
}
