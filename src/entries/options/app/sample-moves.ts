// Moves and deletions made on this page, shown at once: the lists are read again only when the background has told.
import { signal } from '@preact/signals';
import type { Sample } from '../../../contract/sample';

export type SampleMove =
  | {
      /** As they were before. */
      samples: readonly Sample[];
      /** The label they stand under now. */
      to: string;
    }
  | { samples: readonly Pick<Sample, 'sha256'>[]; to: undefined };

/** The newest moves, oldest first; a reading that began before one must take it into account. */
export const sampleMoves = signal<readonly SampleMove[]>([]);
const KEPT = 500;

export function showAtOnce(move: SampleMove): void {
  sampleMoves.value = [...sampleMoves.value.slice(1 - KEPT), move];
}

/** Samples of any labels after moves of some of them; one that was deleted comes back with the next reading alone. */
export function membersAfter(members: readonly Sample[], moves: readonly SampleMove[]): Sample[] {
  const to = new Map(moves.flatMap(move => move.samples.map(({ sha256 }) => [sha256, move.to] as const)));
  return members.flatMap(member => {
    if (!to.has(member.sha256)) return member;
    const labelId = to.get(member.sha256);
    return labelId === undefined ? [] : { ...member, labelId };
  });
}

/** A label's rows after moves; what a row says already stays as it is. */
export function afterMoves(rows: readonly Sample[], labelId: string, moves: readonly SampleMove[]): readonly Sample[] {
  let now = rows;
  for (const move of moves) {
    const moved = new Set(move.samples.map(sample => sample.sha256));
    const others = now.filter(row => !moved.has(row.sha256));
    const come = move.to !== undefined && move.to === labelId ? move.samples : [];
    now = [...others, ...come.map(sample => ({ ...sample, labelId }))];
  }
  return now;
}
