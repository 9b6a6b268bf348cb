// A conflict of the image on show: the labels that speak for it, its near-duplicates under them, and the choice.
import './conflict-note.css';
import type { Conflict } from '../../../../contract/conflict';
import type { Label } from '../../../../contract/label';
import type { Sample } from '../../../../contract/sample';
import { nameList, t } from '../../../../edges/i18n';
import { otherLabels } from '../../../../pipeline/bucket/conflicts';
import { named } from '../../../../pipeline/bucket/label-name';
import { Icon } from '../../../parts/icon';
import { NearDuplicates } from './near-duplicates';
import { labelsOf } from './tile-notes';

interface Props {
  conflict: Conflict;
  /** The image on show, one of the conflict's. */
  sample: Sample;
  labels: Label[];
  onShow: (sha256: string) => void;
  onMove: (to: Label) => void;
  /** All of the conflict's images stand rightly where they stand. */
  onConfirm: () => void;
}

export function ConflictNote({ conflict, sample, labels, onShow, onMove, onConfirm }: Props) {
  const own = labels.find(label => label.id === sample.labelId);
  const others = labelsOf(otherLabels(conflict, sample), labels);
  if (!own || others.length === 0) return null;
  const same = conflict.kind === 'same';
  const names = nameList(others.map(({ name }) => name));
  return (
    <section class="note warn conflict" aria-label={t(`flag_${conflict.kind}-conflict`)}>
      <Icon name={`${conflict.kind}-conflict`} />
      <div class="stack">
        <p>{same ? t('found_also', named(own.name), names) : t('looks_like', names)}</p>
        {!same && <NearDuplicates conflict={conflict} sample={sample} labels={labels} onShow={onShow} />}
        <div class="row">
          <button type="button" {...(same && { title: own.name })} onClick={onConfirm}>
            <span class="one-line">{same ? t('keep_in', named(own.name)) : t('both_right')}</span>
          </button>
          {others.map(label => (
            <button key={label.id} type="button" title={label.name} onClick={() => onMove(label)}>
              <span class="one-line">{t('move_into', named(label.name))}</span>
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}
