// What the model may answer: whether it says so when an image resembles nothing it has learnt, and what it cannot notice.
import type { Settings } from '../../../contract/settings';
import { t } from '../../../edges/i18n';
import { SettingBox } from './setting-rows';

export function AnswersSection({ settings }: { settings: Settings }) {
  return (
    <section class="card" aria-label={t('answers')}>
      <h2>{t('answers')}</h2>
      <SettingBox name="noneOfThese" settings={settings} />
      <p class="soft">{t('setting_noneOfThese_hint')}</p>
    </section>
  );
}
