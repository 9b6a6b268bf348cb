// The Export screen: the model as a page for others, dataset and model as zips that need nothing of this app to be read, the
// project's backup, and ways in.
import './export-panel.css';
import { t } from '../../../edges/i18n';
import { BackupCard } from '../backup/backup-card';
import { RestoreDialog } from '../backup/restore-dialog';
import { ImportCard } from '../import/import-card';
import { DatasetCard } from './dataset-card';
import { ModelCard } from './model-card';
import { ShareCard } from './share-card';

export function ExportPanel() {
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_export')}</h1>
      </div>
      <div class="export-cards">
        <ShareCard />
        <DatasetCard />
        <ModelCard />
        <BackupCard />
        <ImportCard />
      </div>
      <RestoreDialog />
    </>
  );
}
