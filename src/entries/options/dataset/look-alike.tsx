// Pictures that look like the one on show and stand under other labels: which, how they look, and the choice.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { nameList, t } from '../../../edges/i18n';
import { named } from '../../../pipeline/bucket/label-name';
import { Icon } from '../../parts/icon';
import { Thumb } from '../image/thumb';
import { colourOf } from './label-list';
import { labelsOf, othersOf } from './tile-notes';

/** Shown at most; the grid shows them all. */
const MOST = 6;

interface Props {
  sample: Sample;
  /** All of its group. */
  group: readonly Sample[];
  labels: Label[];
  onShow: (sha256: string) => void;
  onMove: (to: Label) => void;
  onRight: () => void;
}

export function LookAlike({ sample, group, labels, onShow, onMove, onRight }: Props) {
  const others = group.filter(member => member.labelId !== sample.labelId).slice(0, MOST);
  const under = labelsOf(othersOf(group, sample), labels);
  return (
    <section class="note warn contest" aria-label={t('flag_across')}>
      <Icon name="across" />
      <div class="stack">
        <p>{t('looks_like', nameList(under.map(({ name }) => name)))}</p>
        <ul class="look-alikes">
          {others.map(other => {
            const [label] = labelsOf([other.labelId], labels);
            return (
              label && (
                <li key={other.sha256}>
                  <button
                    type="button"
                    title={t('show_look_alike', named(label.name))}
                    onClick={() => onShow(other.sha256)}
                  >
                    <Thumb sha256={other.sha256} />
                    <span class="small look-alike-label">
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
        <div class="row">
          <button type="button" onClick={onRight}>
            {t('both_right')}
          </button>
          {under.map(label => (
            <button key={label.id} type="button" title={label.name} onClick={() => onMove(label)}>
              <span class="one-line">{t('move_into', named(label.name))}</span>
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}
