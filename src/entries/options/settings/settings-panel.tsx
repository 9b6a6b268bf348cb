// The Settings screen: access, splits, collecting, computing, answers, and what each permission is for.
import { t } from '../../../edges/i18n';
import { settings } from '../app/state';
import { BackboneRegion } from '../train/backbone-region';
import { AccessSection } from './access-section';
import { AnswersSection } from './answers-section';
import { CollectingSection } from './collecting-section';
import { ComputingSection } from './computing-section';
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
      <ComputingSection settings={current} />
      <BackboneRegion />
      <AnswersSection settings={current} />
      <StorageSection />
      <PermissionsTable />
    </>
  );
}
