// The label conflicts nobody has resolved yet, read again when images or duplicates come, go or move.
import { computed, signal } from '@preact/signals';
import type { Conflict } from '../../../../contract/conflict';
import type { Sample } from '../../../../contract/sample';
import { openConflicts } from '../../../../edges/store/conflicts';
import { labelsWith, nearConflict, sameConflict } from '../../../../pipeline/bucket/conflicts';
import { useKeptFresh } from '../../app/read';
import { membersAfter, type SampleMove, sampleMoves } from '../../app/sample-moves';
import { jobsVersion, samplesVersion } from '../../app/state';

/** The conflicts a label is concerned by. */
export type Conflicts = Record<Conflict['kind'], readonly Conflict[]>;
export const NO_CONFLICTS: Conflicts = { same: [], near: [] };

const read = signal<{ conflicts: Conflict[]; since?: SampleMove | undefined }>({ conflicts: [] });

/** The conflicts each label is concerned by, as they stand after the moves made on this page. */
export const conflictsOf = computed(() => {
  const { conflicts, since } = read.value;
  const moves = sampleMoves.value.slice(since ? sampleMoves.value.indexOf(since) + 1 : 0);
  const byLabel = new Map<string, Record<Conflict['kind'], Conflict[]>>();
  for (const before of conflicts) {
    const conflict = conflictAfter(before, moves);
    if (!conflict) continue;
    for (const labelId of labelsWith(conflict.labelIds, [conflict.samples[0].labelId])) {
      const known = byLabel.get(labelId) ?? { same: [], near: [] };
      known[conflict.kind].push(conflict);
      byLabel.set(labelId, known);
    }
  }
  return byLabel;
});

/** A conflict after moves; undefined when they ended it. */
function conflictAfter({ kind, samples, labelIds }: Conflict, moves: readonly SampleMove[]): Conflict | undefined {
  const now = membersAfter(samples, moves);
  if (kind === 'near') return nearConflict(now);
  return now[0] && sameConflict(now[0], labelIds);
}

/** The images of conflicts, each once. */
export function imagesIn(conflicts: readonly Conflict[]): Sample[] {
  return conflicts.flatMap(({ samples }) => samples);
}

/** Those of the conflicts that any of the images is in. */
export function conflictsWith(conflicts: readonly Conflict[], samples: readonly Sample[]): Conflict[] {
  const hashes = new Set(samples.map(({ sha256 }) => sha256));
  return conflicts.filter(conflict => conflict.samples.some(({ sha256 }) => hashes.has(sha256)));
}

/** Keeps the conflicts fresh while the component stands. */
export function useConflicts(): void {
  useKeptFresh([samplesVersion, jobsVersion], async signal => {
    const since = sampleMoves.peek().at(-1);
    const conflicts = await openConflicts();
    if (!signal.aborted) read.value = { conflicts, since };
  });
}
