// The images of a label as its view shows them: which are left out, in what order, and what is said of each.
import { type Signal, signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Label } from '../../../contract/label';
import { arrange, type Filter, type Sort, spareOnes } from '../../../pipeline/bucket/arrange';
import { flagged } from '../../../pipeline/bucket/flags';
import { conflictsOf, imagesIn, NO_CONFLICTS } from './conflicts/open-conflicts';
import { nearNotes, sameNotes } from './conflicts/tile-notes';
import { useLabelRows } from './label-rows';

/** Conflicts of both kinds are shown with all of their images, wherever they stand. */
export interface Shown extends Omit<Filter, 'flag'> {
  flag: Filter['flag'] | 'same-conflict';
}

export const EVERYTHING: Shown = { split: 'all', flag: 'any' };
/** The order stays from label to label; what is left out does not, or a label would look empty. */
const sort = signal<Sort>('newest');

export function useLabelImages(label: Label, labels: Label[]) {
  const rows = useLabelRows(label.id);
  const filter: Signal<Shown> = useSignal(EVERYTHING);
  const conflicts = conflictsOf.value.get(label.id) ?? NO_CONFLICTS;
  const { split, flag } = filter.value;
  const same = useMemo(() => imagesIn(conflicts.same), [conflicts]);
  const near = useMemo(() => imagesIn(conflicts.near), [conflicts]);
  const flags = useMemo(() => flagged(rows?.samples ?? [], near), [rows, near]);
  const samples = useMemo(() => {
    if (flag === 'same-conflict') return arrange(same, flags, { split, flag: 'any' }, sort.value);
    if (flag === 'near-conflict') return arrange(near, flags, { split, flag }, sort.value);
    // The newest are read first; in any other order they would jump when the rest arrives.
    if (!rows?.complete && (filter.value !== EVERYTHING || sort.value !== 'newest')) return [];
    return arrange(rows?.samples ?? [], flags, { split, flag }, sort.value);
  }, [rows, flags, flag === 'same-conflict' && same, filter.value, sort.value]);
  const notes = useMemo(
    () =>
      flag === 'same-conflict'
        ? sameNotes(conflicts.same, labels)
        : nearNotes(conflicts.near, labels, flag === 'near-conflict'),
    [flag, conflicts, labels],
  );
  const distinct = useMemo(() => rows?.complete && new Set(rows.samples.map(({ group }) => group)).size, [rows]);
  const keys = useMemo(() => samples.map(sample => sample.sha256), [samples]);
  /** The conflicts whose images are shown, of any label; undefined while the label's own images are. */
  const inConflict = flag === 'same-conflict' ? conflicts.same : flag === 'near-conflict' ? conflicts.near : undefined;
  return {
    filter,
    sort,
    conflicts,
    /** The images in conflicts of each kind. */
    same,
    near,
    inConflict,
    flags,
    samples,
    keys,
    notes,
    complete: rows?.complete === true,
    /** How many there are, of near-duplicates only one; undefined until all are read. */
    distinct: distinct || undefined,
    /** Whether the label itself has none. */
    empty: rows?.complete === true && rows.samples.length === 0 && !inConflict,
    /** Near-duplicates that "keep the best" would delete. */
    spare: flag === 'near-duplicate' ? spareOnes(rows?.samples ?? [], flags) : [],
  };
}

export type LabelImages = ReturnType<typeof useLabelImages>;
