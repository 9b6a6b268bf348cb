// Where the network runs: the fastest here unless chosen by hand, with what was timed.
import { BACKENDS, type BackendName } from '../../../contract/features';
import { number, t } from '../../../edges/i18n';
import { refusedBackends } from '../../../edges/store/backend-checks';
import { type BackendChoice, forgetBackend, rememberedBackend } from '../../../edges/store/backend-choice';
import { attempt } from '../../parts/complain';
import { Note } from '../../parts/note';
import { changeSetting } from '../app/change-setting';
import { useRead } from '../app/read';
import { settings } from '../app/state';
import { training } from './training';

export function BackendField() {
  const running = training.value !== undefined;
  const { value: timed, again: readAgain } = useRead([], rememberedBackend, [running]);
  const { value: refused = [] } = useRead([], refusedBackends, [running]);
  const choose = (value: string) => changeSetting({ backend: BACKENDS.find(name => name === value) });
  const again = () =>
    attempt(async () => {
      await forgetBackend();
      await readAgain();
    });
  return (
    <div class="stack">
      <label class="field">
        <span class="name">{t('backend')}</span>
        <select value={settings.value?.backend ?? ''} onChange={event => choose(event.currentTarget.value)}>
          <option value="">{t('backend_fastest')}</option>
          {BACKENDS.map(name => (
            <option key={name} value={name}>
              {t(`backend_${name}`)}
            </option>
          ))}
        </select>
      </label>
      {refused.map(name => (
        <Note key={name} kind="warn">
          {t('backend_refused', t(`backend_${name}`))}
        </Note>
      ))}
      <p class="small soft">
        {words(timed)}{' '}
        {timed && !running && (
          <button type="button" class="quiet" onClick={again}>
            {t('time_backends_again')}
          </button>
        )}
      </p>
    </div>
  );
}

function words(timed: BackendChoice | undefined): string {
  if (!timed) return t('backends_untimed');
  const speeds = (Object.entries(timed.timings) as [BackendName, number][]).sort(([, a], [, b]) => b - a);
  if (speeds.length === 0) return t('backends_only', t(`backend_${timed.backend}`));
  const list = speeds.map(([name, speed]) => `${t(`backend_${name}`)} ${number(speed, 1)}`).join(', ');
  return t('backends_timed', list);
}
