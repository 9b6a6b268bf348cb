// Near-duplicates under different labels that nobody has settled yet, read again when samples come, go or move.
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { groupsAcross } from '../../../edges/store/look-alikes';
import { labelsOfGroup, standsAcross } from '../../../pipeline/bucket/across-labels';
import { complain } from '../notices';
import { membersAfter, type SampleMove, sampleMoves } from '../sample-moves';
import { samplesVersion } from '../state';

const read = signal<{ groups: Sample[][]; since?: SampleMove | undefined }>({ groups: [] });

/** The groups each label is concerned by, as they stand after the moves made on this page. */
export const lookAlikesOf = computed(() => {
  const { groups, since } = read.value;
  const moves = sampleMoves.value.slice(since ? sampleMoves.value.indexOf(since) + 1 : 0);
  const byLabel = new Map<string, Sample[][]>();
  for (const before of groups) {
    const group = membersAfter(before, moves);
    if (!standsAcross(group)) continue;
    for (const labelId of labelsOfGroup(group)) {
      const known = byLabel.get(labelId);
      if (known) known.push(group);
      else byLabel.set(labelId, [group]);
    }
  }
  return byLabel;
});

/** After a reading there is none for so many times as long as it took: while images stream in, most of the time is theirs. */
const REST = 4;

/** Keeps the groups fresh while the component stands. */
export function useLookAlikes(): void {
  useEffect(() => {
    let timer: number | undefined;
    let [reading, due, gone] = [false, false, false];
    const run = async () => {
      reading = true;
      due = false;
      const since = sampleMoves.peek().at(-1);
      const begun = performance.now();
      try {
        const groups = await groupsAcross();
        if (!gone) read.value = { groups, since };
      } catch (error) {
        complain(error);
      }
      timer = window.setTimeout(
        () => {
          reading = false;
          if (due) void run();
        },
        (performance.now() - begun) * REST,
      );
    };
    const stop = samplesVersion.subscribe(() => {
      due = true;
      if (!reading) void run();
    });
    return () => {
      gone = true;
      stop();
      window.clearTimeout(timer);
    };
  }, []);
}
