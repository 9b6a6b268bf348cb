// Steps by which versions up to 3 kept what the user said of conflicts, and which of today's words each of them is the way back of.
import type { ConfirmedLabels } from '../../contract/conflict';

export type EarlierStep =
  /** Of images found for two labels, by the downloads that brought them again. */
  | { kind: 'keep'; images: number; jobIds: string[] }
  /** Of near-duplicates. An empty list took the word back. */
  | { kind: 'keep-alike'; words: ConfirmedLabels[]; before: ConfirmedLabels[] };

/** The order of steps, as it stands in `meta`. */
export interface StepOrder {
  done: { id: string }[];
  undone: { id: string }[];
}

/** Ids of labels, by SHA-256. */
export type LabelSets = Map<string, Set<string>>;

export function addTo(sets: LabelSets, sha256: string, labelIds: readonly string[]): void {
  const set = sets.get(sha256) ?? new Set();
  for (const id of labelIds) set.add(id);
  sets.set(sha256, set);
}

/** What one step said. */
export interface Said {
  /** Where it stands in `meta`. */
  key: string;
  said: ConfirmedLabels[];
  /** What near-duplicates were confirmed against before. */
  before?: ConfirmedLabels[];
  near: boolean;
}

/**
 * Gives each step, in the order they were done or will be done again, the labels that were new with it: a label two steps speak of is the
 * first one's, and one that stood before them all is nobody's, so that what is undone takes back no more than it said.
 * @param done  how many of the steps are done; the others were undone
 * @param settled  labels that images were found for and confirmed against
 * @param rightUnder  labels that near-duplicates were confirmed against
 */
export function sharedOut(
  steps: readonly Said[],
  done: number,
  settled: LabelSets,
  rightUnder: ReadonlyMap<string, readonly string[]>,
): { key: string; confirmed: ConfirmedLabels[] }[] {
  const known = beforeAll(steps.slice(0, done), settled, rightUnder);
  return steps.map(({ key, said, before = [] }) => {
    const earlier = new Map(before.map(({ sha256, labelIds }) => [sha256, labelIds]));
    const confirmed = said.map(({ sha256, labelIds }) => {
      const fresh = labelIds.filter(id => !earlier.get(sha256)?.includes(id) && !known.get(sha256)?.has(id));
      addTo(known, sha256, fresh);
      return { sha256, labelIds: fresh };
    });
    return { key, confirmed };
  });
}

/** What was said by steps that are forgotten by now. */
function beforeAll(
  steps: readonly Said[],
  settled: LabelSets,
  rightUnder: ReadonlyMap<string, readonly string[]>,
): LabelSets {
  const known: LabelSets = new Map();
  const found: LabelSets = new Map();
  const spoken = new Set<string>();
  for (const { near, said, before = [] } of steps) {
    if (!near) for (const { sha256, labelIds } of said) addTo(found, sha256, labelIds);
    for (const { sha256, labelIds } of before) {
      if (!spoken.has(sha256)) addTo(known, sha256, labelIds);
      spoken.add(sha256);
    }
  }
  for (const [sha256, labelIds] of rightUnder) if (!spoken.has(sha256)) addTo(known, sha256, labelIds);
  for (const [sha256, labelIds] of settled)
    addTo(
      known,
      sha256,
      [...labelIds].filter(id => !found.get(sha256)?.has(id)),
    );
  return known;
}
