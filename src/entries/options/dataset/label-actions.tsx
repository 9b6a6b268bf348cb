// What can be done with a whole label: add one's own images, rename, merge into another, delete.
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
import { NameDialog } from './name-dialog';
import { exportList } from './url-lists';

/** A label with fewer images trains badly. */
const THIN = 20;

export function LabelActions({ label, labels }: { label: Label; labels: Label[] }) {
  const images = imagesOf(counts.value.get(label.id));
  const open = useSignal<'rename' | 'merge'>();
  const close = () => (open.value = undefined);
  const others = labels.filter(other => other.id !== label.id);
  const merge = async (into: Label) => {
    close();
    await mergeLabels(label, into);
    showLabel(into.id);
  };
  return (
    <div class="row">
      {images > 0 && images < THIN && <SearchButton name={label.name} />}
      <AddImages label={label} />
      <Menu name={t('more')}>
        <ImportList label={label} />
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
