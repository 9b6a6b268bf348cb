// The button that imports a list of image addresses, into a label or, where there is none yet, into those it names.
import type { Label } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { FileButton } from '../../parts/file-button';
import { importList } from './url-lists';

export function ImportList({ label }: { label?: Label }) {
  return (
    <FileButton
      class="quiet"
      title={t('import_list_hint')}
      name={label ? t('choose_list_for', isolate(label.name)) : t('choose_list')}
      accept=".txt,.csv,.tsv,.jsonl,.ndjson,.json,text/plain,text/csv"
      onFiles={([file]) => void importList(file, label)}
    >
      {t('import_list')}
    </FileButton>
  );
}
