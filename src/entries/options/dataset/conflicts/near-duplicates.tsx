// The near-duplicates of an image that stand under other labels, each with its label and size, and the way to it.
import './near-duplicates.css';
import type { Conflict } from '../../../../contract/conflict';
import type { Label } from '../../../../contract/label';
import type { Sample } from '../../../../contract/sample';
import { t } from '../../../../edges/i18n';
import { named } from '../../../../pipeline/bucket/label-name';
import { Thumb } from '../../image/thumb';
import { colourOf } from '../label-list';
import { labelsOf } from './tile-notes';

/** Shown at most; the grid shows them all. */
const MOST = 6;

interface Props {
  conflict: Conflict;
  sample: Sample;
  labels: Label[];
  onShow: (sha256: string) => void;
}

export function NearDuplicates({ conflict, sample, labels, onShow }: Props) {
  const others = conflict.samples.filter(member => member.labelId !== sample.labelId).slice(0, MOST);
  return (
    <ul class="near-duplicates">
      {others.map(other => {
        const [label] = labelsOf([other.labelId], labels);
        return (
          label && (
            <li key={other.sha256}>
              <button
                type="button"
                title={t('show_near_duplicate', named(label.name))}
                onClick={() => onShow(other.sha256)}
              >
                <Thumb sha256={other.sha256} />
                <span class="small near-duplicate-label">
                  <span class="dot" style={{ '--dot': colourOf(label) }} />
                  <bdi class="one-line">{label.name}</bdi>
                </span>
                <span class="small soft">{t('pixels', other.width, other.height)}</span>
              </button>
            </li>
          )
        );
      })}
    </ul>
  );
}
