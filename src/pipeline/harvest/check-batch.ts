// Checks what a content script sent: a page can forge it, so every field is bounded and copied one by one.
import { type Candidate, isWebAddress, MAX_ADDRESS_LENGTH, MAX_ALTERNATIVES, REFUSALS } from '../../contract/candidate';
import type { CandidateBatch } from '../../contract/harvest';
import { addressesOf } from './addresses';

export const BATCH_LIMITS = {
  candidates: 500,
  sourcePage: 2048,
  title: 300,
  licence: 80,
  /** More than any label takes: a longer one is refused by its length, not cut in silence. */
  name: 2000,
  engine: 40,
  side: 1_000_000,
  tiles: 1_000_000,
} as const;

/** A string with control characters blanked, cut to `max` UTF-16 units; '' for anything else. */
export function checkText(value: unknown, max: number): string {
  if (typeof value !== 'string') return '';
  // Cut first: a megabyte of text is not worth a pass.
  return value
    .slice(0, max)
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
}

/** As `checkText`, for words that stand among ours: without what nobody sees and what turns around all that follows it. */
function checkShown(value: unknown, max: number): string {
  return checkText(value, max).replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** An id as `crypto.randomUUID` makes them; undefined for anything else. */
export function checkId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : undefined;
}

/** An http(s) address of bounded length in its normal form; undefined for anything else. */
export function httpAddress(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' || value.length > max || !isWebAddress(value)) return undefined;
  return new URL(value).href;
}

/** The candidate's known fields, checked; undefined when it has no usable address. */
export function checkCandidate(value: unknown): Candidate | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const row = value as Record<string, unknown>;
  // Cleaned once more: a forged message brings no thumbnail and no odd address either.
  const url = httpAddress(row.url, MAX_ADDRESS_LENGTH);
  const others = Array.isArray(row.alternatives) ? row.alternatives.slice(0, MAX_ALTERNATIVES) : [];
  const checked = url === undefined ? undefined : addressesOf([url, ...others], false);
  if (checked === undefined || !('url' in checked)) return undefined;
  const candidate: Candidate = checked;
  const width = count(row.width, BATCH_LIMITS.side);
  const height = count(row.height, BATCH_LIMITS.side);
  if (width && height) Object.assign(candidate, { width, height });
  const title = checkShown(row.title, BATCH_LIMITS.title);
  if (title) candidate.title = title;
  const sourcePage = httpAddress(row.sourcePage, BATCH_LIMITS.sourcePage);
  if (sourcePage) candidate.sourcePage = sourcePage;
  const licence = checkShown(row.licence, BATCH_LIMITS.licence);
  if (licence) candidate.licence = licence;
  const thumbnail = httpAddress(row.thumbnail, BATCH_LIMITS.sourcePage);
  if (thumbnail) candidate.thumbnail = thumbnail;
  return candidate;
}

/** The batch with its unusable candidates dropped; undefined when it is no batch at all. */
export function checkBatch(value: unknown): CandidateBatch | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const row = value as Record<string, unknown>;
  const harvestId = checkId(row.harvestId);
  if (harvestId === undefined || !Array.isArray(row.candidates)) return undefined;
  const candidates: Candidate[] = [];
  for (const entry of row.candidates.slice(0, BATCH_LIMITS.candidates)) {
    const candidate = checkCandidate(entry);
    if (candidate) candidates.push(candidate);
  }
  const engine = checkText(row.engine, BATCH_LIMITS.engine);
  const tiles = count(row.tiles, BATCH_LIMITS.tiles) ?? 0;
  return { harvestId, engine, candidates, tiles, refused: checkRefused(row.refused) };
}

/** The known reasons among those of a page, each with its number. */
export function checkRefused(value: unknown): CandidateBatch['refused'] {
  const refused: CandidateBatch['refused'] = {};
  const sent = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  for (const reason of REFUSALS) {
    const n = Object.hasOwn(sent, reason) ? count(sent[reason], BATCH_LIMITS.tiles) : undefined;
    if (n) refused[reason] = n;
  }
  return refused;
}

function count(value: unknown, max: number): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max ? (value as number) : undefined;
}
