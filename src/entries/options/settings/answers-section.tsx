// What the model may answer: whether it says so when an image resembles nothing it has learnt, and what it cannot notice.
import type { Settings } from '../../../contract/settings';
import { t } from '../../../edges/i18n';
import { changeSettings } from '../../../edges/settings';
import { attempt } from '../../parts/complain';
import { settings } from '../app/state';

export function AnswersSection({ settings: current }: { settings: Settings }) {
  const change = (noneOfThese: boolean) =>
    attempt(async () => {
      settings.value = await changeSettings({ noneOfThese });
    });
  return (
    <section class="card" aria-label={t('answers')}>
      <h2>{t('answers')}</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={current.noneOfThese}
          onChange={event => void change(event.currentTarget.checked)}
        />
        {t('setting_noneOfThese')}
      </label>
      <p class="soft">{t('setting_noneOfThese_hint')}</p>
    </section>
  );
}
