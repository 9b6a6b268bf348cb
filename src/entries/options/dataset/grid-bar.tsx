// Above the grid: which images are shown and in what order; in a place of its own, what to do with the chosen ones.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { number, plural, t } from '../../../edges/i18n';
import { type Filter, SORTS, type Sort, SPLIT_FILTERS } from '../../../pipeline/bucket/arrange';
import { FLAGS, type Flag } from '../../../pipeline/bucket/flags';
import { named } from '../../../pipeline/bucket/label-name';
import { MOST_COMPARED } from '../report/compared';
import { KeysHelp } from './keys-help';

/** Conflicts of both kinds are shown with all of their images, wherever they stand. */
export interface Shown extends Omit<Filter, 'flag'> {
  flag: Filter['flag'] | 'same-conflict';
}

interface Props {
  shown: Shown;
  sort: Sort;
  flags: ReadonlyMap<string, readonly Flag[]>;
  /** Images that were found for this label and others. */
  sameConflicts: number;
  /** How many tiles are chosen. */
  chosen: number;
  /** Near-duplicates that "keep the best" would delete. */
  spare: Sample[];
  /** Where the chosen tiles can go. */
  labels: Label[];
  onShow: (shown: Shown) => void;
  onSort: (sort: Sort) => void;
  onMove: (label: Label) => void;
  /** The chosen images stand rightly where they are. */
  onConfirm: () => void;
  onDelete: () => void;
  onOpen: () => void;
  /** Missing while there is no model whose features could be compared. */
  onCompare?: (() => void) | undefined;
  onDeleteSpare: (samples: Sample[]) => void;
}

export function GridBar(props: Props) {
  const { shown, spare } = props;
  return (
    <div class="grid-bar" role="toolbar" aria-label={t('grid_bar')}>
      <div class="row">
        <select
          aria-label={t('filter')}
          value={shown.split}
          onChange={event => props.onShow({ ...shown, split: event.currentTarget.value as Shown['split'] })}
        >
          {SPLIT_FILTERS.map(name => (
            <option key={name} value={name}>
              {t(`filter_${name}`)}
            </option>
          ))}
        </select>
        <FlagFilter {...props} />
        <select
          aria-label={t('sort')}
          value={props.sort}
          disabled={shown.flag === 'near-duplicate' || shown.flag === 'near-conflict'}
          onChange={event => props.onSort(event.currentTarget.value as Sort)}
        >
          {SORTS.map(name => (
            <option key={name} value={name}>
              {t(`sort_${name}`)}
            </option>
          ))}
        </select>
        <KeysHelp />
      </div>
      {/* One height whatever is chosen: what stands below must not move under the pointer. */}
      {props.chosen > 0 ? (
        <ChosenActions {...props} />
      ) : (
        <div class="row second">
          {spare.length > 0 ? (
            <button type="button" onClick={() => props.onDeleteSpare(spare)}>
              {plural('keep_best', spare.length)}
            </button>
          ) : (
            <ul class="legend small soft" aria-label={t('legend')}>
              <li class="train">{t('split_train')}</li>
              <li class="valid">{t('split_valid')}</li>
              <li class="test">{t('split_test')}</li>
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

/** Each choice with how many images it shows, so that an empty one need not be tried. */
function FlagFilter({ shown, flags, sameConflicts, onShow }: Props) {
  const tally = new Map<string, number>([['same-conflict', sameConflicts]]);
  for (const list of flags.values()) for (const flag of list) tally.set(flag, (tally.get(flag) ?? 0) + 1);
  return (
    <select
      class="flag-filter"
      aria-label={t('flags')}
      value={shown.flag}
      onChange={event => onShow({ ...shown, flag: event.currentTarget.value as Shown['flag'] })}
    >
      <option value="any">{t('flag_any')}</option>
      {[...FLAGS, 'same-conflict'].map(flag => (
        <option key={flag} value={flag}>
          {t('with_count', t(`flag_${flag}`), number(tally.get(flag) ?? 0))}
        </option>
      ))}
    </select>
  );
}

function ChosenActions({ shown, chosen, labels, onMove, onConfirm, onDelete, onOpen, onCompare }: Props) {
  return (
    <div class="row second chosen-actions">
      <span>{t('chosen', number(chosen))}</span>
      {chosen === 1 && (
        <button type="button" class="quiet" onClick={onOpen}>
          {t('open_image')}
        </button>
      )}
      {onCompare && chosen >= 2 && chosen <= MOST_COMPARED && (
        <button type="button" class="quiet" onClick={onCompare}>
          {t('compare')}
        </button>
      )}
      {(shown.flag === 'same-conflict' || shown.flag === 'near-conflict') && (
        <button type="button" onClick={onConfirm}>
          {t(shown.flag === 'near-conflict' ? 'both_right' : 'keep_in_place')}
        </button>
      )}
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
      <button type="button" class="quiet danger" onClick={onDelete}>
        {t('delete')}
      </button>
    </div>
  );
}
