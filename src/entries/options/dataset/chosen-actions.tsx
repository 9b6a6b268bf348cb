// What to do with the chosen images of a label.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { number, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { resolveConflicts } from '../app/changes';
import { model } from '../app/state';
import { compareThese, MOST_COMPARED } from '../image/compared';
import { conflictsWith } from './conflicts/open-conflicts';
import type { GridState } from './grid-state';
import { move, remove } from './image-actions';
import type { LabelImages } from './label-images';

interface Props {
  label: Label;
  labels: Label[];
  images: LabelImages;
  state: GridState;
  /** The chosen images. */
  targets: () => Sample[];
}

export function ChosenActions({ label, labels, images, state, targets }: Props) {
  const { inConflict } = images;
  const chosen = state.selection.value.chosen.size;
  const goals = inConflict ? labels : labels.filter(other => other.id !== label.id);
  const openOne = () => (state.zoomed.value = targets()[0]?.sha256);
  const compare = () => compareThese(targets().map(({ sha256 }) => sha256));
  /** The button that was pressed goes with the choice it was for; the keys go on where they were. */
  const act = (action: (samples: Sample[]) => unknown) => {
    state.grid.current?.focus();
    void action(targets());
  };
  return (
    <div class="row second chosen-actions">
      <span>{t('chosen', number(chosen))}</span>
      {chosen === 1 && (
        <button type="button" class="quiet" onClick={openOne}>
          {t('open_image')}
        </button>
      )}
      {/* There is nothing to compare by before there is a model. */}
      {model.value && chosen >= 2 && chosen <= MOST_COMPARED && (
        <button type="button" class="quiet" onClick={compare}>
          {t('compare')}
        </button>
      )}
      {inConflict && (
        <button type="button" onClick={() => act(samples => resolveConflicts(conflictsWith(inConflict, samples)))}>
          {t(images.filter.value.flag === 'near-conflict' ? 'both_right' : 'keep_in_place')}
        </button>
      )}
      <MoveTo labels={goals} onMove={to => act(samples => move(samples, to))} />
      <button type="button" class="quiet danger" onClick={() => act(remove)}>
        {t('delete')}
      </button>
    </div>
  );
}

function MoveTo({ labels, onMove }: { labels: Label[]; onMove: (label: Label) => void }) {
  return (
    <select
      class="move-to"
      aria-label={t('move_to')}
      value=""
      disabled={labels.length === 0}
      onChange={event => {
        const to = labels.find(label => label.id === event.currentTarget.value);
        event.currentTarget.value = '';
        if (to) onMove(to);
      }}
    >
      <option value="">{t('move_to')}</option>
      {labels.map(label => (
        <option key={label.id} value={label.id} title={label.name}>
          {named(label.name)}
        </option>
      ))}
    </select>
  );
}
