// One label: its name and counts, what can be done with it, and the grid of its images.
import './label-view.css';
import type { Label } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { isolate } from '../../../pipeline/bucket/label-name';
import { obey } from '../app/commands';
import { DropFiles } from './add-images';
import { ChosenActions } from './chosen-actions';
import { IMAGE_COMMANDS } from './commands';
import { EmptyLabel } from './empty-label';
import { useEmptyPlace } from './empty-place';
import { GridBar, Legend } from './grid-bar';
import { GridFilters } from './grid-filters';
import { useGridState } from './grid-state';
import { move, remove } from './image-actions';
import { LabelHead } from './label-head';
import { EVERYTHING, type Shown, useLabelImages } from './label-images';
import { LabelZoom } from './label-zoom';
import { SampleGrid } from './sample-grid';
import { SpareOnes } from './spare-ones';

/** What is said where the filter finds nothing; of other filters one sentence says enough. */
const NOTHING_SHOWN: Partial<Record<Shown['flag'], 'none_conflict_same' | 'none_conflict_near'>> = {
  'same-conflict': 'none_conflict_same',
  'near-conflict': 'none_conflict_near',
};

export function LabelView({ label, labels }: { label: Label; labels: Label[] }) {
  const images = useLabelImages(label, labels);
  const { filter, samples, keys, same, near } = images;
  const state = useGridState(keys);
  const { selection, zoomed, grid } = state;
  const { flag } = filter.value;
  const targets = () => {
    const wanted = new Set(state.targets());
    return samples.filter(({ sha256 }) => wanted.has(sha256));
  };
  const place = useEmptyPlace<HTMLElement>(images.empty);
  return (
    <DropFiles label={label}>
      <section ref={place} tabIndex={-1} class="label-view" aria-label={label.name}>
        <LabelHead
          label={label}
          labels={labels}
          distinct={images.distinct}
          empty={images.empty}
          conflicts={{
            same: flag === 'same-conflict' ? 0 : same.length,
            near: flag === 'near-conflict' ? 0 : near.filter(sample => sample.labelId === label.id).length,
          }}
          onConflicts={kind => (filter.value = { split: 'all', flag: `${kind}-conflict` })}
        />
        {images.empty ? (
          <EmptyLabel label={label} />
        ) : (
          <>
            <GridBar filters={<GridFilters images={images} />}>
              {selection.value.chosen.size > 0 ? (
                <ChosenActions label={label} labels={labels} images={images} state={state} targets={targets} />
              ) : images.spare.length > 0 ? (
                <SpareOnes samples={images.spare} grid={grid} />
              ) : images.inConflict && samples.length > 0 ? (
                <div class="row second">
                  <span class="soft">{t('choose_to_settle')}</span>
                </div>
              ) : (
                <Legend />
              )}
            </GridBar>
            {images.complete && samples.length === 0 && (
              <div class="empty stack">
                <p class="soft">{t(NOTHING_SHOWN[flag] ?? 'no_images_match')}</p>
                <button type="button" onClick={() => (filter.value = EVERYTHING)}>
                  {t('show_all')}
                </button>
              </div>
            )}
            <SampleGrid
              samples={samples}
              keys={keys}
              flags={images.flags}
              notes={images.notes}
              selection={selection.value}
              name={t('images_of', isolate(label.name))}
              grid={grid}
              zoomed={zoomed.value}
              onSelect={value => (selection.value = value)}
              onOpen={index => (zoomed.value = keys[index])}
              onKey={event => obey(IMAGE_COMMANDS, { labels, targets, move, remove }, event)}
            />
          </>
        )}
        {zoomed.value !== undefined && (
          <LabelZoom sha256={zoomed.value} labels={labels} images={images} state={state} />
        )}
      </section>
    </DropFiles>
  );
}
