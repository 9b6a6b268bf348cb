// The confusion matrix as a table; on the screen its cells are buttons, on paper links, where anything stands behind them.
import './matrix.css';
import type { ComponentChildren } from 'preact';
import type { Report } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { WideTable } from '../app/wide-table';
import { shade } from './shade';

interface Props {
  confusion: Report['confusion'];
  /** What stands in the cell of a true and a predicted class. */
  cell: (count: number, truth: number, predicted: number) => ComponentChildren;
}

/** Up to so many labels the names over the columns have room of their own. */
const ROOMY = 6;

export function ConfusionTable({ confusion: { labels, matrix }, cell }: Props) {
  return (
    <WideTable name={t('confusion_matrix')} class={labels.length > ROOMY ? 'matrix' : 'matrix roomy'}>
      <thead>
        <tr>
          <td class="corner small soft">{t('true_predicted')}</td>
          {labels.map(label => (
            <th key={label} scope="col" title={label}>
              <bdi class="two-lines">{label}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.map((row, truth) => {
          const total = row.reduce((sum, n) => sum + n, 0);
          return (
            <tr key={labels[truth]}>
              <th scope="row" title={labels[truth]}>
                <bdi class="two-lines">{labels[truth]}</bdi>
              </th>
              {row.map((n, predicted) => (
                <td
                  key={labels[predicted]}
                  class={`${shade(n / total)} ${truth === predicted ? 'right' : 'wrong'}${n === 0 ? ' none' : ''}`}
                >
                  {cell(n, truth, predicted)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </WideTable>
  );
}
