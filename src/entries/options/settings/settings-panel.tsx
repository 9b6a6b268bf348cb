// The Settings screen: access, splits, collecting, computing, answers, and what each permission is for.
import { t } from '../../../edges/i18n';
import { changeSettings } from '../../../edges/settings';
import { attempt } from '../../parts/complain';
import { settings } from '../app/state';
import { BackboneRegion } from '../train/backbone-region';
import { BackendField } from '../train/backend-field';
import { AccessSection } from './access-section';
import { AnswersSection } from './answers-section';
import { CollectingSection } from './collecting-section';
import { PermissionsTable } from './permissions-table';
import { SplitsSection } from './splits-section';
import { StorageSection } from './storage-section';

export function SettingsPanel() {
  const current = settings.value;
  if (!current) return null;
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_settings')}</h1>
      </div>
      <AccessSection />
      <CollectingSection settings={current} />
      <SplitsSection key={JSON.stringify(current.ratios)} ratios={current.ratios} />
      <section class="card" aria-label={t('computing')}>
        <h2>{t('computing')}</h2>
        <p class="soft">{t('computing_hint')}</p>
        <div class="fields">
          <BackendField />
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={current.lookAhead}
            onChange={event => setLookAhead(event.currentTarget.checked)}
          />
          {t('setting_lookAhead')}
        </label>
        <p class="soft small">{t('setting_lookAhead_hint')}</p>
      </section>
      <BackboneRegion />
      <AnswersSection settings={current} />
      <StorageSection />
      <PermissionsTable />
    </>
  );
}

function setLookAhead(lookAhead: boolean): void {
  void attempt(async () => {
    settings.value = await changeSettings({ lookAhead });
  });
}
