// The deleted images: which they are, by the indexes alone, and the rows of those that come into sight.
import { batch, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { type BinLabel, deletedKeys, deletedPerLabel } from '../../../edges/store/bin';
import { samplesByHash } from '../../../edges/store/samples';
import { complain } from '../app/notices';
import { samplesVersion } from '../app/state';

/** Rows read at a time, and how many are kept while others are looked at. */
const PAGE = 200;
const KEPT = 2000;

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

/** @param labelId  of the label whose images are wanted; all labels' when undefined */
export function useDeletedRows(labelId: string | undefined): DeletedRows {
  const keys = useSignal<string[]>();
  const labels = useSignal<BinLabel[]>([]);
  const rows = useSignal<ReadonlyMap<string, Sample>>(new Map());
  const serial = useRef(0);
  const refresh = async () => {
    const mine = ++serial.current;
    const [found, perLabel] = await Promise.all([deletedKeys(labelId), deletedPerLabel()]);
    if (mine !== serial.current) return;
    batch(() => {
      keys.value = found;
      labels.value = perLabel;
    });
  };
  const version = samplesVersion.value;
  useEffect(() => {
    refresh().catch(complain);
    return () => void serial.current++;
  }, [labelId, version]);
  const read = (from: number, to: number) => {
    const first = Math.floor(from / PAGE) * PAGE;
    const near = keys.value?.slice(first, Math.ceil(to / PAGE) * PAGE) ?? [];
    const missing = near.filter(key => !rows.value.has(key));
    if (missing.length === 0) return;
    samplesByHash(missing).then(read => {
      const known = [...rows.value].slice(-KEPT);
      rows.value = new Map([...known, ...read.map(row => [row.sha256, row] as const)]);
    }, complain);
  };
  return { keys: keys.value, labels: labels.value, rows: rows.value, read, refresh };
}
