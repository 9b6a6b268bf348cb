// Precision, recall and F1 of each class over the test images.
import './per-class.css';
import type { Report } from '../../../contract/report';
import { number, percent, t } from '../../../edges/i18n';
import { WideTable } from '../app/wide-table';

export function PerClass({ report }: { report: Report }) {
  const named = report.labels.map((_, k) => report.confusion.matrix.some(row => (row[k] ?? 0) > 0));
  return (
    <div class="card">
      <h2>{t('per_class')}</h2>
      <p class="soft small">{t('per_class_hint')}</p>
      <WideTable name={t('per_class')} class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('label')}</th>
            {(['precision', 'recall', 'f1', 'support'] as const).map(name => (
              <th key={name} scope="col" class="number">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.perClass.map((row, k) => (
            <tr key={row.label}>
              <th scope="row" title={row.label}>
                <bdi class="one-line">{row.label}</bdi>
              </th>
              {/* Where nothing was named so, or no test image is of the class, the report's 0 would read as a failure. */}
              <Share value={named[k] ? row.precision : Number.NaN} />
              <Share value={row.support > 0 ? row.recall : Number.NaN} />
              <Share value={row.support > 0 ? row.f1 : Number.NaN} />
              <td class="number">{number(row.support)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}

/** Of the images of one class, which are few: without decimals. */
function Share({ value }: { value: number }) {
  return (
    <td class="number share">
      {percent(value, 0)}
      {/* An empty bar would say 0 %; its place is kept, so that all rows are as high. */}
      <span class={Number.isFinite(value) ? 'bar' : 'bar unknown'} aria-hidden="true">
        <span style={{ width: `${(Number.isFinite(value) ? value : 0) * 100}%` }} />
      </span>
    </td>
  );
}
