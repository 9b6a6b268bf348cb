// A backup is made and saved, and what is not in it is said.
import { t } from '../../../edges/i18n';
import { exportBackup } from '../../workers/exporter';
import { saved } from '../transfer/saved';
import { runTransfer } from '../transfer/transfer';
import { withoutWords } from './backup-words';

export function saveBackup(withFeatures: boolean): Promise<void> {
  return runTransfer('backup', (tell, signal) =>
    saved(exportBackup(tell, signal, withFeatures), t('backup_parts'), ({ without = {} }) => withoutWords(without)),
  );
}
