// The card that brings images in: folders named after their classes, from a zip or from the disk.
import { useRef } from 'preact/hooks';
import { t } from '../../../edges/i18n';
import { Card } from './card';
import { exporting } from './export-job';
import { importFolder, importZip } from './importing';

export function ImportCard() {
  const zip = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const busy = exporting.value !== undefined;
  return (
    <Card kind="import" facts={t('import_splits')}>
      <button type="button" disabled={busy} onClick={() => zip.current?.click()}>
        {t('import_zip')}
      </button>
      <button type="button" disabled={busy} onClick={() => folder.current?.click()}>
        {t('import_folder')}
      </button>
      <input
        ref={zip}
        type="file"
        hidden
        accept=".zip,application/zip"
        aria-label={t('choose_zip')}
        onChange={event => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void importZip(file);
        }}
      />
      <input
        ref={folder}
        type="file"
        hidden
        {...{ webkitdirectory: true }}
        aria-label={t('choose_class_folder')}
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void importFolder(files);
        }}
      />
    </Card>
  );
}
