// The check of every stored image, apart from its screen so that looking elsewhere does not end it.
import { number, plural, t } from '../../../edges/i18n';
import type { Verified } from '../../../edges/store/verify';
import { verifyCollection } from '../../workers/verify-collection';
import { type Outcome, Task } from '../app/task';

/** Counts images. */
export const verifying = new Task();

export function verify(): Promise<void> {
  return verifying.run({}, async (tell, signal) => {
    const verified = await verifyCollection((done, total) => tell({ done, total }), signal);
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
