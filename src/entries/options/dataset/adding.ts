// Adds images of one's own to a label, some at a time, with progress, a way to stop and a way back.
import { signal } from '@preact/signals';
import type { Reason } from '../../../contract/job';
import type { Label } from '../../../contract/label';
import type { RefusedFile } from '../../../contract/messages';
import { amongOthers } from '../../../edges/alone';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { putIntoInbox } from '../../../edges/store/inbox';
import { named } from '../../../pipeline/bucket/label-name';
import { rememberAdded } from '../changes';
import { refusedWords } from '../import/refused-words';
import { say } from '../notices';

/** Files handed over at a time: few enough that a stop is soon, enough that the messages cost nothing. */
const BATCH = 20;

interface AddingFiles {
  labelId: string;
  done: number;
  total: number;
  controller: AbortController;
}
export const adding = signal<AddingFiles>();
let turn: Promise<unknown> = Promise.resolve();

/** Adds the pictures among the files; those of a second drop wait for the first. */
export function add(label: Label, files: File[]): Promise<void> {
  const pictures = files.filter(file => file.type.startsWith('image/') || file.type === '');
  const added = turn.then(async () => {
    if (pictures.length === 0) return say(t('no_pictures'));
    await addAll(label, pictures);
  });
  turn = added.catch(() => undefined);
  return added as Promise<void>;
}

async function addAll(label: Label, pictures: File[]): Promise<void> {
  const controller = new AbortController();
  const stored: string[] = [];
  const rejected: Partial<Record<Reason, number>> = {};
  const refused: RefusedFile[] = [];
  try {
    for (let done = 0; done < pictures.length && !controller.signal.aborted; done += BATCH) {
      adding.value = { labelId: label.id, done, total: pictures.length, controller };
      const answer = await amongOthers('inbox', async () => {
        await putIntoInbox(label.id, pictures.slice(done, done + BATCH));
        return ask('takeInbox', { labelId: label.id });
      });
      stored.push(...answer.stored);
      for (const [reason, n] of Object.entries(answer.rejected) as [Reason, number][])
        rejected[reason] = (rejected[reason] ?? 0) + n;
      refused.push(...answer.refused);
    }
  } finally {
    adding.value = undefined;
  }
  const words = [plural('added_own', stored.length, named(label.name)), ...refusedWords(rejected, refused)].join(' · ');
  if (stored.length === 0) say(words);
  else await rememberAdded(words, stored);
}
