// The Dataset screen: labels on the left, the images of one label beside them; first steps while there is nothing.
import './dataset-panel.css';
import { useSignal } from '@preact/signals';
import { number, t } from '../../../edges/i18n';
import { DELETED, route, showLabel } from '../app/route';
import { access, deletedImages, labels, settings } from '../app/state';
import { useConflicts } from './conflicts/open-conflicts';
import { DeletedView } from './deleted-view';
import { FirstRun } from './first-run';
import { HarvestLog } from './harvest-log';
import { ImportList } from './import-list';
import { LabelList, NewLabelDialog, naming } from './label-list';
import { LabelView } from './label-view';

export function DatasetPanel() {
  const rows = labels.value ?? [];
  useConflicts();
  const logOpen = useSignal(false);
  const inDeleted = route.value.detail === DELETED;
  const shown = rows.find(label => label.id === route.value.detail) ?? rows[0];
  const firstRun = settings.value !== undefined && !settings.value.welcomed;
  return (
    <>
      <div class="screen-head">
        <h1>{t('nav_dataset')}</h1>
        <button type="button" onClick={() => (logOpen.value = true)}>
          {t('harvest_log')}
        </button>
      </div>
      {access.value !== undefined && (firstRun || rows.length === 0) && <FirstRun />}
      {shown || inDeleted ? (
        <div class="dataset-columns">
          <LabelList labels={rows} shownId={inDeleted ? DELETED : shown?.id} onShow={label => showLabel(label.id)} />
          {shown && !inDeleted ? <LabelView key={shown.id} label={shown} labels={rows} /> : <DeletedView />}
        </div>
      ) : (
        <div class="empty stack">
          <p class="soft">{t('empty_dataset')}</p>
          <div class="row">
            <button type="button" class={access.value === false ? '' : 'primary'} onClick={() => (naming.value = true)}>
              {t('new_label')}
            </button>
            <ImportList />
            {deletedImages.value > 0 && (
              <button type="button" onClick={() => showLabel(DELETED)}>
                {t('with_count', t('deleted_place'), number(deletedImages.value))}
              </button>
            )}
          </div>
        </div>
      )}
      {naming.value && <NewLabelDialog labels={rows} onShow={label => showLabel(label.id)} />}
      {logOpen.value && <HarvestLog labels={rows} onClose={() => (logOpen.value = false)} />}
    </>
  );
}
