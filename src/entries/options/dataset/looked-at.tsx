// What the newest model says of an image of the dataset, and where it looked.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Prediction } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { HeatPicture } from '../../parts/heat-picture';
import { TopClasses } from '../../parts/top-classes';
import { complain } from '../notices';
import { theLearner } from '../workers';

export function LookedAt({ picture }: { picture: Blob }) {
  const asked = useSignal<AbortController>();
  const prediction = useSignal<Prediction>();
  useEffect(() => () => asked.value?.abort(), []);
  const ask = async () => {
    const controller = new AbortController();
    asked.value = controller;
    try {
      const found = await theLearner().predict(picture, controller.signal);
      if (!controller.signal.aborted) prediction.value = found;
    } catch (error) {
      if (!controller.signal.aborted) complain(error);
      asked.value = undefined;
    }
  };
  if (prediction.value)
    return (
      <div class="looked-at stack">
        <HeatPicture
          picture={picture}
          activation={prediction.value.activation}
          alt={t('heat_alt')}
          onError={complain}
        />
        <TopClasses prediction={prediction.value} limit={3} />
      </div>
    );
  return (
    <div class="row">
      <button type="button" disabled={asked.value !== undefined} onClick={() => void ask()}>
        {t('ask_model')}
      </button>
      <span role="status" class="soft">
        {asked.value ? t('looking') : ''}
      </span>
    </div>
  );
}
