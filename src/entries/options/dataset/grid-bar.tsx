// Above the grid: which images are shown and in what order; on the right, what to do with the chosen ones.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { number, plural, t } from '../../../edges/i18n';
import { FILTERS, type Filter, SORTS, type Sort } from '../../../pipeline/bucket/arrange';

interface Props {
  filter: Filter;
  sort: Sort;
  chosen: number;
  /** Near-duplicates that "keep best one" would delete. */
  spare: Sample[];
  labels: Label[];
  onFilter: (filter: Filter) => void;
  onSort: (sort: Sort) => void;
  onMove: (label: Label) => void;
  onDelete: () => void;
  onOpen: () => void;
  onDeleteSpare: (samples: Sample[]) => void;
}

export function GridBar(props: Props) {
  const { chosen, labels, spare } = props;
  return (
    <div class="grid-bar" role="toolbar" aria-label={t('grid_bar')}>
      <div class="row">
        <select
          aria-label={t('filter')}
          value={props.filter}
          onChange={event => props.onFilter(event.currentTarget.value as Filter)}
        >
          {FILTERS.map(name => (
            <option key={name} value={name}>
              {t(`filter_${name}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('sort')}
          value={props.sort}
          disabled={props.filter === 'alike'}
          onChange={event => props.onSort(event.currentTarget.value as Sort)}
        >
          {SORTS.filter(name => name !== 'alike').map(name => (
            <option key={name} value={name}>
              {t(`sort_${name}`)}
            </option>
          ))}
        </select>
        {spare.length > 0 && (
          <button type="button" onClick={() => props.onDeleteSpare(spare)}>
            {plural('keep_best', spare.length)}
          </button>
        )}
      </div>
      {chosen > 0 ? (
        <div class="row">
          <span>{t('chosen', number(chosen))}</span>
          {chosen === 1 && (
            <button type="button" class="quiet" onClick={props.onOpen}>
              {t('open_image')}
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
              if (to) props.onMove(to);
            }}
          >
            <option value="">{t('move_to')}</option>
            {labels.map(label => (
              <option key={label.id} value={label.id}>
                {label.name}
              </option>
            ))}
          </select>
          <button type="button" class="quiet danger" onClick={props.onDelete}>
            {t('delete')}
          </button>
        </div>
      ) : (
        <ul class="legend small soft" aria-label={t('legend')}>
          <li class="train">{t('split_train')}</li>
          <li class="valid">{t('split_valid')}</li>
          <li class="test">{t('split_test')}</li>
        </ul>
      )}
    </div>
  );
}
