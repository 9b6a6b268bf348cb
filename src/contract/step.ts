// A step the user can take back: what was done, as data, so that it outlives the page and any page can undo it.
import type { ConfirmedLabels } from './conflict';
import type { Label } from './label';
import type { BinPlace } from './sample';

/** A label as a step names it: it may be renamed or gone by the time it is spoken of. */
export type NamedLabel = Pick<Label, 'id' | 'name'>;

export type Step =
  | { kind: 'create'; label: NamedLabel }
  | { kind: 'rename'; label: NamedLabel; name: string }
  /** `deletedAt`: tells what went with the label this time from what had gone with it before. */
  | { kind: 'delete-label'; label: NamedLabel; deletedAt?: number }
  /** `as`: the name it came back under. `before`: how its images lay in the bin. */
  | { kind: 'restore-label'; label: NamedLabel; as?: string; before?: BinPlace[] }
  | { kind: 'merge'; from: NamedLabel; into: NamedLabel }
  | { kind: 'delete'; sha256s: string[] }
  /** `labels`: ids of deleted labels that came back with the images. `before`: how those lay in the bin. */
  | { kind: 'restore'; sha256s: string[]; labels: string[]; before?: BinPlace[] }
  /** `from`: where the images stood before, by id of the label. */
  | { kind: 'move'; to: NamedLabel; from: { labelId: string; sha256s: string[] }[] }
  /** `confirmed`: of each image the labels it was not confirmed against before. */
  | { kind: 'resolve-conflicts'; confirmed: ConfirmedLabels[] }
  /** Images of the user's own; they are there when the step is remembered. */
  | { kind: 'add'; words: string; sha256s: string[] }
  /** `queued`: how many downloads it ended, or set waiting again. */
  | { kind: 'undo-harvest'; harvestId: string; images: number; queued?: number }
  | { kind: 'redo-harvest'; harvestId: string; images: number; queued?: number }
  /** What an import brought: its harvests, and the labels it made. */
  | { kind: 'bring'; words: string; harvests: string[]; labels: string[] }
  /** What only the page that did it can take back; it is lost with that page, and says so. */
  | { kind: 'page'; words: string };

/** How much a step holds: what the length of the whole history is bounded by, besides the number of steps. */
export function weightOf(step: Step): number {
  if (step.kind === 'move') return step.from.reduce((sum, { sha256s }) => sum + sha256s.length, 1);
  if (step.kind === 'resolve-conflicts') return 1 + step.confirmed.length;
  const before = 'before' in step ? (step.before ?? []) : [];
  return before.reduce((sum, { sha256s }) => sum + sha256s.length, 1 + ('sha256s' in step ? step.sha256s.length : 0));
}
