// One label: its name and counts, what can be done with it, and the grid of its images.
import { signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { t } from '../../../edges/i18n';
import { arrange, type Sort, spareOnes } from '../../../pipeline/bucket/arrange';
import { flagged } from '../../../pipeline/bucket/flags';
import { inFull, named } from '../../../pipeline/bucket/label-name';
import { deleteSamples, moveSamples, resolveConflicts } from '../changes';
import { compareThese } from '../report/compared';
import { model } from '../state';
import { AddImages, DropFiles } from './add-images';
import { conflictsOf, conflictsWith, imagesIn, NO_CONFLICTS } from './conflicts/open-conflicts';
import { nearNotes, sameNotes } from './conflicts/tile-notes';
import { useEmptyPlace } from './empty-place';
import { stepAhead } from './first-run';
import { GridBar, type Shown } from './grid-bar';
import { ImportList } from './import-list';
import { LabelHead } from './label-head';
import { useLabelRows } from './label-rows';
import { onTheWay } from './on-the-way';
import { SampleGrid } from './sample-grid';
import { keepShown, NOTHING, type Selection, select } from './selection';
import { tilePainter } from './tile-pictures';
import { ZoomDialog } from './zoom-dialog';

const EVERYTHING: Shown = { split: 'all', flag: 'any' };
/** The order stays from label to label; what is left out does not, or a label would look empty. */
const sort = signal<Sort>('newest');

/** What is said where the filter finds nothing; of other filters one sentence says enough. */
const NOTHING_SHOWN: Partial<Record<Shown['flag'], 'none_conflict_same' | 'none_conflict_near'>> = {
  'same-conflict': 'none_conflict_same',
  'near-conflict': 'none_conflict_near',
};

export function LabelView({ label, labels }: { label: Label; labels: Label[] }) {
  useLayoutEffect(() => void tilePainter(), []);
  const rows = useLabelRows(label.id);
  const filter = useSignal<Shown>(EVERYTHING);
  const selection = useSignal<Selection>(NOTHING);
  const zoomed = useSignal<string>();
  const conflicts = conflictsOf.value.get(label.id) ?? NO_CONFLICTS;
  const { split, flag } = filter.value;
  const inConflict = flag === 'same-conflict' ? conflicts.same : flag === 'near-conflict' ? conflicts.near : undefined;

  const same = useMemo(() => imagesIn(conflicts.same), [conflicts]);
  const near = useMemo(() => imagesIn(conflicts.near), [conflicts]);
  const flags = useMemo(() => flagged(rows?.samples ?? [], near), [rows, near]);
  const shown = useMemo(() => {
    if (flag === 'same-conflict') return arrange(same, flags, { split, flag: 'any' }, sort.value);
    if (flag === 'near-conflict') return arrange(near, flags, { split, flag }, sort.value);
    // The newest are read first; in any other order they would jump when the rest arrives.
    if (!rows?.complete && (filter.value !== EVERYTHING || sort.value !== 'newest')) return [];
    return arrange(rows?.samples ?? [], flags, { split, flag }, sort.value);
  }, [rows, flags, flag === 'same-conflict' && same, filter.value, sort.value]);
  const notes = useMemo(
    () =>
      flag === 'same-conflict'
        ? sameNotes(conflicts.same, labels)
        : nearNotes(conflicts.near, labels, flag === 'near-conflict'),
    [flag, conflicts, labels],
  );
  const keys = useMemo(() => shown.map(sample => sample.sha256), [shown]);
  // Only when other tiles are shown, not on every key: with ten thousand tiles the difference can be felt.
  const was = useRef(keys);
  useMemo(() => {
    selection.value = keepShown(selection.value, was.current, keys);
    was.current = keys;
  }, [keys]);
  const grid = useRef<HTMLDivElement>(null);

  const chosen = () => shown.filter(sample => selection.value.chosen.has(sample.sha256));
  /** What an action works on: the chosen tiles, else the one under the keyboard. */
  const targets = (): Sample[] => {
    const { chosen: picked, focus } = selection.value;
    return picked.size > 0 ? chosen() : shown.slice(focus, focus + 1);
  };
  const remove = (samples: Sample[]) => onTheWay(samples, deleteSamples);
  const move = (samples: Sample[], to: Label | undefined) =>
    to && samples.some(sample => sample.labelId !== to.id)
      ? onTheWay(samples, free => moveSamples(free, to))
      : undefined;
  /** Keys that mean the same on the grid and over an image in full; whether it was one. */
  const command = (event: KeyboardEvent, samples: () => Sample[]): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return false;
    // A key held down is one command: the tile that takes the place of the first was not meant.
    if (!event.repeat) void move(samples(), labels[Number(event.key) - 1]);
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') void (event.repeat || remove(targets()));
    else if (!command(event, targets)) return;
    event.preventDefault();
  };

  /** The button that was pressed goes with the choice it was for; the keys go on where they were. */
  const onChosen = (action: (samples: Sample[]) => unknown) => {
    grid.current?.focus();
    void action(chosen());
  };
  const showInFull = (sha256: string | undefined) => {
    zoomed.value = sha256;
    const at = sha256 === undefined ? -1 : keys.indexOf(sha256);
    // What was looked at last is what the keys are on afterwards, unless several were chosen.
    if (at >= 0) selection.value = select(selection.value, keys, at, selection.value.chosen.size > 1 ? 'go' : 'only');
  };

  const empty = rows?.complete === true && rows.samples.length === 0 && !inConflict;
  const place = useEmptyPlace<HTMLElement>(empty);

  return (
    <DropFiles label={label}>
      <section ref={place} tabIndex={-1} class="label-view" aria-label={label.name}>
        <LabelHead
          label={label}
          labels={labels}
          conflicts={{
            same: flag === 'same-conflict' ? 0 : same.length,
            near: flag === 'near-conflict' ? 0 : near.filter(sample => sample.labelId === label.id).length,
          }}
          onConflicts={kind => (filter.value = { split: 'all', flag: `${kind}-conflict` })}
        />
        {empty ? (
          <div class="empty stack">
            <p class="soft">{t('empty_label', named(label.name))}</p>
            <div class="row">
              <AddImages label={label} primary={!stepAhead.value} />
              <ImportList label={label} />
            </div>
          </div>
        ) : (
          <>
            <GridBar
              shown={filter.value}
              sort={sort.value}
              flags={flags}
              sameConflicts={same.length}
              chosen={selection.value.chosen.size}
              spare={flag === 'near-duplicate' ? spareOnes(rows?.samples ?? [], flags) : []}
              labels={inConflict ? labels : labels.filter(other => other.id !== label.id)}
              onShow={value => (filter.value = value.split === 'all' && value.flag === 'any' ? EVERYTHING : value)}
              onSort={value => (sort.value = value)}
              onMove={to => onChosen(samples => move(samples, to))}
              onConfirm={() => onChosen(samples => resolveConflicts(conflictsWith(inConflict ?? [], samples)))}
              onDelete={() => onChosen(remove)}
              onOpen={() => (zoomed.value = chosen()[0]?.sha256)}
              onCompare={model.value && (() => compareThese(chosen().map(({ sha256 }) => sha256)))}
              onDeleteSpare={samples => onChosen(() => remove(samples))}
            />
            {rows?.complete && shown.length === 0 && (
              <div class="empty stack">
                <p class="soft">{t(NOTHING_SHOWN[flag] ?? 'no_images_match')}</p>
                <button type="button" onClick={() => (filter.value = EVERYTHING)}>
                  {t('show_all')}
                </button>
              </div>
            )}
            <SampleGrid
              samples={shown}
              keys={keys}
              flags={flags}
              notes={notes}
              selection={selection.value}
              name={t('images_of', inFull(label.name))}
              grid={grid}
              zoomed={zoomed.value}
              onSelect={value => (selection.value = value)}
              onOpen={index => (zoomed.value = keys[index])}
              onKey={onKey}
            />
          </>
        )}
        {zoomed.value !== undefined && (
          <ZoomDialog
            samples={shown}
            sha256={zoomed.value}
            flags={flags}
            labels={labels}
            conflicts={[...conflicts.same, ...conflicts.near]}
            byGroup={flag === 'near-conflict'}
            onShow={showInFull}
            onShowNear={sha256 => {
              filter.value = { split: 'all', flag: 'near-conflict' };
              zoomed.value = sha256;
            }}
            onConfirm={conflict => resolveConflicts([conflict])}
            onMove={move}
            onDelete={sample => remove([sample])}
            onKey={command}
            onClose={() => (zoomed.value = undefined)}
          />
        )}
      </section>
    </DropFiles>
  );
}
