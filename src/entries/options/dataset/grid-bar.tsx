// Above a grid: which images are shown and in what order; in a place of its own, what to do with the chosen ones.
import './grid-bar.css';
import type { ComponentChildren } from 'preact';
import { t } from '../../../edges/i18n';

interface Props {
  filters: ComponentChildren;
  /** So little stands in it that both places share a line earlier. */
  short?: boolean;
  /** Of one height whatever is chosen: what stands below must not move under the pointer. */
  children: ComponentChildren;
}

export function GridBar({ filters, short = false, children }: Props) {
  return (
    <div class={short ? 'grid-bar short' : 'grid-bar'} role="toolbar" aria-label={t('grid_bar')}>
      <div class="row">{filters}</div>
      {children}
    </div>
  );
}

/** What the edges of the tiles mean, while nothing is chosen. */
export function Legend() {
  return (
    <div class="row second">
      <ul class="legend small soft" aria-label={t('legend')}>
        <li class="train">{t('split_train')}</li>
        <li class="valid">{t('split_valid')}</li>
        <li class="test">{t('split_test')}</li>
      </ul>
    </div>
  );
}
