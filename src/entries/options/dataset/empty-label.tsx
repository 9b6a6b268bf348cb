// In the place of the grid of a label without images: how they come in, and where those are that were deleted.
import type { Label } from '../../../contract/label';
import { plural, t } from '../../../edges/i18n';
import { deletedPerLabel } from '../../../edges/store/bin';
import { named } from '../../../pipeline/bucket/label-name';
import { SearchButton } from '../../parts/plan/search-button';
import { useRead } from '../app/read';
import { samplesVersion } from '../app/state';
import { AddImages } from './add-images';
import { showDeletedOf } from './deleted-rows';
import { stepAhead } from './first-run';
import { ImportList } from './import-list';

export function EmptyLabel({ label }: { label: Label }) {
  const { value: perLabel } = useRead([samplesVersion], deletedPerLabel);
  const deleted = perLabel?.find(one => one.label.id === label.id)?.images ?? 0;
  return (
    <div class="empty stack">
      {deleted > 0 ? (
        <p class="soft">{plural('emptied_label', deleted, named(label.name))}</p>
      ) : (
        // Not before it is known that there are none.
        <p class="soft">{perLabel && t('empty_label', named(label.name))}</p>
      )}
      <div class="row">
        {deleted > 0 && (
          <button type="button" onClick={() => showDeletedOf(label.id)}>
            {t('show_deleted')}
          </button>
        )}
        <SearchButton name={label.name} primary={!stepAhead.value} />
        <AddImages label={label} />
        <ImportList label={label} />
      </div>
    </div>
  );
}
