// The card that brings images in: folders named after their classes, from a zip or from the disk.
import { t } from '../../../edges/i18n';
import { FileButton } from '../../parts/file-button';
import { Card } from '../transfer/card';
import { exporting } from '../transfer/transfer';
import { importFolder, importZip } from './importing';

export function ImportCard() {
  const busy = exporting.value !== undefined;
  return (
    <Card kind="import" facts={t('import_splits')}>
      <FileButton
        name={t('choose_zip')}
        accept=".zip,application/zip"
        disabled={busy}
        onFiles={([file]) => void importZip(file)}
      >
        {t('import_zip')}
      </FileButton>
      <FileButton name={t('choose_class_folder')} folder disabled={busy} onFiles={files => void importFolder(files)}>
        {t('import_folder')}
      </FileButton>
    </Card>
  );
}
