// The changes a user can make to labels and images, each undoable, each told to the background.
import type { Conflict } from '../../../contract/conflict';
import type { Harvest, HarvestHoldings } from '../../../contract/harvest';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import type { Step } from '../../../contract/step';
import { explain, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { allLabels } from '../../../edges/store/labels';
import { checkedName } from '../../../pipeline/bucket/label-name';
import { attempt, warn } from '../../parts/complain';
import { type Command, obey } from './commands';
import { say } from './notices';
import { resolution } from './resolve-conflicts';
import { WAYS } from './step-ways';
import { stepWords } from './step-words';
import { History, type PageStep, StepGone } from './undo';

const history = new History(WAYS);

/** After what cannot be taken back. */
export function forgetSteps(): Promise<void> {
  return history.forget();
}

/** Does a step of this page that can be undone, and says so; a failure is said too. */
export function perform(step: PageStep): Promise<void> {
  return attempt(async () => {
    const { id } = await history.performHere(step);
    sayDone(step.words, id);
  });
}

function act(step: Step): Promise<void> {
  return attempt(async () => {
    const { id } = await history.perform(step);
    sayDone(stepWords(step), id);
  });
}

/** Says that a step was done, with the way back. */
function sayDone(words: string, id: string): void {
  say(words, { words: t('undo'), run: () => undo(id) });
}

/** Takes the newest step back, or this one, and says so. */
export function undo(id?: string): void {
  void turning('step_gone', async () => {
    const kept = await history.undo(id);
    if (!kept) return say(await nothingTo('undo', id));
    return say(t('undone', stepWords(kept.step)), { words: t('redo'), run: () => redo(kept.id) });
  });
}

export function redo(id?: string): void {
  void turning('redo_gone', async () => {
    const kept = await history.redo(id);
    if (kept) sayDone(stepWords(kept.step), kept.id);
    else say(await nothingTo('redo', id));
  });
}

/** Why nothing was undone or done again: another page may have been first, or the step is forgotten. */
async function nothingTo(way: 'undo' | 'redo', id: string | undefined): Promise<string> {
  if (id === undefined) return t(way === 'undo' ? 'nothing_to_undo' : 'nothing_to_redo');
  if (await history.wasTurned(way, id)) return t(way === 'undo' ? 'undone_already' : 'redone_already');
  return t('step_forgotten');
}

export const UNDO_COMMANDS: readonly Command<undefined>[] = [
  { name: 'undo', keys: ['Ctrl+z'], run: () => undo() },
  { name: 'redo', keys: ['Ctrl+y', 'Ctrl+Shift+z', 'Ctrl+Shift+y'], run: () => redo() },
];

/** Hears Ctrl+Z and its kin on every screen and in every dialog, but where text is typed; returns the way to stop. */
export function onUndoKeys(): () => void {
  const heard = (event: KeyboardEvent) => {
    if (!event.defaultPrevented && !isTyped(event.target)) obey(UNDO_COMMANDS, undefined, event);
  };
  document.addEventListener('keydown', heard);
  return () => document.removeEventListener('keydown', heard);
}

/** Whether the browser has an undo of its own there. */
function isTyped(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'file', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}

/** Runs it; a step that has lost what it was done to says which it was, and is no longer in the way of those before it. */
function turning(gone: 'step_gone' | 'redo_gone', work: () => Promise<unknown>): Promise<void> {
  return attempt(() =>
    work().catch(error => {
      if (!(error instanceof StepGone)) throw error;
      warn(t(gone, stepWords(error.step), explain(error.cause)));
    }),
  );
}

/** Makes a label; resolves with it, or undefined when it could not be made (and that was said). */
export async function createLabel(name: string): Promise<Label | undefined> {
  let made: Label | undefined;
  await attempt(async () => {
    const wanted = checkedName(name);
    const there = (await allLabels()).some(label => label.name === wanted);
    made = await ask('createLabel', { name });
    // One that was there before is nothing to take back.
    if (there) return;
    const step: Step = { kind: 'create', label: brief(made) };
    sayDone(stepWords(step), (await history.remember(step)).id);
  });
  return made;
}

export function renameLabel(label: Label, name: string): Promise<void> {
  return act({ kind: 'rename', label: brief(label), name });
}

export function deleteLabel(label: Label): Promise<void> {
  return act({ kind: 'delete-label', label: brief(label) });
}

/** Brings a deleted label back, with everything that went with it. */
export function undeleteLabel(label: Label): Promise<void> {
  return act({ kind: 'restore-label', label: brief(label) });
}

export function mergeLabels(from: Label, into: Label): Promise<void> {
  return act({ kind: 'merge', from: brief(from), into: brief(into) });
}

export function deleteSamples(samples: readonly Sample[]): Promise<void> {
  return act({ kind: 'delete', sha256s: samples.map(sample => sample.sha256) });
}

/** Brings deleted images back, and their labels should those be deleted too. */
export function undeleteSamples(sha256s: string[]): Promise<void> {
  return act({ kind: 'restore', sha256s, labels: [] });
}

export async function moveSamples(samples: readonly Sample[], to: Label): Promise<void> {
  const from = new Map<string, string[]>();
  for (const { labelId, sha256 } of samples) {
    if (labelId !== to.id) from.set(labelId, [...(from.get(labelId) ?? []), sha256]);
  }
  const origins = [...from].map(([labelId, sha256s]) => ({ labelId, sha256s }));
  // Another page may have moved them there already.
  if (origins.length > 0) await act({ kind: 'move', to: brief(to), from: origins });
}

/** Confirms that the images of conflicts stand rightly where they stand. */
export function resolveConflicts(conflicts: readonly Conflict[]): Promise<void> {
  return act(resolution(conflicts));
}

/** Remembers images of the user's own that were just added. */
export function rememberAdded(words: string, sha256s: string[]): Promise<void> {
  return attempt(async () => sayDone(words, (await history.remember({ kind: 'add', words, sha256s })).id));
}

/** Puts the images of a harvest into the bin. @param held  how many that are, and how many downloads it ends */
export function undoHarvest({ id }: Harvest, { images, queued }: HarvestHoldings): Promise<void> {
  return act({ kind: 'undo-harvest', harvestId: id, images, queued });
}

/** Brings the images of an undone harvest back. */
export function redoHarvest({ id }: Harvest, { deleted, cancelled }: HarvestHoldings): Promise<void> {
  return act({ kind: 'redo-harvest', harvestId: id, images: deleted, queued: cancelled });
}

function brief({ id, name }: Label): Pick<Label, 'id' | 'name'> {
  return { id, name };
}
