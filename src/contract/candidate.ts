// What a search page offers: full-size image addresses, never thumbnails.

/** The longest address that is taken, in UTF-16 code units. Longer ones carry data, not a place. */
export const MAX_ADDRESS_LENGTH = 8192;
/** The most candidates one page may offer, so that a hostile page cannot fill the queue. */
export const MAX_CANDIDATES = 5000;
/** The most other addresses one image may have, and the longest of them in UTF-16 code units. */
export const MAX_ALTERNATIVES = 6;
export const MAX_ALTERNATIVE_LENGTH = 2048;
/** The most tiles of one page that are looked at. */
export const MAX_RESULTS = 100_000;

/** Whether a text is an absolute http(s) address as it stands; not what a parser would make of it. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** One image a page offers, as its engine reported it. Sizes are CSS-independent pixels of the original. */
export interface Candidate {
  /** Absolute http(s) address of the full-size image. */
  url: string;
  /** Other addresses of the same image, tried in this order when the one before is gone, refused or no image. */
  alternatives?: string[];
  width?: number;
  height?: number;
  title?: string;
  /** The page the image stands on (not the search page). */
  sourcePage?: string;
  /** The licence as the page names it, such as "CC BY 4.0"; missing where the page says nothing, which is nearly everywhere. */
  licence?: string;
  /** The engine's small image; kept for display only, never downloaded into the dataset. */
  thumbnail?: string;
}

/** Why a tile gave no candidate. */
export const REFUSALS = [
  'no-full-size',
  'thumbnail-host',
  'not-http',
  'bad-address',
  'too-long',
  'too-small',
  'over-page-limit',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What an engine read from a document or from one of the page's own XHR answers. */
export interface Found {
  candidates: Candidate[];
  /** Result tiles seen, whether or not they carried a full-size address: "112 tiles, 0 found" means a changed layout. */
  tiles: number;
  refused: Partial<Record<Refusal, number>>;
  /** Sizes are those of images as an ordinary page shows them, of which there may be larger ones. */
  shown?: true;
}

/** Where and when a candidate was collected. */
export interface Provenance {
  engine: string;
  query: string;
  pageUrl: string;
  /** Milliseconds since the epoch. */
  harvestedAt: number;
  /** Which of the candidate's alternatives the image was downloaded from; missing when it was `url` itself. */
  downloadedFrom?: string;
}
