// "Train again by itself": the switch, and what begins a training when images have changed.
import { effect } from '@preact/signals';
import { plural, t } from '../../../edges/i18n';
import { atWork } from '../../../edges/locks';
import { onBattery } from '../../../edges/power';
import { changeSettings } from '../../../edges/settings';
import { changesOf } from '../../../pipeline/head/news';
import { attempt } from '../../parts/complain';
import { readStanding } from '../../workers/standing';
import { model, queue, samplesVersion, settings } from '../app/state';
import { runningTasks } from '../app/task';
import { choice, train } from './training';
import { UpToDate } from './up-to-date';

/** So many images without features may be computed in a training nobody asked for; of more, the rest is looked at ahead first. */
const FEW = 32;

export function KeepUpToDate() {
  const current = settings.value;
  if (!current) return null;
  const change = (keepUpToDate: boolean) =>
    attempt(async () => {
      settings.value = await changeSettings({ keepUpToDate });
    });
  return (
    <div>
      <label class="check">
        <input
          type="checkbox"
          checked={current.keepUpToDate}
          onChange={event => void change(event.currentTarget.checked)}
        />
        {t('setting_keepUpToDate')}
      </label>
      <p class="soft small">{t('setting_keepUpToDate_hint')}</p>
    </div>
  );
}

/** Begins trainings as long as the page stands; that there was one is said. */
export function startKeepingUpToDate(signal: AbortSignal): void {
  const upToDate = new UpToDate({ due, free, train: changes => train(false, plural('trained_by_itself', changes)) });
  const stop = effect(() => {
    samplesVersion.value;
    model.value?.id;
    if (settings.value?.keepUpToDate) upToDate.changed();
  });
  const seen = () => {
    if (!document.hidden) upToDate.changed();
  };
  document.addEventListener('visibilitychange', seen, { signal });
  signal.addEventListener('abort', () => {
    stop();
    upToDate.stop();
  });
}

async function due(): Promise<number> {
  if (!settings.value?.keepUpToDate || !model.value) return 0;
  const standing = await readStanding(choice.value);
  missing = standing ? standing.total - standing.ready : 0;
  return standing?.news ? changesOf(standing.news) : 0;
}
/** Images without features, when it was last looked what is due. */
let missing = 0;

/** Not while many images wait to be looked at, while anything else runs, the page is hidden or the battery is used. */
async function free(): Promise<boolean> {
  const still = queue.value.queued === 0 || queue.value.paused !== undefined;
  if (!still || missing > FEW || runningTasks.value > 0 || document.hidden) return false;
  return !(await onBattery()) && !(await atWork('training'));
}
