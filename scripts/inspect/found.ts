// What `inspect` prints: a contract that tools and reports rely on. Fields are added, never renamed.
import type { Split } from '../../src/contract/sample';

/** A question the app would put before it adds anything; `taken` is its answer unless the person says otherwise. */
export interface Question {
  question: 'folders' | 'code-page' | 'address-column' | 'label-column' | 'delimiter';
  /** Why it is asked, in a word. */
  why: string;
  taken: string;
  choices: string[];
}

export interface Found {
  kind: 'classes' | 'list' | 'page' | 'picture' | 'weights' | 'backup' | 'refused';
  /** Images of folders, or addresses of a list, by label. */
  labels?: Record<string, number>;
  /** The labels as exports number them. */
  order?: string[];
  /** What is left out before anything is looked at, by reason. */
  left?: Record<string, number>;
  /** `null` where nothing is. */
  asked?: Question[] | null;
  splits?: Record<string, Record<Split, number>>;
  /** Groups of two or more near-duplicates, and the images in the largest; 1 where all images differ. */
  groups?: number;
  largestGroup?: number;
  addresses?: Record<string, string[]>;
  candidates?: { url: string; alternatives: string[] }[];
  tiles?: number;
  /** What was looked at and not taken, by reason; `refusedFiles` names the first of them. */
  refused?: Record<string, number>;
  refusedFiles?: { file: string; reason: string }[];
  /** Why all of it is refused: the error's code, and its sentence. */
  reason?: string;
  sentence?: string;
  [more: string]: unknown;
}

/** Adds to the count of a reason. */
export function count(counts: Record<string, number>, reason: string, n = 1): void {
  if (n > 0) counts[reason] = (Object.hasOwn(counts, reason) ? (counts[reason] ?? 0) : 0) + n;
}

/** Counts by name, safe for names such as `__proto__`. */
export function byName<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries(entries);
}
