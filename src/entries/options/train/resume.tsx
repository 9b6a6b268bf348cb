// What is computed already, and the way to resume from the newest model with what came since.
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { nameList, number, plural, t } from '../../../edges/i18n';
import { readStanding, type Standing } from '../../workers/standing';
import { complain } from '../notices';
import { backbone, model, samplesVersion } from '../state';
import { choice, train, training } from './training';

const standing = signal<Standing>();

/** Looks again whenever images, weights or the model changed, or a training ended. */
function watchStanding(): () => void {
  return effect(() => {
    void [samplesVersion.value, backbone.value, model.value];
    const head = choice.value;
    if (training.value) {
      // What was new is being learnt.
      standing.value = undefined;
      return;
    }
    readStanding(head).then(now => (standing.value = now), complain);
  });
}

export function Resume() {
  useEffect(watchStanding, []);
  const now = standing.value;
  if (!now || training.value) return null;
  const { total, ready, news } = now;
  return (
    <>
      {ready > 0 && ready + (news?.images ?? 0) < total && (
        <p class="soft">{t('features_ready', number(ready), number(total))}</p>
      )}
      {news && news.images > 0 && (
        <div class="row">
          <button type="button" onClick={() => void train(true)}>
            {plural('continue_with', news.images)}
          </button>
          <span class="soft">
            {[
              t('continue_hint'),
              ...(news.labels.length > 0 ? [t('continue_labels', nameList(news.labels))] : []),
            ].join(' ')}
          </span>
        </div>
      )}
    </>
  );
}
