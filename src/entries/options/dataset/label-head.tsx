// The head of a label: name, counts, actions; how far its downloads and additions are, what failed, what is in conflict.
import './label-head.css';
import type { Conflict } from '../../../contract/conflict';
import type { Label } from '../../../contract/label';
import { number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { isolate } from '../../../pipeline/bucket/label-name';
import { attempt } from '../../parts/complain';
import { say } from '../app/notices';
import { counts, imagesOf } from '../app/state';
import { Adding } from './add-images';
import { ConflictCounts } from './conflicts/conflict-counts';
import { Failures } from './failures';
import { LabelActions } from './label-actions';
import { colourOf } from './label-list';
import { PageWanted } from './page-wanted';

interface Props {
  label: Label;
  labels: Label[];
  /** Its images, of near-duplicates only one; undefined until they are read. */
  distinct: number | undefined;
  /** The ways in stand in the place of its images. */
  empty: boolean;
  /** How many images are in conflicts that are not on show. */
  conflicts: Record<Conflict['kind'], number>;
  onConflicts: (kind: Conflict['kind']) => void;
}

export function LabelHead({ label, labels, distinct, empty, conflicts, onConflicts }: Props) {
  const count = counts.value.get(label.id);
  const images = imagesOf(count);
  return (
    <>
      <header>
        <div class="row label-title">
          <span class="dot" style={{ '--dot': colourOf(label) }} />
          <h2 title={label.name}>
            <bdi class="one-line">{label.name}</bdi>
          </h2>
          <span
            class="soft"
            title={count && t('per_split', number(count.train), number(count.valid), number(count.test))}
          >
            {plural('images', images)}
            {count && ` · ${[count.train, count.valid, count.test].map(n => number(n)).join(' / ')}`}
          </span>
        </div>
        <LabelActions label={label} labels={labels} distinct={distinct} empty={empty} />
      </header>
      {count && count.queued > 0 && (
        <div class="row downloading">
          <progress value={images} max={images + count.queued} aria-label={t('downloads_of', isolate(label.name))} />
          <span>{plural('to_download', count.queued)}</span>
          <button type="button" class="quiet" onClick={() => cancelDownloads(label)}>
            {t('cancel_downloads')}
          </button>
        </div>
      )}
      <Adding label={label} />
      <ConflictCounts counts={conflicts} onShow={onConflicts} />
      <PageWanted refused={count?.rejected['page-wanted'] ?? 0} />
      <Failures label={label} rejected={count?.rejected ?? {}} />
    </>
  );
}

function cancelDownloads(label: Label): Promise<void> {
  return attempt(async () => {
    const { cancelled } = await ask('cancelLabel', { labelId: label.id });
    say(plural('downloads_cancelled', cancelled));
  });
}
