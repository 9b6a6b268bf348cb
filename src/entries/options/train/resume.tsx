// What is computed already, and the way to resume from the newest model with what came since.
import { nameList, number, plural, t } from '../../../edges/i18n';
import { readStanding } from '../../workers/standing';
import { useRead } from '../app/read';
import { backbone, model, samplesVersion } from '../app/state';
import { choice, train, training } from './training';

export function Resume() {
  const { value: now, fresh } = useRead([samplesVersion, backbone, model], () => readStanding(choice.value), [
    choice.value,
    training.value !== undefined,
  ]);
  if (!now || !fresh || training.value) return null;
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
