// The card that gives the model to others: one file that opens by a double click.
import { signal } from '@preact/signals';
import { LONGEST_LABEL_NAME } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { folderName } from '../../../pipeline/bucket/folder-name';
import { tidyName } from '../../../pipeline/bucket/label-name';
import { sharedSize } from '../../../pipeline/export/model-size';
import { model } from '../app/state';
import { Card } from '../transfer/card';
import { exporting } from '../transfer/transfer';
import { modelFacts } from './model-facts';
import { saveShared } from './saving';

/** As typed; nothing is typed while the names of the labels will do. */
const typed = signal('');
const withReport = signal(true);

export function ShareCard() {
  const trained = model.value;
  const names = trained?.labels.map(({ name }) => name).join(', ') ?? '';
  const title = tidyName(typed.value) || tidyName(names);
  const file = `${folderName(title, [])}.html`;
  return (
    <Card
      kind="share"
      facts={trained ? modelFacts(trained, sharedSize(trained, withReport.value)) : t('no_model_to_export')}
      opens={trained && [1, 2].map(n => t(`export_share_opens_${n}`))}
    >
      {trained && (
        <label class="field long">
          <span class="name">{t('share_title')}</span>
          <input
            type="text"
            maxLength={LONGEST_LABEL_NAME}
            placeholder={title}
            value={typed}
            onInput={event => (typed.value = event.currentTarget.value)}
          />
        </label>
      )}
      {trained && (
        <label class="check">
          <input
            type="checkbox"
            checked={withReport}
            disabled={exporting.value !== undefined}
            onChange={event => (withReport.value = event.currentTarget.checked)}
          />
          <span>
            {t('share_with_report')}
            <span class="soft small hint">{t('share_with_report_hint')}</span>
          </span>
        </label>
      )}
      <button
        type="button"
        class={trained ? 'primary' : ''}
        disabled={!trained || exporting.value !== undefined}
        onClick={() => void saveShared(title, file, withReport.value)}
      >
        {t('save_shared')}
      </button>
    </Card>
  );
}
