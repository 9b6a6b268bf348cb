// The model's answer as a list: class, bar, per cent; and, where it is so, that it is none of them.
import type { Prediction } from '../../contract/report';
import { percent, t } from '../../edges/i18n';
import { Note } from './note';

interface Props {
  prediction: Pick<Prediction, 'top' | 'none'>;
  limit?: number;
  /**
   * Answers come one after the other: what is said of some keeps its place, and where all labels are shown each keeps its own, so
   * that nothing moves.
   */
  steady?: boolean;
}

export function TopClasses({ prediction, limit = 5, steady = false }: Props) {
  const [likeliest] = prediction.top;
  const shown = prediction.top.slice(0, limit);
  if (steady && shown.length === prediction.top.length) shown.sort((a, b) => (a.label < b.label ? -1 : 1));
  return (
    <div class="stack">
      {(prediction.none || steady) && (
        <div class={prediction.none ? undefined : 'not-said'}>
          <Note kind="info">{t('none_of_these')}</Note>
        </div>
      )}
      <ol class={prediction.none ? 'top-classes none' : 'top-classes'} aria-label={t('top_classes')}>
        {shown.map(({ label, p }) => (
          <li key={label} class={label === likeliest?.label ? 'likeliest' : undefined}>
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
