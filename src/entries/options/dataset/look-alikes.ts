// Near-duplicates under different labels that nobody has settled yet, read again when samples come, go or move.
import { computed, signal } from '@preact/signals';
import type { Sample } from '../../../contract/sample';
import { groupsAcross } from '../../../edges/store/look-alikes';
import { labelsOfGroup, standsAcross } from '../../../pipeline/bucket/across-labels';
import { useKeptFresh } from '../app/read';
import { membersAfter, type SampleMove, sampleMoves } from '../app/sample-moves';
import { samplesVersion } from '../app/state';

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

/** Keeps the groups fresh while the component stands. */
export function useLookAlikes(): void {
  useKeptFresh([samplesVersion], async signal => {
    const since = sampleMoves.peek().at(-1);
    const groups = await groupsAcross();
    if (!signal.aborted) read.value = { groups, since };
  });
}
