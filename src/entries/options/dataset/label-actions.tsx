// What can be done with a whole label: search for more, add one's own images, rename, merge into another, delete.
import './label-actions.css';
import { useSignal } from '@preact/signals';
import type { Label } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { SearchButton } from '../../parts/plan/search-button';
import { deleteLabel, mergeLabels, renameLabel } from '../app/changes';
import { Dialog } from '../app/dialog';
import { Menu } from '../app/menu';
import { showLabel } from '../app/route';
import { counts, imagesOf } from '../app/state';
import { AddImages } from './add-images';
import { ImportList } from './import-list';
import { colourOf } from './label-list';
import { MoreSearches } from './more-searches';
import { NameDialog } from './name-dialog';
import { exportList } from './url-lists';

/** A label with fewer different images trains badly. */
const THIN = 20;

interface Props {
  label: Label;
  labels: Label[];
  /** Its images, of near-duplicates only one; undefined until they are read. */
  distinct: number | undefined;
  /** The ways in stand in the place of its images. */
  empty: boolean;
}

export function LabelActions({ label, labels, distinct, empty }: Props) {
  const images = imagesOf(counts.value.get(label.id));
  const thin = images > 0 && Math.min(images, distinct ?? images) < THIN;
  const open = useSignal<'rename' | 'merge' | 'searches'>();
  const close = () => (open.value = undefined);
  const others = labels.filter(other => other.id !== label.id);
  const merge = async (into: Label) => {
    close();
    await mergeLabels(label, into);
    showLabel(into.id);
  };
  return (
    <div class="row">
      {thin && <SearchButton name={label.name} />}
      {thin && (
        <button type="button" class="quiet" onClick={() => (open.value = 'searches')}>
          {t('more_searches')}
        </button>
      )}
      {!empty && <AddImages label={label} />}
      <Menu name={t('more')}>
        {!empty && <ImportList label={label} />}
        {!thin && (
          <button type="button" class="quiet" onClick={() => (open.value = 'searches')}>
            {t('more_searches')}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => exportList(label)}>
          {t('export_list')}
        </button>
        <button type="button" class="quiet" onClick={() => (open.value = 'rename')}>
          {t('rename')}
        </button>
        <button type="button" class="quiet" disabled={others.length === 0} onClick={() => (open.value = 'merge')}>
          {t('merge')}
        </button>
        <button type="button" class="quiet danger" onClick={() => deleteLabel(label)}>
          {t('delete_label')}
        </button>
      </Menu>
      {open.value === 'searches' && <MoreSearches label={label} onClose={close} />}
      {open.value === 'rename' && (
        <NameDialog
          title={t('rename')}
          action={t('rename')}
          name={label.name}
          taken={labels}
          onName={name => renameLabel(label, name)}
          onClose={close}
        />
      )}
      {open.value === 'merge' && (
        <Dialog title={t('merge_title', named(label.name))} onClose={close}>
          <p class="soft">{t('merge_hint')}</p>
          <ul class="choices">
            {others.map(other => (
              <li key={other.id}>
                <button type="button" class="quiet" onClick={() => merge(other)}>
                  <span class="dot" style={{ '--dot': colourOf(other) }} />
                  <bdi class="one-line" title={other.name}>
                    {other.name}
                  </bdi>
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </div>
  );
}
