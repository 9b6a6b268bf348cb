// One image in full with where it came from; arrows lead to its neighbours, Delete and digits act and show the next.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Conflict } from '../../../contract/conflict';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { blobOf } from '../../../edges/store/samples';
import type { Flag } from '../../../pipeline/bucket/flags';
import { Icon } from '../../parts/icon';
import { useObjectUrl } from '../../parts/object-url';
import { Dialog } from '../dialog';
import { complain } from '../notices';
import { model } from '../state';
import { ConflictNote } from './conflicts/conflict-note';
import { conflictsWith } from './conflicts/open-conflicts';
import { LookedAt } from './looked-at';
import { Provenance } from './provenance';

interface Props {
  samples: Sample[];
  sha256: string;
  flags?: ReadonlyMap<string, readonly Flag[]>;
  labels?: Label[];
  conflicts?: readonly Conflict[];
  /** Whether near-duplicates are shown side by side, which leave together. */
  byGroup?: boolean;
  onShow: (sha256: string | undefined) => void;
  /** A near-duplicate under another label need not be among the samples. */
  onShowNear?: (sha256: string) => void;
  onConfirm?: (conflict: Conflict) => void;
  onMove?: (samples: Sample[], to: Label) => void;
  onDelete?: (sample: Sample) => void;
  /** Of deleted images: the way back. */
  onRestore?: (sample: Sample) => void;
  /** Of deleted images: asks whether it shall go for good, and shows the next once it has gone. */
  onDeleteForGood?: (sample: Sample) => void;
  /** Of a deleted image: the name of the label it was deleted from. */
  deletedFrom?: string | undefined;
  /** Whether a key was a command on this image, such as a digit that moves it. */
  onKey?: (event: KeyboardEvent, samples: () => Sample[]) => boolean;
  onClose: () => void;
}

export function ZoomDialog(props: Props) {
  const { samples, sha256, onShow, onDelete, onClose } = props;
  const index = samples.findIndex(sample => sample.sha256 === sha256);
  const sample = samples[index];
  const blob = useSignal<{ sha256: string; blob?: Blob }>();
  useEffect(() => {
    let current = true;
    blobOf(sha256).then(found => {
      if (current) blob.value = found ? { sha256, blob: found } : { sha256 };
    }, complain);
    return () => {
      current = false;
    };
  }, [sha256]);
  const read = blob.value?.sha256 === sha256 ? blob.value : undefined;
  const url = useObjectUrl(read?.blob);

  const go = (by: number) => {
    const next = samples[index + by];
    if (next) onShow(next.sha256);
  };
  const stays = (other: Sample) => !props.byGroup || other.group !== sample?.group;
  const leave = () => onShow((samples.slice(index + 1).find(stays) ?? samples.slice(0, index).findLast(stays))?.sha256);
  const remove = () => {
    if (!sample || !onDelete) return;
    leave();
    onDelete(sample);
  };
  /** Whether the key is the digit of another label than the image's own. */
  const movesAway = ({ key }: KeyboardEvent) => {
    const to = /^[1-9]$/.test(key) ? props.labels?.[Number(key) - 1] : undefined;
    return to !== undefined && to.id !== sample?.labelId;
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'Delete') {
      // A key held down is one command, not one for each image that comes next.
      if (event.repeat) return;
      remove();
      if (sample) props.onDeleteForGood?.(sample);
    } else if (!props.onKey?.(event, () => (sample ? [sample] : []))) return;
    else if (movesAway(event) && !event.repeat) leave();
    event.preventDefault();
  };

  return (
    <Dialog title={sample?.candidate.title || t('image')} wide onClose={onClose} onKeyDown={keyDown}>
      {sample ? (
        <div class="zoom">
          <div class="zoom-picture">
            {url && <img src={url} alt={sample.candidate.title ?? ''} />}
            {read && !read.blob && <p class="soft">{t('image_lost')}</p>}
            {samples.length > 1 && (
              <>
                <button
                  type="button"
                  class="previous"
                  aria-label={t('previous_image')}
                  disabled={index <= 0}
                  onClick={() => go(-1)}
                >
                  <Icon name="previous" />
                </button>
                <button
                  type="button"
                  class="next"
                  aria-label={t('next_image')}
                  disabled={index >= samples.length - 1}
                  onClick={() => go(1)}
                >
                  <Icon name="next" />
                </button>
              </>
            )}
          </div>
          <div class="stack">
            {conflictsWith(props.conflicts ?? [], [sample]).map(conflict => (
              <ConflictNote
                key={conflict.kind}
                conflict={conflict}
                sample={sample}
                labels={props.labels ?? []}
                onShow={other => props.onShowNear?.(other)}
                onMove={to => {
                  if (conflict.kind === 'near') leave();
                  props.onMove?.([sample], to);
                }}
                onConfirm={() => {
                  if (conflict.kind === 'near' && props.byGroup) leave();
                  props.onConfirm?.(conflict);
                }}
              />
            ))}
            <Provenance sample={sample} flags={props.flags?.get(sha256) ?? []} deletedFrom={props.deletedFrom} />
            {model.value && read?.blob && <LookedAt key={sha256} sha256={sha256} picture={read.blob} />}
            {props.onRestore && (
              <div>
                <button
                  type="button"
                  onClick={() => {
                    leave();
                    props.onRestore?.(sample);
                  }}
                >
                  {t('restore_deleted')}
                </button>
              </div>
            )}
            {props.onDeleteForGood && (
              <div>
                <button type="button" class="danger" onClick={() => props.onDeleteForGood?.(sample)}>
                  {t('delete_for_good')}
                </button>
              </div>
            )}
            {onDelete && (
              <div>
                <button type="button" class="danger" onClick={remove}>
                  {t('delete_image')}
                </button>
              </div>
            )}
          </div>
        </div>
      ) : (
        <p class="soft">{t('image_gone')}</p>
      )}
    </Dialog>
  );
}
