// The card of the backup: the whole project as one file, and back.
import { signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { byteSize, plural, t } from '../../../edges/i18n';
import { featureBytes } from '../../../edges/store/features';
import { complain } from '../notices';
import { labels, model, totalImages } from '../state';
import { Card } from './card';
import { exporting, saveBackup } from './export-job';
import { inspectBackup } from './restoring';

const withFeatures = signal(false);

export function BackupCard() {
  const input = useRef<HTMLInputElement>(null);
  const cached = useSignal(0);
  useEffect(() => {
    featureBytes().then(bytes => (cached.value = bytes), complain);
  }, [totalImages.value, model.value]);
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
            {t('backup_features', byteSize(cached.value))}
            <span class="soft small hint">{t('backup_features_hint')}</span>
          </span>
        </label>
      }
    >
      <button type="button" disabled={count === 0 || busy} onClick={() => void saveBackup(withFeatures.value)}>
        {t('save_backup')}
      </button>
      <button type="button" disabled={busy} onClick={() => input.current?.click()}>
        {t('restore_backup')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".zip,application/zip"
        aria-label={t('choose_backup')}
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void inspectBackup(files);
        }}
      />
    </Card>
  );
}
