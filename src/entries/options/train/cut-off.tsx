// Says that a training was cut off when its tab was closed, or that another tab is training now.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dateTime, t } from '../../../edges/i18n';
import { atWork } from '../../../edges/locks';
import { trainingBegan } from '../../../edges/store/training-mark';
import { attempt, complain } from '../../parts/complain';
import { Note } from '../../parts/note';
import { training } from './training';

/** How often the other tab is looked after, in milliseconds. */
const LOOK = 2000;

export function CutOff() {
  const found = useSignal<{ began: number; elsewhere: boolean }>();
  const here = training.value !== undefined;
  useEffect(() => {
    const look = async () => {
      const began = await trainingBegan.get();
      found.value = began === undefined ? undefined : { began, elsewhere: await atWork('training') };
    };
    if (here) {
      found.value = undefined;
      return;
    }
    look().catch(complain);
    const timer = setInterval(() => void look().catch(complain), LOOK);
    return () => clearInterval(timer);
  }, [here]);
  if (!found.value) return null;
  const { began, elsewhere } = found.value;
  if (elsewhere) return <Note kind="info">{t('training_in_other_tab', dateTime(began))}</Note>;
  const dismiss = () =>
    attempt(async () => {
      await trainingBegan.remove();
      found.value = undefined;
    });
  return (
    <Note kind="warn">
      <p>{t('training_cut_off', dateTime(began))}</p>
      <button type="button" class="quiet" onClick={dismiss}>
        {t('dismiss')}
      </button>
    </Note>
  );
}
