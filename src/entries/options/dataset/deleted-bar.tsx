// Above the deleted images: whose they were, and what to do with the chosen ones.
import { number, t } from '../../../edges/i18n';
import type { BinLabel } from '../../../edges/store/bin';
import { named } from '../../../pipeline/bucket/label-name';
import { GridBar } from './grid-bar';

interface Props {
  labels: readonly BinLabel[];
  labelId: string | undefined;
  chosen: number;
  onShow: (labelId: string | undefined) => void;
  onRestore: () => void;
  onRemove: () => void;
  onOpen: () => void;
}

export function DeletedBar({ labels, labelId, chosen, onShow, onRestore, onRemove, onOpen }: Props) {
  return (
    <GridBar
      short
      filters={
        <>
          <select
            class="flag-filter"
            aria-label={t('deleted_whose')}
            value={labelId ?? ''}
            onChange={event => onShow(event.currentTarget.value || undefined)}
          >
            <option value="">{t('all_labels')}</option>
            {labels
              .filter(({ images }) => images > 0)
              .map(({ label, images }) => (
                <option key={label.id} value={label.id} title={label.name}>
                  {t('with_count', named(label.name, 30), number(images))}
                </option>
              ))}
          </select>
          {chosen > 0 && <span>{t('chosen', number(chosen))}</span>}
          {chosen === 1 && (
            <button type="button" class="quiet" onClick={onOpen}>
              {t('open_image')}
            </button>
          )}
        </>
      }
    >
      <div class="row second chosen-actions">
        {chosen === 0 ? (
          <span class="soft">{t('choose_to_restore')}</span>
        ) : (
          <>
            <button type="button" onClick={onRestore}>
              {t('restore_deleted')}
            </button>
            <button type="button" class="quiet danger" onClick={onRemove}>
              {t('delete_for_good')}
            </button>
          </>
        )}
      </div>
    </GridBar>
  );
}
