// The accuracies, each with the interval that so few images leave open.
import './accuracies.css';
import type { Model } from '../../../contract/report';
import type { Split } from '../../../contract/sample';
import { number, percent, plural, t } from '../../../edges/i18n';
import { predictedClass } from '../../../pipeline/report/verdicts';
import { wilson } from '../../../pipeline/report/wilson';

export function Accuracies({ model: { report, verdicts } }: { model: Model }) {
  return (
    <section class="accuracies" aria-label={t('accuracy')}>
      <Held split="test" accuracy={report.testAccuracy} verdicts={verdicts} />
      <Held split="valid" accuracy={report.validAccuracy} verdicts={verdicts} />
      <div class="card">
        <p class="soft">{t('accuracy_train')}</p>
        <p class="figure">{percent(report.trainAccuracy, digitsFor(verdicts.length))}</p>
        <p class="soft small">{t('accuracy_train_hint')}</p>
      </div>
    </section>
  );
}

/** Tenths of a per cent say nothing of fewer than a hundred images. */
function digitsFor(images: number): number {
  return images < 100 ? 0 : 1;
}

function Held({ split, accuracy, verdicts }: { split: Split; accuracy: number; verdicts: Model['verdicts'] }) {
  const held = verdicts.filter(verdict => verdict.split === split);
  const right = held.filter(verdict => predictedClass(verdict) === verdict.truth).length;
  const [low, high] = wilson(right, held.length);
  return (
    <div class="card">
      <p class="soft">{t(`accuracy_${split}`)}</p>
      {held.length > 0 ? (
        <>
          <p class="figure">{percent(accuracy, digitsFor(held.length))}</p>
          <p class="soft small">
            {t('right_of', number(right), plural('images', held.length))} ·{' '}
            {t('interval', percent(low, 0), percent(high, 0))}
          </p>
        </>
      ) : (
        <p class="figure">{t('none_held')}</p>
      )}
    </div>
  );
}
