// How many images of a label are in conflicts, and the way to see them.
import './conflict-counts.css';
import type { Conflict } from '../../../../contract/conflict';
import { plural, t } from '../../../../edges/i18n';
import { Icon } from '../../../parts/icon';

interface Props {
  /** Those that are not on show already. */
  counts: Record<Conflict['kind'], number>;
  onShow: (kind: Conflict['kind']) => void;
}

export function ConflictCounts({ counts, onShow }: Props) {
  return (['same', 'near'] as const).map(
    kind =>
      counts[kind] > 0 && (
        <div key={kind} class="row conflict-count">
          <Icon name={`${kind}-conflict`} />
          <span>{plural(`conflict_${kind}`, counts[kind])}</span>
          <button type="button" onClick={() => onShow(kind)}>
            {t(`show_conflict_${kind}`)}
          </button>
        </div>
      ),
  );
}
