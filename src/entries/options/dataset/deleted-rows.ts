// The deleted images: which they are, by the indexes alone, and the rows of those that come into sight.
import { signal, useSignal } from '@preact/signals';
import type { Sample } from '../../../contract/sample';
import { type BinLabel, deletedKeys, deletedPerLabel } from '../../../edges/store/bin';
import { samplesByHash } from '../../../edges/store/samples';
import { complain } from '../../parts/complain';
import { useRead } from '../app/read';
import { DELETED, showLabel } from '../app/route';
import { samplesVersion } from '../app/state';

/** Rows read at a time, and how many are kept while others are looked at. */
const PAGE = 200;
const KEPT = 2000;
const NO_LABELS: BinLabel[] = [];

/** The label whose deleted images are shown; all labels' when undefined. */
export const whose = signal<string>();

export function showDeletedOf(labelId: string): void {
  whose.value = labelId;
  showLabel(DELETED);
}

export interface DeletedRows {
  /** The latest first; undefined until they are read. */
  keys: string[] | undefined;
  labels: BinLabel[];
  rows: ReadonlyMap<string, Sample>;
  /** Reads the rows of these places of the list, and some around them. */
  read(from: number, to: number): void;
  /** Reads the list again, after a change made here. */
  refresh(): Promise<void>;
}

/** Of the label that `whose` names. */
export function useDeletedRows(): DeletedRows {
  const labelId = whose.value;
  const rows = useSignal<ReadonlyMap<string, Sample>>(new Map());
  const { value: list, again } = useRead([samplesVersion], async () => {
    const [keys, labels] = await Promise.all([deletedKeys(labelId), deletedPerLabel()]);
    return { keys, labels };
  }, [labelId]);
  const read = (from: number, to: number) => {
    const first = Math.floor(from / PAGE) * PAGE;
    const near = list?.keys.slice(first, Math.ceil(to / PAGE) * PAGE) ?? [];
    const missing = near.filter(key => !rows.value.has(key));
    if (missing.length === 0) return;
    samplesByHash(missing).then(read => {
      const known = [...rows.value].slice(-KEPT);
      rows.value = new Map([...known, ...read.map(row => [row.sha256, row] as const)]);
    }, complain);
  };
  return { keys: list?.keys, labels: list?.labels ?? NO_LABELS, rows: rows.value, read, refresh: again };
}
