// A report in words, on the screen and in its file alike: how good the model is, what it confuses, what would help most.
import './words.css';
import type { ComponentChildren } from 'preact';
import type { Model, Verdict } from '../../../contract/report';
import { number, plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { commonestConfusions, spokenAccuracy, wouldHelpMost } from '../../../pipeline/report/in-words';
import { inCell } from '../../../pipeline/report/verdicts';

const CONFUSIONS = 2;
/** Images shown of each confusion, the surest first. */
const IMAGES = 5;

interface Props {
  model: Model;
  /** Shows images of a confusion. */
  images: (verdicts: Verdict[]) => ComponentChildren;
  /** The way to a label's images, where there is one. */
  toLabel?: (labelId: string) => ComponentChildren;
}

export function Words({ model: { report, verdicts, labels }, images, toLabel }: Props) {
  const spoken = spokenAccuracy(verdicts);
  const name = (k: number) => named(labels[k]?.name ?? '');
  const help = wouldHelpMost(report.confusion.matrix, report.labels, report.counts);
  return (
    <>
      {spoken ? (
        <>
          <p class="in-words">{t('report_about', number(spoken.about), number(spoken.of))}</p>
          <p>
            {t(
              `report_held_${spoken.split}`,
              number(spoken.right),
              plural('images', spoken.count),
              number(spoken.low),
              number(spoken.high),
              number(spoken.of),
            )}
          </p>
        </>
      ) : (
        <p class="in-words">{t('report_unknown')}</p>
      )}
      {commonestConfusions(report.confusion.matrix, CONFUSIONS).map(({ truth, predicted, times, count }) => (
        <div key={`${truth} ${predicted}`} class="stack confused">
          <p>{t('report_confuses', name(truth), name(predicted), number(times), number(count))}</p>
          {images(inCell(verdicts, truth, predicted).slice(0, IMAGES))}
        </div>
      ))}
      {help && (
        <p>
          {help.missing > 0
            ? plural('report_even_out', help.missing, name(help.label), number(help.images), number(help.most))
            : t('report_more_of', name(help.label))}{' '}
          {toLabel?.(labels[help.label]?.id ?? '')}
        </p>
      )}
    </>
  );
}
