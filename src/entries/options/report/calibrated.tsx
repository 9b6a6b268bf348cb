// Whether the model is as sure as it is right, in words and as the error the field measures it by.
import { ENOUGH, type Model } from '../../../contract/report';
import { number, percent, t } from '../../../edges/i18n';
import { calibrationOf } from '../../../pipeline/report/calibration';

export function Calibrated({ model: { verdicts } }: { model: Model }) {
  const calibration = calibrationOf(verdicts);
  if (!calibration) return null;
  const { images, error, confidence, bins } = calibration;
  const right = bins.reduce((sum, bin) => sum + bin.accuracy * bin.images, 0) / images;
  return (
    <section class="card" aria-label={t('calibration')}>
      <h2>{t('calibration')}</h2>
      {images < ENOUGH ? (
        <p>{t('calibration_few', number(ENOUGH))}</p>
      ) : (
        <>
          <p>{t('calibration_words', number(images), percent(confidence, 0), percent(right, 0))}</p>
          <p class="soft small">{t('calibration_error', number(100 * error, 1))}</p>
        </>
      )}
    </section>
  );
}
