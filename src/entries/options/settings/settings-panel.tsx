// The Settings screen: access, splits, collecting, computing, and what each permission is for.
import { t } from '../../../edges/i18n';
import { settings } from '../app/state';
import { BackboneRegion } from '../train/backbone-region';
import { BackendField } from '../train/backend-field';
import { AccessSection } from './access-section';
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
      </section>
      <BackboneRegion />
      <StorageSection />
      <PermissionsTable />
    </>
  );
}
