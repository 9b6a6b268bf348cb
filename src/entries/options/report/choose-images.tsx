// Chooses which images are compared: label by label, as many as a matrix can hold.
import './choose-images.css';
import { useSignal } from '@preact/signals';
import type { Model } from '../../../contract/report';
import { number, t } from '../../../edges/i18n';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import { Icon } from '../../parts/icon';
import { Confirm } from '../app/confirm';
import { MOST_COMPARED } from '../image/compared';
import { Thumb } from '../image/thumb';

interface Props {
  model: Model;
  chosen: string[];
  onChoose: (sha256s: string[]) => void;
  onClose: () => void;
}

/** Images of a label shown at a time. */
const PAGE = 60;

export function ChooseImages({ model, chosen, onChoose, onClose }: Props) {
  const picked = useSignal(chosen);
  const label = useSignal(0);
  const limit = useSignal(PAGE);
  const { labels } = model.report;
  const all = model.verdicts.filter(({ truth }) => truth === label.value);
  const full = picked.value.length >= MOST_COMPARED;
  const toggle = (sha256: string) => {
    const without = picked.value.filter(other => other !== sha256);
    picked.value = without.length < picked.value.length ? without : [...without, sha256];
  };
  const compare = () => {
    // In the order of their labels, so that a label's images stand together in the matrix.
    const truth = new Map(model.verdicts.map(verdict => [verdict.sha256, verdict.truth]));
    onChoose([...picked.value].sort((a, b) => (truth.get(a) ?? 0) - (truth.get(b) ?? 0)));
    onClose();
  };
  return (
    <Confirm
      title={t('choose_pictures')}
      wide
      action={t('compare')}
      disabled={picked.value.length < 2}
      beside={
        all.length > limit.value && (
          <button type="button" onClick={() => (limit.value += PAGE)}>
            {t('show_more')}
          </button>
        )
      }
      onYes={compare}
      onClose={onClose}
    >
      <div class="row">
        <select
          aria-label={t('label')}
          value={label.value}
          onChange={event => {
            label.value = Number(event.currentTarget.value);
            limit.value = PAGE;
          }}
        >
          {labels.map((name, k) => (
            <option key={name} value={k} title={name}>
              {named(name)}
            </option>
          ))}
        </select>
        <span class="soft" role="status">
          {t('chosen_of', number(picked.value.length), number(MOST_COMPARED))}
        </span>
        <button type="button" class="quiet" disabled={picked.value.length === 0} onClick={() => (picked.value = [])}>
          {t('choose_none')}
        </button>
      </div>
      <ul class="choose">
        {all.slice(0, limit.value).map(({ sha256 }, index) => {
          const pressed = picked.value.includes(sha256);
          return (
            <li key={sha256}>
              <button
                type="button"
                class="quiet"
                aria-pressed={pressed}
                aria-label={t('nth_of', index + 1, isolate(labels[label.value] ?? ''))}
                disabled={full && !pressed}
                onClick={() => toggle(sha256)}
              >
                <Thumb sha256={sha256} />
                {pressed && (
                  <span class="tick">
                    <Icon name="check" size={14} />
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </Confirm>
  );
}
