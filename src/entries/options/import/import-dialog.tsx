// Shows what an import was understood as, before anything is added: labels and counts, what is left out, what can be chosen otherwise.
import './import-dialog.css';
import { number, plural, t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { Note } from '../../parts/note';
import { Confirm } from '../app/confirm';
import { type Asked, asked, type ImportField } from './asked';

/** Labels that are listed; of more, how many. */
const MOST_LISTED = 200;

export function ImportDialog() {
  const import_ = asked.value;
  return import_ ? <Asking asking={import_} /> : null;
}

function Asking({ asking: { title, understood, busy, choose, answer } }: { asking: Asked }) {
  const { labels, doubts, fields, left, total, action } = understood;
  const shown = labels.slice(0, MOST_LISTED);
  return (
    <Confirm
      title={t('import_title', title)}
      action={action}
      disabled={busy || labels.length === 0}
      onYes={() => answer(true)}
      onClose={() => answer(false)}
    >
      {doubts.map(doubt => (
        <Note key={doubt} kind="warn">
          {doubt}
        </Note>
      ))}
      {fields.length > 0 && (
        <div class="fields import-fields">
          {fields.map(field => (
            <Choosing key={field.key} field={field} busy={busy} onChoose={value => choose(field.key, value)} />
          ))}
        </div>
      )}
      <p>{t('import_understood', total, plural('labels_count', labels.length))}</p>
      <ul class="import-labels" aria-busy={busy} aria-label={t('export_labels')}>
        {shown.map(([name, count]) => (
          <li key={name}>
            <bdi class="one-line" title={isolate(name)}>
              {name}
            </bdi>
            <span class="number">{number(count)}</span>
          </li>
        ))}
        {labels.length > shown.length && <li class="soft">{plural('import_more', labels.length - shown.length)}</li>}
      </ul>
      {left.length > 0 && (
        <ul class="import-left soft">
          {left.map(words => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </Confirm>
  );
}

function Choosing({ field, busy, onChoose }: { field: ImportField; busy: boolean; onChoose: (value: string) => void }) {
  return (
    <label class="field">
      <span>{field.name}</span>
      <select value={field.value} disabled={busy} onChange={event => onChoose(event.currentTarget.value)}>
        {field.options.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
