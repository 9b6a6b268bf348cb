// The card of the backup: the whole project as one file, and back.
import { signal } from '@preact/signals';
import { byteSize, plural, t } from '../../../edges/i18n';
import { featureBytes } from '../../../edges/store/features';
import { FileButton } from '../../parts/file-button';
import { useRead } from '../app/read';
import { labels, model, samplesVersion, totalImages } from '../app/state';
import { Card } from '../transfer/card';
import { exporting } from '../transfer/transfer';
import { inspectBackup } from './restoring';
import { saveBackup } from './save-backup';

const withFeatures = signal(false);

export function BackupCard() {
  const { value: cached = 0 } = useRead([samplesVersion, model], featureBytes);
  const count = labels.value?.length ?? 0;
  const busy = exporting.value !== undefined;
  return (
    <Card
      kind="backup"
      facts={
        count > 0
          ? `${plural('images', totalImages.value)} · ${plural('labels_count', count)}`
          : t('nothing_to_back_up')
      }
      options={
        <label class="check">
          <input
            type="checkbox"
            checked={withFeatures.value}
            onChange={event => (withFeatures.value = event.currentTarget.checked)}
          />
          <span>
            {t('backup_features', byteSize(cached))}
            <span class="soft small hint">{t('backup_features_hint')}</span>
          </span>
        </label>
      }
    >
      <button type="button" disabled={count === 0 || busy} onClick={() => void saveBackup(withFeatures.value)}>
        {t('save_backup')}
      </button>
      <FileButton
        name={t('choose_backup')}
        accept=".zip,application/zip"
        multiple
        disabled={busy}
        onFiles={files => void inspectBackup(files)}
      >
        {t('restore_backup')}
      </FileButton>
    </Card>
  );
}
