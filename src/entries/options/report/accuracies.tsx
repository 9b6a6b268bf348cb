// The accuracies, each with the interval that so few images leave open.
import './accuracies.css';
import { ENOUGH, type Model } from '../../../contract/report';
import type { Split } from '../../../contract/sample';
import { number, percent, plural, t } from '../../../edges/i18n';
import { tallyOfVerdicts } from '../../../pipeline/report/verdicts';
import { wilson } from '../../../pipeline/report/wilson';
import { shareAmong, testedShare } from '../../parts/tested-words';

export function Accuracies({ model: { report, verdicts } }: { model: Model }) {
  return (
    <section class="accuracies" aria-label={t('accuracy')}>
      <Held split="test" verdicts={verdicts} />
      <Held split="valid" verdicts={verdicts} />
      <div class="card">
        <p class="soft">{t('accuracy_train')}</p>
        <p class="figure">{shareAmong(report.trainAccuracy, verdicts.length)}</p>
        <p class="soft small">{t('accuracy_train_hint')}</p>
      </div>
    </section>
  );
}

function Held({ split, verdicts }: { split: Split; verdicts: Model['verdicts'] }) {
  const { right, of } = tallyOfVerdicts(verdicts.filter(verdict => verdict.split === split));
  const [low, high] = wilson(right, of);
  return (
    <div class="card">
      <p class="soft">{t(`accuracy_${split}`)}</p>
      {of > 0 ? (
        <>
          <p class="figure">{of < ENOUGH ? t('right_among', number(right), number(of)) : testedShare(right, of)}</p>
          <p class="soft small">
            {plural('right_of', of, number(right))} · {t('interval', percent(low, 0), percent(high, 0))}
          </p>
        </>
      ) : (
        <p class="figure">{t('none_held')}</p>
      )}
    </div>
  );
}
