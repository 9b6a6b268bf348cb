// How far what was collected from a page is, in plain words: how many are here, and what of the rest.
import type { HarvestProgress } from '../../../contract/harvest';
import { number, plural, t } from '../../../edges/i18n';
import { isolate, named } from '../../../pipeline/bucket/label-name';

export function Progress({ progress: { label, stored, queued, rejected, copies } }: { progress: HarvestProgress }) {
  const total = stored + queued + rejected;
  if (total === 0) return null;
  return (
    <div class="harvest-progress">
      <progress value={stored + rejected} max={total} aria-label={t('downloads_of', isolate(label))} />
      <p class="small">
        {[
          t('panel_here', number(stored), number(total), named(label)),
          ...(copies > 0 ? [plural('copies', copies)] : []),
          ...(rejected > copies ? [t('panel_failed', number(rejected - copies))] : []),
        ].join(' · ')}
      </p>
    </div>
  );
}
