// The rows of the label on screen: the newest at once, all of them soon after; what comes in later is added to them.
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { newestSamplesOf } from '../../../edges/store/samples';
import { complain } from '../../parts/complain';
import { afterMoves, type SampleMove, sampleMoves } from '../app/sample-moves';
import { counts, imagesOf, samplesVersion } from '../app/state';
import { allSamplesOf } from './samples-of-label';

/** Rows of the first reading: more than a large window shows. */
const FIRST = 150;
/** While images stream in, the rows already there are read again this often, in milliseconds, and once it is calm. */
const ALL_AGAIN = 5000;
const CALM = 1200;

export interface LabelRows {
  samples: readonly Sample[];
  /** Whether these are all; the first reading brings the newest alone. */
  complete: boolean;
}

interface Read extends LabelRows {
  labelId: string;
  /** The newest move when the reading began; those after it may be missing from the rows. */
  since: SampleMove | undefined;
}

/** The live samples of a label, in no order; undefined until the first of them are read. */
export function useLabelRows(labelId: string): LabelRows | undefined {
  const read = useSignal<Read>();
  /** The label readings are for; '' once nobody looks. */
  const shown = useRef('');
  /** When the newest reading of all rows began, and how many have. */
  const readings = useRef({ at: 0, begun: 0, ended: 0 });
  /** How many rows are shown now. */
  const live = useRef(0);
  const version = samplesVersion.value;
  useEffect(() => {
    shown.current = labelId;
    return () => {
      shown.current = '';
    };
  }, [labelId]);
  useEffect(() => {
    let current = true;
    let timer: number | undefined;
    const wanted = () => shown.current === labelId;
    // One that began before the last change still ends: were it given up, a stream of changes would let none end.
    const readAll = async () => {
      const since = sampleMoves.value.at(-1);
      const serial = ++readings.current.begun;
      readings.current.at = Date.now();
      const samples = await allSamplesOf(labelId, { wanted });
      if (!wanted() || serial < readings.current.ended) return;
      readings.current.ended = serial;
      // Swapped whole, so that the grid does not shrink and grow.
      read.value = { labelId, samples, complete: true, since };
    };
    const run = async () => {
      const known = read.value?.labelId === labelId ? read.value : undefined;
      if (!known) {
        const since = sampleMoves.value.at(-1);
        const samples = await newestSamplesOf(labelId, FIRST);
        if (current) read.value = { labelId, samples, complete: false, since };
      }
      const { at, begun, ended } = readings.current;
      // Fewer than are shown: something was taken away elsewhere, which nothing but a full reading finds.
      const fewer = imagesOf(counts.peek().get(labelId)) < live.current;
      const due = known?.complete ? fewer || Date.now() - at > ALL_AGAIN : begun === ended;
      if (due) return readAll();
      if (known?.complete) {
        // Ten thousand rows cannot be read anew for each image that comes in.
        const added = await allSamplesOf(labelId, { since: newestOf(known.samples), wanted });
        // All of them may have been read meanwhile.
        const now = read.value ?? known;
        const newest = newestOf(now.samples);
        const fresh = added.filter(({ addedAt }) => addedAt > newest);
        if (current && fresh.length > 0) read.value = { ...now, samples: [...now.samples, ...fresh] };
      }
      if (!current) return;
      timer = window.setTimeout(() => void readAll().catch(complain), CALM);
    };
    run().catch(complain);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [labelId, version]);
  const rows = read.value?.labelId === labelId ? read.value : undefined;
  const moves = sampleMoves.value;
  const now = useMemo(() => {
    if (!rows) return undefined;
    const later = rows.since === undefined ? moves : moves.slice(moves.indexOf(rows.since) + 1);
    return later.length === 0 ? rows : { samples: afterMoves(rows.samples, labelId, later), complete: rows.complete };
  }, [rows, moves]);
  live.current = now?.samples.length ?? 0;
  return now;
}

/** When the newest of the samples came, ms since the epoch. */
function newestOf(samples: readonly Sample[]): number {
  return samples.reduce((latest, { addedAt }) => Math.max(latest, addedAt), 0);
}
