// What the model said of the image: where it looked, and its likeliest classes.
import { duration, t } from '../../../edges/i18n';
import type { LastTest } from '../../../edges/store/last-test';
import { complain } from '../complain';
import { Explained } from '../explained';
import { TopClasses } from '../top-classes';
import { busy } from './testing';

export function PredictionView({ test: { picture: image, prediction } }: { test: LastTest }) {
  return (
    <div class="result" aria-busy={busy.value}>
      <Explained image={image} prediction={prediction} alt={t('tested_picture')} onError={complain} />
      <div>
        {prediction && !busy.value ? <TopClasses prediction={prediction} /> : null}
        <p class="small soft" role="status">
          {busy.value ? t('looking') : prediction ? t('answered_in', duration(prediction.seconds)) : ''}
        </p>
      </div>
    </div>
  );
}
