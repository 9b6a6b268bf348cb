// A report in words, on the screen and in its file alike: how good the model is, what it confuses, what would help most.
import './words.css';
import type { ComponentChildren } from 'preact';
import { ENOUGH, type Model, type Verdict } from '../../../contract/report';
import { number, plural, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { commonestConfusions, type Spoken, spokenAccuracy, wouldHelpMost } from '../../../pipeline/report/in-words';
import { inCell } from '../../../pipeline/report/verdicts';

const CONFUSIONS = 2;
/** Images shown of each confusion, the surest first. */
const IMAGES = 5;

interface Props {
  model: Model;
  /** Shows images of a confusion. */
  images: (verdicts: Verdict[]) => ComponentChildren;
  /** The ways to a label's images and to more of them, where there are any. */
  toLabel?: (labelId: string) => ComponentChildren;
}

export function Words({ model: { report, verdicts, labels }, images, toLabel }: Props) {
  const spoken = spokenAccuracy(verdicts);
  const name = (k: number) => named(labels[k]?.name ?? '');
  const help = wouldHelpMost(report.confusion.matrix, report.labels, report.counts);
  return (
    <>
      <p class="in-words">{spoken ? headline(spoken) : t('report_unknown')}</p>
      {spoken && <p>{evidence(spoken)}</p>}
      {commonestConfusions(report.confusion.matrix, CONFUSIONS).map(({ truth, predicted, times, count }) => (
        <div key={`${truth} ${predicted}`} class="stack confused">
          <p>
            {count === 1
              ? t('report_confuses_only', name(truth), name(predicted))
              : plural('report_confuses', times, number(count), name(truth), name(predicted))}
          </p>
          {images(inCell(verdicts, truth, predicted).slice(0, IMAGES))}
        </div>
      ))}
      {help && (
        <div class="row">
          <p>
            {help.missing > 0
              ? plural('report_even_out', help.missing, name(help.label), number(help.images), number(help.most))
              : t('report_more_of', name(help.label))}
          </p>
          {toLabel?.(labels[help.label]?.id ?? '')}
        </div>
      )}
    </>
  );
}

/** How good it is in one line, no better than the images held out can show. */
function headline({ says, about, low, high, of }: Spoken): string {
  if (says === 'few') return t('report_few');
  return plural(`report_${says}`, { about, least: low, most: high }[says], number(of));
}

/** What it was tested with, how many were right, and what that leaves open. */
function evidence({ says, split, right, count, low, high, of }: Spoken): string {
  const range = [number(low), number(high), number(of)] as const;
  return says === 'few'
    ? `${plural(`report_few_${split}`, count, number(right), ...range)} ${t('report_few_advice', number(ENOUGH))}`
    : plural(`report_held_${split}`, right, number(count), ...range);
}
