// Where the network runs, and whether it runs ahead.
import type { Settings } from '../../../contract/settings';
import { t } from '../../../edges/i18n';
import { BackendField } from '../train/backend-field';
import { SettingBox } from './setting-rows';

export function ComputingSection({ settings }: { settings: Settings }) {
  return (
    <section class="card" aria-label={t('computing')}>
      <h2>{t('computing')}</h2>
      <p class="soft">{t('computing_hint')}</p>
      <div class="fields">
        <BackendField />
      </div>
      <SettingBox name="lookAhead" settings={settings} />
      <p class="soft small">{t('setting_lookAhead_hint')}</p>
    </section>
  );
}
