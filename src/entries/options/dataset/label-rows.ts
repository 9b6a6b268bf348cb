// The rows of the label on screen: the newest at once, all of them soon after; read again when samples change.
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { newestSamplesOf } from '../../../edges/store/samples';
import { allSamplesOf } from '../changes';
import { complain } from '../notices';
import { afterMoves, type SampleMove, sampleMoves } from '../sample-moves';
import { samplesVersion } from '../state';

/** Rows of the first reading: more than a large window shows. */
const FIRST = 150;

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
  const version = samplesVersion.value;
  useEffect(() => {
    let current = true;
    const since = sampleMoves.value.at(-1);
    const take = (samples: Sample[], complete: boolean) => {
      if (current) read.value = { labelId, samples, complete, since };
    };
    const run = async () => {
      // Later readings swap whole, so that the grid does not shrink and grow.
      if (read.value?.labelId !== labelId) take(await newestSamplesOf(labelId, FIRST), false);
      take(await allSamplesOf(labelId, () => current), true);
    };
    run().catch(complain);
    return () => {
      current = false;
    };
  }, [labelId, version]);
  const rows = read.value?.labelId === labelId ? read.value : undefined;
  const moves = sampleMoves.value;
  return useMemo(() => {
    if (!rows) return undefined;
    const later = rows.since === undefined ? moves : moves.slice(moves.indexOf(rows.since) + 1);
    return later.length === 0 ? rows : { samples: afterMoves(rows.samples, labelId, later), complete: rows.complete };
  }, [rows, moves]);
}
