// The button that imports a list of image addresses, into a label or, where there is none yet, into those it names.
import { useRef } from 'preact/hooks';
import type { Label } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { importList } from './url-lists';

export function ImportList({ label }: { label?: Label }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="quiet" title={t('import_list_hint')} onClick={() => input.current?.click()}>
        {t('import_list')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.csv,.tsv,.jsonl,.ndjson,.json,text/plain,text/csv"
        aria-label={label ? t('choose_list_for', isolate(label.name)) : t('choose_list')}
        onChange={event => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void importList(file, label);
        }}
      />
    </>
  );
}
