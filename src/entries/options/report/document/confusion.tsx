// The confusion matrix on paper: a number leads to the images behind it, folded away below the table.
import { number, plural, t } from '../../../../edges/i18n';
import { WideTable } from '../../wide-table';
import { shade } from '../shade';
import type { ReportContent } from './content';
import { Pictures } from './pictures';

export function Confusion(content: ReportContent) {
  const { labels, matrix } = content.model.report.confusion;
  const shown = new Set(content.cells.map(({ truth, taken }) => `${truth}-${taken}`));
  return (
    <section class="card">
      <h2>{t('confusion_matrix')}</h2>
      <p class="soft small">{t('confusion_hint')}</p>
      <WideTable name={t('confusion_matrix')} class="matrix">
        <thead>
          <tr>
            <td class="corner small soft">{t('true_predicted')}</td>
            {labels.map(label => (
              <th key={label} scope="col" title={label}>
                <bdi>{label}</bdi>
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
                  <bdi>{labels[truth]}</bdi>
                </th>
                {row.map((n, taken) => (
                  <td key={labels[taken]} class={`${shade(n / total)}${truth === taken ? ' right' : ''}`}>
                    {shown.has(`${truth}-${taken}`) ? (
                      <a href={`#cell-${truth}-${taken}`}>{number(n)}</a>
                    ) : (
                      <span>{number(n)}</span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </WideTable>
      {content.cells.map(({ truth, taken, count, verdicts }) => (
        <details key={`${truth}-${taken}`}>
          <summary>
            {t('cell_title', labels[truth] ?? '', labels[taken] ?? '')} <span class="soft">{number(count)}</span>
          </summary>
          {/* A link to what lies inside a fold opens the fold. */}
          <div id={`cell-${truth}-${taken}`}>
            <Pictures {...content} verdicts={verdicts} />
            {count > verdicts.length && <p class="soft small">{plural('and_more', count - verdicts.length)}</p>}
          </div>
        </details>
      ))}
    </section>
  );
}
