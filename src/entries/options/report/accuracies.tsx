// The accuracies, each with the interval that so few images leave open.
import './accuracies.css';
import { ENOUGH, type Model } from '../../../contract/report';
import type { Split } from '../../../contract/sample';
import { number, percent, plural, t } from '../../../edges/i18n';
import { predictedClass } from '../../../pipeline/report/verdicts';
import { wilson } from '../../../pipeline/report/wilson';
import { testedShare } from '../../parts/tested-words';

export function Accuracies({ model: { report, verdicts } }: { model: Model }) {
  return (
    <section class="accuracies" aria-label={t('accuracy')}>
      <Held split="test" verdicts={verdicts} />
      <Held split="valid" verdicts={verdicts} />
      <div class="card">
        <p class="soft">{t('accuracy_train')}</p>
        <p class="figure">{percent(report.trainAccuracy, verdicts.length < 100 ? 0 : 1)}</p>
        <p class="soft small">{t('accuracy_train_hint')}</p>
      </div>
    </section>
  );
}

function Held({ split, verdicts }: { split: Split; verdicts: Model['verdicts'] }) {
  const held = verdicts.filter(verdict => verdict.split === split);
  const right = held.filter(verdict => predictedClass(verdict) === verdict.truth).length;
  const [low, high] = wilson(right, held.length);
  return (
    <div class="card">
      <p class="soft">{t(`accuracy_${split}`)}</p>
      {held.length > 0 ? (
        <>
          <p class="figure">
            {held.length < ENOUGH
              ? t('right_among', number(right), number(held.length))
              : testedShare(right, held.length)}
          </p>
          <p class="soft small">
            {plural('right_of', held.length, number(right))} · {t('interval', percent(low, 0), percent(high, 0))}
          </p>
        </>
      ) : (
        <p class="figure">{t('none_held')}</p>
      )}
    </div>
  );
}
