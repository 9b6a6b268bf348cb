// Which images are in a label conflict, and what of them is confirmed once the user has resolved it.
import type { ConfirmedLabels, Conflict } from '../../contract/conflict';
import type { Sample } from '../../contract/sample';

/**
 * The conflict of one image that was found for several labels; undefined when it is none, or none any more: the user has
 * confirmed where the image stands against each of them, or moved it to the only other one.
 * @param sample  live
 * @param foundFor  ids of labels whose downloads brought its bytes; its own is passed over
 */
export function sameConflict(sample: Sample, foundFor: Iterable<string>): Conflict | undefined {
  const open = [...new Set(foundFor)].filter(id => id !== sample.labelId && !sample.confirmedLabels?.includes(id));
  return open.length > 0 ? { kind: 'same', samples: [sample], labelIds: open.sort() } : undefined;
}

/**
 * The conflict of near-duplicates that stand under several labels; undefined when there is none, or the user has confirmed
 * them all. Any member may hold the word, so that it outlives the others; a label that has come since raises the question anew.
 * @param members  live samples of one group
 */
export function nearConflict(members: readonly Sample[]): Conflict | undefined {
  const [first, ...others] = members;
  const labelIds = [...new Set(members.map(({ labelId }) => labelId))].sort();
  if (!first || labelIds.length < 2) return undefined;
  if (members.some(({ confirmedLabels }) => labelIds.every(id => confirmedLabels?.includes(id)))) return undefined;
  return { kind: 'near', samples: [first, ...others], labelIds };
}

/** Ids of the labels that speak for an image in a conflict besides the one it stands under. */
export function otherLabels({ labelIds }: Conflict, { labelId }: Sample): string[] {
  return labelIds.filter(id => id !== labelId);
}

/**
 * What is confirmed when the images of conflicts stay where they are. Of `same` that leaves the image's own label out: near-duplicates of
 * it may stand under the others, and of those nothing was said.
 */
export function confirmationOf(conflicts: readonly Conflict[]): ConfirmedLabels[] {
  const labels = new Map<string, string[]>();
  for (const { samples, labelIds } of conflicts)
    for (const { sha256 } of samples) labels.set(sha256, labelsWith(labels.get(sha256), labelIds));
  return [...labels].map(([sha256, labelIds]) => ({ sha256, labelIds }));
}

/** Ids of labels with others, each once, in code-unit order. */
export function labelsWith(labelIds: readonly string[] = [], others: readonly string[]): string[] {
  return [...new Set([...labelIds, ...others])].sort();
}

export function labelsWithout(labelIds: readonly string[] = [], others: readonly string[]): string[] {
  return labelIds.filter(id => !others.includes(id));
}

/** A sample confirmed against these labels and no others. */
export function withConfirmed({ confirmedLabels: _before, ...sample }: Sample, labelIds: readonly string[]): Sample {
  return labelIds.length > 0 ? { ...sample, confirmedLabels: [...labelIds].sort() } : sample;
}
