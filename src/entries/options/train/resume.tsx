// What is computed already, and the way to resume from the model in use with what came since.
import { nameList, number, plural, t } from '../../../edges/i18n';
import type { Standing } from '../../workers/standing';
import { train } from './training';

export function Resume({ standing: { total, ready, news } }: { standing: Standing }) {
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
