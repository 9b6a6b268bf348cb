// The confusion matrix, whose cells open the images behind them.
import './confusion-matrix.css';
import { useSignal } from '@preact/signals';
import type { Model } from '../../../contract/report';
import { number, plural, t } from '../../../edges/i18n';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import { commonestConfusions } from '../../../pipeline/report/in-words';
import { inCell } from '../../../pipeline/report/verdicts';
import { SaveButtons } from '../app/save-buttons';
import { ConfusionTable } from './confusion-table';
import { drawMatrix } from './draw-matrix';
import { VerdictStrip } from './verdict-strip';

export function ConfusionMatrix({ model }: { model: Model }) {
  const { labels, matrix } = model.report.confusion;
  // The commonest mistake is what one wants to see first.
  const cell = useSignal<{ truth: number; predicted: number } | undefined>(commonestConfusions(matrix, 1)[0]);
  const open = cell.value;
  if (!matrix.flat().some(n => n > 0)) return <NothingTested />;
  return (
    <div class="card confusion">
      <div class="row">
        <h2>{t('confusion_matrix')}</h2>
        <SaveButtons
          title={t('confusion_matrix')}
          file="confusion-matrix"
          drawing={() => draw(model.report.confusion)}
        />
      </div>
      <p class="soft small">{t('confusion_hint')}</p>
      <div class="confusion-columns">
        <ConfusionTable
          confusion={model.report.confusion}
          cell={(n, truth, predicted) => (
            <button
              type="button"
              aria-pressed={open?.truth === truth && open.predicted === predicted}
              aria-label={cellWords(n, labels[truth] ?? '', labels[predicted] ?? '', truth === predicted)}
              onClick={() => (cell.value = { truth, predicted })}
            >
              {number(n)}
            </button>
          )}
        />
        <div class="cell-images stack" aria-live="polite">
          {open ? (
            <>
              <h3>
                <CellTitle truth={labels[open.truth] ?? ''} predicted={labels[open.predicted] ?? ''} />
              </h3>
              <VerdictStrip
                key={`${open.truth} ${open.predicted}`}
                model={model}
                verdicts={inCell(model.verdicts, open.truth, open.predicted)}
              />
            </>
          ) : (
            <p class="soft">{t('choose_cell')}</p>
          )}
        </div>
      </div>
    </div>
  );
}

/** A table of zeros would say that something was tested, and ask for a choice among nothing. */
function NothingTested() {
  return (
    <div class="card confusion">
      <h2>{t('confusion_matrix')}</h2>
      <p class="soft">{t('confusion_none')}</p>
    </div>
  );
}

function cellWords(n: number, truth: string, predicted: string, right: boolean): string {
  return right ? plural('cell_right', n, isolate(truth)) : plural('cell', n, isolate(truth), isolate(predicted));
}

/** What the images of a cell have in common; the whole names on hover. */
export function CellTitle({ truth, predicted }: { truth: string; predicted: string }) {
  const words = (name: (label: string) => string) =>
    truth === predicted ? t('cell_title_right', name(truth)) : t('cell_title', name(truth), name(predicted));
  return <span title={words(isolate)}>{words(label => named(label))}</span>;
}

function draw({ labels, matrix }: Model['report']['confusion']): SVGSVGElement {
  const axis = labels.map(label => ({ label }));
  const totals = matrix.map(row => row.reduce((sum, n) => sum + n, 0));
  return drawMatrix({
    rows: axis,
    columns: axis,
    corner: t('true_predicted'),
    cells: matrix.flatMap((values, row) =>
      values.map((n, column) => ({
        row,
        column,
        share: n / (totals[row] || 1),
        words: number(n),
        wrong: row !== column,
      })),
    ),
  });
}
