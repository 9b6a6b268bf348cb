// Near-duplicates that stand under different labels: they teach a model that one picture is two things.
import type { Sample } from '../../contract/sample';

/** Ids of the labels a group stands under, in code-unit order. */
export function labelsOfGroup(members: readonly Sample[]): string[] {
  return [...new Set(members.map(({ labelId }) => labelId))].sort();
}

/**
 * Whether a group stands under several labels and nobody has said that all of them are right. Any member may hold the word,
 * so that it outlives the others; a label that has come since raises the question anew.
 * @param members  live samples of one group
 */
export function standsAcross(members: readonly Sample[]): boolean {
  const labelIds = labelsOfGroup(members);
  if (labelIds.length < 2) return false;
  return !members.some(({ rightUnder }) => labelIds.every(id => rightUnder?.includes(id)));
}
