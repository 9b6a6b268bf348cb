// Conflicts are resolved where their images stay as they stand, and that can be taken back.
import type { ConfirmedLabels, Conflict } from '../../../contract/conflict';
import type { Step } from '../../../contract/step';
import { ask } from '../../../edges/messages';
import { samplesByHash } from '../../../edges/store/samples';
import { confirmationOf, labelsWith, labelsWithout } from '../../../pipeline/bucket/conflicts';
import type { Ways } from './undo';

/** The step that confirms the images of conflicts where they are. */
export function resolution(conflicts: readonly Conflict[]): Step {
  return { kind: 'resolve-conflicts', confirmed: confirmationOf(conflicts) };
}

/** Each turn goes by what is confirmed at that time, so that it neither takes back nor repeats what other steps said. */
export const RESOLVE_CONFLICTS: Ways['resolve-conflicts'] = {
  async redo(step) {
    const before = await confirmedNow(step.confirmed);
    await ask('resolveConflicts', {
      confirmed: changed(step.confirmed, before, labelsWith),
    });
    const fresh = ({ sha256, labelIds }: ConfirmedLabels) => labelsWithout(labelIds, before.get(sha256) ?? []);
    return { ...step, confirmed: step.confirmed.map(one => ({ ...one, labelIds: fresh(one) })) };
  },
  async undo({ confirmed }) {
    await ask('resolveConflicts', { confirmed: changed(confirmed, await confirmedNow(confirmed), labelsWithout) });
    return undefined;
  },
};

/** What the images that are still there are confirmed against. */
async function confirmedNow(of: readonly ConfirmedLabels[]): Promise<Map<string, string[]>> {
  const rows = await samplesByHash(of.map(({ sha256 }) => sha256));
  return new Map(rows.map(({ sha256, confirmedLabels = [] }) => [sha256, confirmedLabels]));
}

function changed(
  confirmed: readonly ConfirmedLabels[],
  now: ReadonlyMap<string, string[]>,
  change: (labelIds: string[], others: readonly string[]) => string[],
): ConfirmedLabels[] {
  return confirmed.flatMap(({ sha256, labelIds }) => {
    const there = now.get(sha256);
    return there && labelIds.length > 0 ? { sha256, labelIds: change(there, labelIds) } : [];
  });
}
