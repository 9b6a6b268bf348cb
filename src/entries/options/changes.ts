// The changes a user can make to labels and images, each undoable, each told to the background.
import type { Claim } from '../../contract/claim';
import type { Label } from '../../contract/label';
import type { Sample } from '../../contract/sample';
import { plural, t } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { samplesOf } from '../../edges/store/samples';
import { labelsOfGroup } from '../../pipeline/bucket/across-labels';
import { named } from '../../pipeline/bucket/label-name';
import { attempt, say } from './notices';
import { showAtOnce } from './sample-moves';
import { type Step, UndoStack } from './undo';

const stack = new UndoStack();

/** After what cannot be taken back. */
export function forgetSteps(): void {
  stack.forget();
}

/** Does a step that can be undone, and says so; a failure is said too. */
export function perform(step: Step): Promise<void> {
  return attempt(async () => {
    await stack.perform(step);
    say(step.words, { words: t('undo'), run: undo });
  });
}

export function undo(): void {
  void attempt(async () => {
    const step = await stack.undo();
    say(step ? t('undone', step.words) : t('nothing_to_undo'), step && { words: t('redo'), run: redo });
  });
}

export function redo(): void {
  void attempt(async () => {
    const step = await stack.redo();
    say(step ? step.words : t('nothing_to_redo'), step && { words: t('undo'), run: undo });
  });
}

/** Makes a label; resolves with it, or undefined when it could not be made (and that was said). */
export async function createLabel(name: string): Promise<Label | undefined> {
  let made: Label | undefined;
  await perform({
    words: t('did_create', named(name)),
    redo: async () => {
      if (made) await ask('restoreLabel', { labelId: made.id });
      else made = await ask('createLabel', { name });
    },
    undo: async () => {
      if (made) await ask('deleteLabel', { labelId: made.id });
    },
  });
  return made;
}

export function renameLabel(label: Label, name: string): Promise<void> {
  return perform({
    words: t('did_rename', named(label.name), named(name)),
    redo: async () => void (await ask('renameLabel', { labelId: label.id, name })),
    undo: async () => void (await ask('renameLabel', { labelId: label.id, name: label.name })),
  });
}

export function deleteLabel(label: Label): Promise<void> {
  return perform({
    words: t('did_delete_label', named(label.name)),
    redo: () => ask('deleteLabel', { labelId: label.id }),
    undo: () => ask('restoreLabel', { labelId: label.id }),
  });
}

export function mergeLabels(from: Label, into: Label): Promise<void> {
  let fromId = from.id;
  let moved: string[] = [];
  return perform({
    words: t('did_merge', named(from.name), named(into.name)),
    redo: async () => {
      moved = (await allSamplesOf(fromId)).map(sample => sample.sha256);
      await ask('mergeLabels', { from: fromId, into: into.id });
    },
    // A merged label is gone for good; undoing makes one of the same name and gives it its images back.
    undo: async () => {
      fromId = (await ask('createLabel', { name: from.name })).id;
      await ask('moveSamples', { sha256s: moved, labelId: fromId });
    },
  });
}

export function deleteSamples(samples: Sample[]): Promise<void> {
  const sha256s = samples.map(sample => sample.sha256);
  return perform({
    words: plural('did_delete', samples.length),
    redo: async () => {
      await ask('deleteSamples', { sha256s });
      showAtOnce({ samples, to: undefined });
    },
    undo: async () => {
      await ask('restoreSamples', { sha256s });
      for (const labelId of new Set(samples.map(sample => sample.labelId)))
        showAtOnce({ samples: samples.filter(sample => sample.labelId === labelId), to: labelId });
    },
  });
}

export function moveSamples(samples: Sample[], to: Label): Promise<void> {
  const moving = samples.filter(sample => sample.labelId !== to.id);
  const origins = new Map<string, Sample[]>();
  for (const sample of moving) origins.set(sample.labelId, [...(origins.get(sample.labelId) ?? []), sample]);
  return perform({
    words: plural('did_move', moving.length, named(to.name)),
    redo: async () => {
      await ask('moveSamples', { sha256s: moving.map(sample => sample.sha256), labelId: to.id });
      showAtOnce({ samples: moving, to: to.id });
    },
    undo: async () => {
      for (const [labelId, samples] of origins) {
        await ask('moveSamples', { sha256s: samples.map(sample => sample.sha256), labelId });
        showAtOnce({ samples, to: labelId });
      }
    },
  });
}

/** Says that pictures found for two labels stand rightly where they are. */
export function keepInPlace(claims: Claim[]): Promise<void> {
  const jobIds = claims.flatMap(claim => claim.jobIds);
  return perform({
    words: plural('did_keep', claims.length),
    redo: () => ask('settleClaims', { jobIds, settled: true }),
    undo: () => ask('settleClaims', { jobIds, settled: false }),
  });
}

/**
 * Says that look-alikes stand rightly under the labels they stand under.
 * @param groups  the live samples of each group
 */
export function keepLookAlikes(groups: readonly (readonly Sample[])[]): Promise<void> {
  const members = groups.flat();
  const words = groups.flatMap(group => {
    const labelIds = labelsOfGroup(group);
    return group.map(({ sha256 }) => ({ sha256, labelIds }));
  });
  const before = members.map(({ sha256, rightUnder = [] }) => ({ sha256, labelIds: rightUnder }));
  return perform({
    words: plural('did_keep', members.length),
    redo: () => ask('settleLookAlikes', { words }),
    undo: () => ask('settleLookAlikes', { words: before }),
  });
}

/** Rows read at a time: few enough that what the page does for them fits between two frames. */
const PAGE = 400;

/**
 * The live rows of a label that came after a time (`addedAt`), or all of them, oldest first. They are read page by page;
 * the reading ends early when nobody wants them any more.
 */
export async function allSamplesOf(
  labelId: string,
  { since = Number.NEGATIVE_INFINITY, wanted = (): boolean => true } = {},
): Promise<Sample[]> {
  const rows: Sample[] = [];
  for (;;) {
    const after = rows.at(-1)?.addedAt ?? since;
    const page = await samplesOf(labelId, { limit: PAGE, after });
    rows.push(...page);
    if (page.length < PAGE || !wanted()) return rows;
  }
}
