// The model's answer as a list: class, bar, per cent; and, where it is so, that it is none of them.
import type { Prediction } from '../../contract/report';
import { percent, t } from '../../edges/i18n';
import { Note } from './note';

export function TopClasses({ prediction, limit = 5 }: { prediction: Prediction; limit?: number }) {
  return (
    <div class="stack">
      {prediction.none && <Note kind="info">{t('none_of_these')}</Note>}
      <ol class={prediction.none ? 'top-classes none' : 'top-classes'} aria-label={t('top_classes')}>
        {prediction.top.slice(0, limit).map(({ label, p }) => (
          <li key={label}>
            <bdi class="one-line" title={label}>
              {label}
            </bdi>{' '}
            <span class="number">{percent(p)}</span>
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${p * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
