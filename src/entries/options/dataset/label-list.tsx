// The labels with their counts and how far their downloads are; the digit that moves images to each; a new one.
import './label-list.css';
import { signal } from '@preact/signals';
import type { Label, LabelCounts } from '../../../contract/label';
import { number, plural, t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { createLabel } from '../app/changes';
import { DELETED, showLabel } from '../app/route';
import { counts, deletedImages, imagesOf } from '../app/state';
import { NameDialog } from './name-dialog';

interface Props {
  labels: Label[];
  shownId: string | undefined;
  onShow: (label: Label) => void;
}

/** Whether the name of a new label is being asked for; the empty screen asks as well. */
export const naming = signal(false);

export function LabelList({ labels, shownId, onShow }: Props) {
  return (
    <section class="label-list card" aria-label={t('labels')}>
      <ul>
        {labels.map((label, index) => (
          <li key={label.id}>
            <button
              type="button"
              class="quiet label-row"
              aria-current={label.id === shownId ? 'true' : undefined}
              onClick={() => onShow(label)}
            >
              <span class="dot" style={{ '--dot': colourOf(label) }} />
              <bdi class="one-line" title={label.name}>
                {label.name}
              </bdi>
              {index < 9 && <kbd>{index + 1}</kbd>}
              <span class="number">{number(imagesOf(counts.value.get(label.id)))}</span>
              <Downloading count={counts.value.get(label.id)} />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="quiet new-label" onClick={() => (naming.value = true)}>
        <Icon name="plus" />
        {t('new_label')}
      </button>
      {(deletedImages.value > 0 || shownId === DELETED) && (
        <button
          type="button"
          class="quiet label-row deleted-place"
          aria-current={shownId === DELETED ? 'true' : undefined}
          onClick={() => showLabel(DELETED)}
        >
          <Icon name="deleted" />
          <span>{t('deleted_place')}</span>
          <span class="number">{number(deletedImages.value)}</span>
        </button>
      )}
    </section>
  );
}

export function NewLabelDialog({ labels, onShow }: Pick<Props, 'labels' | 'onShow'>) {
  const create = async (name: string) => {
    const label = await createLabel(name);
    if (label) onShow(label);
  };
  return (
    <NameDialog
      title={t('new_label')}
      action={t('create')}
      taken={labels}
      onName={create}
      onClose={() => (naming.value = false)}
    />
  );
}

/** The label's colour, the same in every chart. */
export function colourOf(label: { colour: number }): string {
  return `var(--label-${label.colour % 10})`;
}

function Downloading({ count }: { count: LabelCounts | undefined }) {
  if (!count || count.queued === 0) return null;
  const share = imagesOf(count) / (imagesOf(count) + count.queued);
  return (
    <span
      class="bar"
      role="img"
      aria-label={plural('to_download', count.queued)}
      title={plural('to_download', count.queued)}
    >
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
