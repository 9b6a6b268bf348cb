// Collects what an engine sees into a Found: checked, without duplicates, within the page's limits.
import {
  type Candidate,
  type Found,
  isWebAddress,
  MAX_ADDRESS_LENGTH,
  MAX_ALTERNATIVES,
  MAX_CANDIDATES,
  type Refusal,
} from '../../contract/candidate';

/** What a page says of an image; every part is unknown because the page wrote it. */
export interface Details {
  /** Other addresses of the same image, the best first. */
  alternatives?: readonly unknown[];
  width?: unknown;
  height?: unknown;
  title?: unknown;
  sourcePage?: unknown;
  licence?: unknown;
  thumbnail?: unknown;
}

const MAX_TITLE = 300;
const MAX_LICENCE = 80;
const MAX_READ = 20_000;
const MAX_SIDE = 1_000_000;

export class Finds {
  private readonly byUrl = new Map<string, Candidate>();
  private readonly refused: Partial<Record<Refusal, number>> = {};
  private tiles = 0;

  /** Whether the page's limit is reached, so that engines stop looking. */
  get full(): boolean {
    return this.byUrl.size >= MAX_CANDIDATES;
  }

  /** Counts one result tile, with or without an address. */
  tile(count = 1): void {
    this.tiles += count;
  }

  /**
   * The elements one by one, until the page's limit is reached or 20,000 are read; the rest is counted as tiles over the
   * limit. This is what bounds the work that a page of 100,000 tiles makes.
   */
  *reading(elements: Element[]): Generator<Element> {
    for (const [i, element] of elements.entries()) {
      if (this.full || i >= MAX_READ) {
        this.tile(elements.length - i);
        this.refuse('over-page-limit', elements.length - i);
        return;
      }
      yield element;
    }
  }

  refuse(reason: Refusal, count = 1): void {
    if (count > 0) this.refused[reason] = (this.refused[reason] ?? 0) + count;
  }

  /**
   * Takes one address; `//host/path` gets https. A second tile with the same address only fills what the first left open.
   * Returns whether the address is among the candidates now.
   */
  add(address: unknown, details: Details = {}): boolean {
    // A full page may offer a hundred thousand more; not one of them is worth parsing.
    if (this.full && !(typeof address === 'string' && this.byUrl.has(address))) {
      this.refuse('over-page-limit');
      return false;
    }
    const url = readAddress(address);
    if (typeof url !== 'string') {
      this.refuse(url.refusal);
      return false;
    }
    const known = this.byUrl.get(url);
    const candidate: Candidate = known ?? { url };
    complete(candidate, details);
    this.byUrl.set(url, candidate);
    return true;
  }

  /** Counts a tile and takes its address; a tile without one is refused as `no-full-size`. */
  addTile(address: unknown, details: Details = {}): boolean {
    this.tile();
    return this.add(address, details);
  }

  found(): Found {
    return { candidates: [...this.byUrl.values()], tiles: this.tiles, refused: { ...this.refused } };
  }
}

function readAddress(address: unknown): string | { refusal: Refusal } {
  if (typeof address !== 'string' || address.trim() === '') return { refusal: 'no-full-size' };
  const trimmed = address.trim();
  if (/^(?:data|blob|about|javascript|x-raw-image|filesystem):/i.test(trimmed)) return { refusal: 'not-http' };
  const absolute = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (absolute.length > MAX_ADDRESS_LENGTH) return { refusal: 'too-long' };
  // The URL parser would drop a tab or a line break and so make an address that nobody wrote.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (/[\u0000-\u001f]/.test(absolute)) return { refusal: 'bad-address' };
  return isWebAddress(absolute) ? absolute : { refusal: 'bad-address' };
}

function complete(candidate: Candidate, details: Details): void {
  const width = readSide(details.width);
  const height = readSide(details.height);
  if (candidate.width === undefined && width !== undefined && height !== undefined) {
    candidate.width = width;
    candidate.height = height;
  }
  const title = readText(details.title, MAX_TITLE);
  if (candidate.title === undefined && title !== '') candidate.title = title;
  const licence = readText(details.licence, MAX_LICENCE);
  if (candidate.licence === undefined && licence !== '') candidate.licence = licence;
  const sourcePage = readAddress(details.sourcePage);
  if (candidate.sourcePage === undefined && typeof sourcePage === 'string') candidate.sourcePage = sourcePage;
  const others = [...(candidate.alternatives ?? []), ...(details.alternatives ?? []).map(readAddress)];
  const alternatives = new Set(
    others.filter(other => typeof other === 'string' && other !== candidate.url) as string[],
  );
  if (alternatives.size > 0) candidate.alternatives = [...alternatives].slice(0, MAX_ALTERNATIVES);
  const thumbnail = readAddress(details.thumbnail);
  if (candidate.thumbnail === undefined && typeof thumbnail === 'string') candidate.thumbnail = thumbnail;
}

/** One line of text, cut to `max` characters; '' for anything else. */
function readText(value: unknown, max: number): string {
  if (typeof value !== 'string') return '';
  return value
    .slice(0, 4 * max)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, max);
}

/** A side in pixels from a number or its digits; anything else is unknown. */
function readSide(value: unknown): number | undefined {
  const side = typeof value === 'string' && /^\d{1,7}$/.test(value.trim()) ? Number(value) : value;
  return typeof side === 'number' && Number.isInteger(side) && side > 0 && side <= MAX_SIDE ? side : undefined;
}
