// The card of dataset.zip: which labels, which splits, originals or scaled.
import './dataset-card.css';
import { signal } from '@preact/signals';
import { SPLITS, type Split } from '../../../contract/sample';
import { plural, t } from '../../../edges/i18n';
import { DATASET_DEFAULTS, SIDE_RANGE } from '../../../pipeline/export/dataset-options';
import { counts, labels, model, totalImages } from '../app/state';
import { Card } from '../transfer/card';
import { exporting } from '../transfer/transfer';
import { Choices } from './choices';
import { saveDataset } from './saving';

/** Labels left out, so that one collected later goes in by itself. */
const without = signal<ReadonlySet<string>>(new Set());
const splits = signal<ReadonlySet<Split>>(new Set(DATASET_DEFAULTS.splits));
const scaled = signal(false);
const side = signal(512);

function toggled<T>(set: ReadonlySet<T>, item: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

export function DatasetCard() {
  const all = labels.value ?? [];
  const chosen = all.filter(({ id }) => !without.value.has(id));
  const images = chosen.reduce((sum, { id }) => {
    const count = counts.value.get(id);
    return sum + SPLITS.reduce((n, split) => n + (splits.value.has(split) ? (count?.[split] ?? 0) : 0), 0);
  }, 0);
  const possible = images > 0;
  const save = () =>
    saveDataset({
      splits: SPLITS.filter(split => splits.value.has(split)),
      ...(chosen.length < all.length ? { labelIds: chosen.map(({ id }) => id) } : {}),
      ...(scaled.value ? { side: side.value } : {}),
    });
  return (
    <Card
      kind="dataset"
      facts={
        totalImages.value > 0
          ? `${plural('images', images)} · ${plural('labels_count', chosen.length)}`
          : t('nothing_to_export')
      }
      opens={[1, 2, 3].map(n => t(`export_dataset_opens_${n}`))}
      options={<Options />}
    >
      <button
        type="button"
        // One button is what most come for: the model once there is one, the images before.
        class={possible && !model.value ? 'primary' : ''}
        disabled={!possible || exporting.value !== undefined}
        onClick={() => void save()}
      >
        {t('save_dataset_zip')}
      </button>
    </Card>
  );
}

function Options() {
  return (
    <>
      <Choices name={t('export_splits')}>
        <div class="row wide-gap">
          {SPLITS.map(split => (
            <label key={split} class="check">
              <input
                type="checkbox"
                checked={splits.value.has(split)}
                onChange={() => (splits.value = toggled(splits.value, split))}
              />
              {t(`split_${split}`)}
            </label>
          ))}
        </div>
      </Choices>
      <Choices name={t('export_labels')}>
        <div class="option-list">
          {(labels.value ?? []).map(({ id, name }) => (
            <label key={id} class="check">
              <input
                type="checkbox"
                checked={!without.value.has(id)}
                onChange={() => (without.value = toggled(without.value, id))}
              />
              <bdi class="one-line" title={name}>
                {name}
              </bdi>
            </label>
          ))}
        </div>
      </Choices>
      <Choices name={t('export_sizes')}>
        <label class="check">
          <input type="radio" name="sizes" checked={!scaled.value} onChange={() => (scaled.value = false)} />
          {t('export_originals')}
        </label>
        <div class="row">
          <label class="check">
            <input type="radio" name="sizes" checked={scaled.value} onChange={() => (scaled.value = true)} />
            {t('export_scaled')}
          </label>
          <span class="with-unit">
            <input
              type="number"
              class="side"
              aria-label={t('export_side')}
              required
              min={SIDE_RANGE.least}
              max={SIDE_RANGE.most}
              // The signal itself: a card drawn anew while images come in leaves what is being typed alone.
              value={side}
              disabled={!scaled.value}
              onInput={event => {
                const { valueAsNumber, validity } = event.currentTarget;
                if (validity.valid) side.value = valueAsNumber;
              }}
              onChange={event => event.currentTarget.reportValidity()}
            />
            <span class="soft">{t('export_side_unit')}</span>
          </span>
        </div>
      </Choices>
    </>
  );
}
