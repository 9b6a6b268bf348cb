// Adds images of one's own to a label, some at a time, with progress, a way to stop and a way back.
import type { Reason } from '../../../contract/job';
import type { Label } from '../../../contract/label';
import type { RefusedFile } from '../../../contract/messages';
import { plural, t } from '../../../edges/i18n';
import { putIntoInbox } from '../../../edges/store/inbox';
import { named } from '../../../pipeline/bucket/label-name';
import { sumCounts } from '../../../pipeline/queue/sum-counts';
import { rememberAdded } from '../app/changes';
import { handOver, throwIfFull } from '../app/hand-over';
import { say } from '../app/notices';
import { Task } from '../app/task';
import { refusedWords } from '../import/refused-words';

/** Files handed over at a time: few enough that the messages cost nothing and the inbox does not fill. */
const BATCH = 20;

const job = new Task<{ labelId: string }>({ keeps: true });
export const adding = job.running;
let turn: Promise<void> = Promise.resolve();

/** What is added by then stays. */
export function stopAdding(): void {
  job.cancel();
}

/** Adds the images among the files; those of a second drop wait for the first. */
export function add(label: Label, files: readonly File[]): Promise<void> {
  const images = files.filter(file => file.type.startsWith('image/') || file.type === '');
  turn = turn.then(async () => {
    if (images.length > 0) await addAll(label, images);
    else say(t('no_pictures'));
  });
  return turn;
}

function addAll(label: Label, images: readonly File[]): Promise<void> {
  return job.run({ labelId: label.id }, async (tell, signal) => {
    const stored: string[] = [];
    const refused: RefusedFile[] = [];
    let rejected: Partial<Record<Reason, number>> = {};
    const words = () =>
      [plural('added_own', stored.length, named(label.name)), ...refusedWords(rejected, refused)].join(' · ');
    try {
      for (let done = 0; done < images.length && !signal.aborted; done += BATCH) {
        tell({ done, total: images.length });
        const taken = await handOver(() => putIntoInbox(label.id, images.slice(done, done + BATCH)), signal);
        stored.push(...taken.stored);
        rejected = sumCounts(rejected, taken.rejected);
        refused.push(...taken.refused);
        throwIfFull(taken);
      }
      if (stored.length === 0) say(words());
    } finally {
      // However it ends, what came has its way back.
      if (stored.length > 0) await rememberAdded(words(), stored);
    }
    return undefined;
  });
}
