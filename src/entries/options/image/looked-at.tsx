// What the model in use says of an image of the dataset, and where it looked.
import type { Model } from '../../../contract/report';
import { t } from '../../../edges/i18n';
import { complain } from '../../parts/complain';
import { Explained } from '../../parts/explained';
import { TopClasses } from '../../parts/top-classes';
import { Task } from '../app/task';
import { explainImage, explanationOf } from './explanations';

/** One image at a time; apart from the dialog, so that its answer is there when the image is shown again. */
const asking = new Task<{ sha256: string }>();

export function LookedAt({ model, sha256, image }: { model: Model; sha256: string; image: Blob }) {
  const asked = asking.running.value?.sha256 === sha256;
  const prediction = explanationOf(model, sha256)?.prediction;
  const ask = () =>
    asking.run({ sha256 }, async (_, signal) => {
      await explainImage(model, sha256, signal);
      return undefined;
    });
  if (prediction)
    return (
      <div class="looked-at stack">
        <Explained image={image} prediction={prediction} alt={t('tested_picture')} onError={complain} />
        <TopClasses prediction={prediction} limit={3} />
      </div>
    );
  return (
    <div class="row">
      <button type="button" disabled={asked} onClick={() => void ask()}>
        {t('ask_model')}
      </button>
      <span role="status" class="soft">
        {asked ? t('looking') : ''}
      </span>
    </div>
  );
}
