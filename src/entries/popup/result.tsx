// What the model said of the picture: where it looked, and its likeliest classes.
import { useSignal } from '@preact/signals';
import { duration, t } from '../../edges/i18n';
import type { LastTest } from '../../edges/store/last-test';
import { HeatPicture } from '../parts/heat-picture';
import { TopClasses } from '../parts/top-classes';
import { complain } from './state';
import { busy } from './testing';

export function Result({ test: { picture, prediction } }: { test: LastTest }) {
  const heat = useSignal(true);
  return (
    <div class="result" aria-busy={busy.value}>
      <div>
        <HeatPicture
          picture={picture}
          activation={heat.value ? prediction?.activation : undefined}
          alt={prediction && heat.value ? t('heat_alt') : t('tested_picture')}
          onError={complain}
        />
        <label class="check small">
          <input
            type="checkbox"
            checked={heat.value}
            disabled={!prediction}
            onChange={event => (heat.value = event.currentTarget.checked)}
          />
          {t('heat_map')}
        </label>
      </div>
      <div>
        {prediction && !busy.value ? <TopClasses prediction={prediction} /> : null}
        <p class="small soft" role="status">
          {busy.value ? t('looking') : prediction ? t('answered_in', duration(prediction.seconds)) : ''}
        </p>
      </div>
    </div>
  );
}
