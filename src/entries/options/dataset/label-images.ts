// The images of a label as its view shows them: which are left out, in what order, and what is said of each.
import { type Signal, signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { arrange, type Filter, type Sort, spareOnes } from '../../../pipeline/bucket/arrange';
import { flagged } from '../../../pipeline/bucket/flags';
import { claimsOf } from './claims';
import { useLabelRows } from './label-rows';
import { lookAlikesOf } from './look-alikes';
import { contestedNotes, lookAlikeNotes } from './tile-notes';

/** `contested` shows what was found for two labels, wherever it stands. */
export interface Shown extends Omit<Filter, 'flag'> {
  flag: Filter['flag'] | 'contested';
}

export const EVERYTHING: Shown = { split: 'all', flag: 'any' };
const NONE: Sample[][] = [];
/** The order stays from label to label; what is left out does not, or a label would look empty. */
const sort = signal<Sort>('newest');

export function useLabelImages(label: Label, labels: Label[]) {
  const rows = useLabelRows(label.id);
  const filter: Signal<Shown> = useSignal(EVERYTHING);
  const claims = claimsOf.value.get(label.id) ?? [];
  const lookAlikes = lookAlikesOf.value.get(label.id) ?? NONE;
  const { split, flag } = filter.value;
  const flags = useMemo(() => flagged(rows?.samples ?? [], lookAlikes.flat()), [rows, lookAlikes]);
  const contested = useMemo(
    () => [...new Map(claims.map(({ sample }) => [sample.sha256, sample])).values()],
    [claimsOf.value, label.id],
  );
  const samples = useMemo(() => {
    if (flag === 'contested') return arrange(contested, flags, { split, flag: 'any' }, sort.value);
    if (flag === 'across') return arrange(lookAlikes.flat(), flags, { split, flag }, sort.value);
    // The newest are read first; in any other order they would jump when the rest arrives.
    if (!rows?.complete && (filter.value !== EVERYTHING || sort.value !== 'newest')) return [];
    return arrange(rows?.samples ?? [], flags, { split, flag }, sort.value);
  }, [rows, flags, flag === 'contested' && contested, filter.value, sort.value]);
  const notes = useMemo(
    () =>
      flag === 'contested' ? contestedNotes(claims, labels) : lookAlikeNotes(lookAlikes, labels, flag === 'across'),
    [flag, claimsOf.value, lookAlikes, labels, label.id],
  );
  const keys = useMemo(() => samples.map(sample => sample.sha256), [samples]);
  /** Those of several labels are shown, which may stand under this one. */
  const ofAnyLabel = flag === 'contested' || flag === 'across';
  return {
    filter,
    sort,
    claims,
    lookAlikes,
    contested,
    flags,
    samples,
    keys,
    notes,
    ofAnyLabel,
    complete: rows?.complete === true,
    /** Whether the label itself has none. */
    empty: rows?.complete === true && rows.samples.length === 0 && !ofAnyLabel,
    /** Near-duplicates that "keep the best" would delete. */
    spare: flag === 'alike' ? spareOnes(rows?.samples ?? [], flags) : [],
  };
}

export type LabelImages = ReturnType<typeof useLabelImages>;
