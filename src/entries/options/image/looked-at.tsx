// What the newest model says of an image of the dataset, and where it looked.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Prediction } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { Explained } from '../../parts/explained';
import { TopClasses } from '../../parts/top-classes';
import { predictImage } from '../../workers/predictor';
import { complain } from '../app/notices';
import { model } from '../app/state';
import { explanationOf } from './explanations';

export function LookedAt({ sha256, picture }: { sha256: string; picture: Blob }) {
  const asked = useSignal<AbortController>();
  const prediction = useSignal<Prediction | undefined>(model.value && explanationOf(model.value, sha256)?.prediction);
  useEffect(() => () => asked.value?.abort(), []);
  const ask = async () => {
    const controller = new AbortController();
    asked.value = controller;
    try {
      const found = await predictImage(picture, controller.signal);
      if (!controller.signal.aborted) prediction.value = found;
    } catch (error) {
      if (!controller.signal.aborted) complain(error);
      asked.value = undefined;
    }
  };
  if (prediction.value)
    return (
      <div class="looked-at stack">
        <Explained picture={picture} prediction={prediction.value} alt={t('tested_picture')} onError={complain} />
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
