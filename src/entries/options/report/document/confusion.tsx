// The confusion matrix on paper: a number leads to the images behind it, folded away below the table.
import { number, plural, t } from '../../../../edges/i18n';
import { CellTitle } from '../confusion-matrix';
import { ConfusionTable } from '../confusion-table';
import type { ReportContent } from './content';
import { DocumentImages } from './images';

export function Confusion(content: ReportContent) {
  const { labels } = content.model.report.confusion;
  const shown = new Set(content.cells.map(({ truth, predicted }) => `${truth}-${predicted}`));
  return (
    <section class="card">
      <h2>{t('confusion_matrix')}</h2>
      <p class="soft small">{t('confusion_hint')}</p>
      <ConfusionTable
        confusion={content.model.report.confusion}
        cell={(n, truth, predicted) =>
          shown.has(`${truth}-${predicted}`) ? (
            <a href={`#cell-${truth}-${predicted}`}>{number(n)}</a>
          ) : (
            <span>{number(n)}</span>
          )
        }
      />
      {content.cells.map(({ truth, predicted, count, verdicts }) => (
        <details key={`${truth}-${predicted}`}>
          <summary>
            <CellTitle truth={labels[truth] ?? ''} predicted={labels[predicted] ?? ''} />{' '}
            <span class="soft">{number(count)}</span>
          </summary>
          {/* A link to what lies inside a fold opens the fold. */}
          <div id={`cell-${truth}-${predicted}`}>
            <DocumentImages {...content} verdicts={verdicts} />
            {count > verdicts.length && <p class="soft small">{plural('and_more', count - verdicts.length)}</p>}
          </div>
        </details>
      ))}
    </section>
  );
}
