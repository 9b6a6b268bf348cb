// How much is collected and how fast, how small an image may be, and whether opt-outs are honoured.
import type { Settings } from '../../../contract/settings';
import { t } from '../../../edges/i18n';
import { SettingBox, SettingChoice, SettingNumber } from './setting-rows';

export function CollectingSection({ settings }: { settings: Settings }) {
  return (
    <section class="card" aria-label={t('collecting')}>
      <h2>{t('collecting')}</h2>
      <p class="soft">{t('collecting_hint')}</p>
      <div class="fields numbers">
        <SettingNumber name="target" settings={settings} />
        <SettingNumber name="transfers" settings={settings} />
        <SettingNumber name="minSide" settings={settings} />
      </div>
      <SettingBox name="takeAtOnce" settings={settings} />
      <SettingBox name="honourOptOut" settings={settings} />
      <SettingChoice name="sendReferer" settings={settings} />
    </section>
  );
}
