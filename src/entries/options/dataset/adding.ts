// Adds images of one's own to a label, some at a time, with progress, a way to stop and a way back.
import { signal } from '@preact/signals';
import type { Reason } from '../../../contract/job';
import type { Label } from '../../../contract/label';
import { amongOthers } from '../../../edges/alone';
import { number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { putIntoInbox } from '../../../edges/store/inbox';
import { named } from '../../../pipeline/bucket/label-name';
import { ownReason } from '../../parts/own-reason';
import { rememberAdded } from '../app/changes';
import { say } from '../app/notices';

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
  const rejected = new Map<Reason, number>();
  try {
    for (let done = 0; done < pictures.length && !controller.signal.aborted; done += BATCH) {
      adding.value = { labelId: label.id, done, total: pictures.length, controller };
      const answer = await amongOthers('inbox', async () => {
        await putIntoInbox(label.id, pictures.slice(done, done + BATCH));
        return ask('takeInbox', { labelId: label.id });
      });
      stored.push(...answer.stored);
      for (const [reason, n] of Object.entries(answer.rejected) as [Reason, number][])
        rejected.set(reason, (rejected.get(reason) ?? 0) + n);
    }
  } finally {
    adding.value = undefined;
  }
  const refused = [...rejected].map(([reason, n]) => `${number(n)}: ${ownReason(reason)}`);
  const words = [plural('added_own', stored.length, named(label.name)), ...refused].join(' · ');
  if (stored.length === 0) say(words);
  else await rememberAdded(words, stored);
}
