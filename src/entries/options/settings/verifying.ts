// The check of every stored image, apart from its screen so that looking elsewhere does not end it.
import { number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { type Verified, verifyCollection } from '../../../edges/store/verify';
import { type Outcome, Task } from '../app/task';

/** Counts images. */
export const verifying = new Task();

export function verify(): Promise<void> {
  return verifying.run({}, async (tell, signal) => {
    const verified = await verifyCollection((done, total) => tell({ done, total }), signal);
    // The queue looks for new jobs whenever it is spoken to.
    await ask('queueState', {});
    return outcomeOf(verified);
  });
}

function outcomeOf({ checked, missing, damaged, unread, requeued }: Verified): Outcome {
  const bad = missing + damaged;
  if (bad + unread === 0) return { kind: 'good', words: plural('all_sound', checked) };
  const words = [
    ...(bad > 0 ? [t('some_lost', number(bad), number(checked), number(requeued))] : []),
    ...(bad > requeued ? [plural('some_lost_own', bad - requeued)] : []),
    ...(unread > 0 ? [plural('some_unread', unread, number(checked))] : []),
  ];
  return { kind: 'warn', words: words.join(' ') };
}
