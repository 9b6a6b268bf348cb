// One label: its name and counts, what can be done with it, and the grid of its images.
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { arrange, type Filter, type Sort, spareOnes } from '../../../pipeline/bucket/arrange';
import { deleteSamples, moveSamples, redo, undo } from '../changes';
import { attempt, say } from '../notices';
import { counts, imagesOf } from '../state';
import { AddImages, DropFiles } from './add-images';
import { Failures } from './failures';
import { GridBar } from './grid-bar';
import { ImportList } from './import-list';
import { LabelActions } from './label-actions';
import { colourOf } from './label-list';
import { useLabelRows } from './label-rows';
import { SampleGrid } from './sample-grid';
import { keepShown, NOTHING, type Selection } from './selection';
import { ZoomDialog } from './zoom-dialog';

export function LabelView({ label, labels }: { label: Label; labels: Label[] }) {
  const rows = useLabelRows(label.id);
  const filter = useSignal<Filter>('all');
  const sort = useSignal<Sort>('newest');
  const selection = useSignal<Selection>(NOTHING);
  const zoomed = useSignal<string>();
  const count = counts.value.get(label.id);

  const shown = useMemo(() => arrange(rows ?? [], filter.value, sort.value), [rows, filter.value, sort.value]);
  const keys = useMemo(() => shown.map(sample => sample.sha256), [shown]);
  // Only when other tiles are shown, not on every key: with ten thousand tiles the difference can be felt.
  useMemo(() => {
    selection.value = keepShown(selection.value, keys);
  }, [keys]);

  const chosen = () => shown.filter(sample => selection.value.chosen.has(sample.sha256));
  /** What an action works on: the chosen tiles, else the one under the keyboard. */
  const targets = (): Sample[] => {
    const { chosen: picked, focus } = selection.value;
    return picked.size > 0 ? chosen() : shown.slice(focus, focus + 1);
  };

  const onKey = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'z') {
      if (event.shiftKey) redo();
      else undo();
    } else if (command && event.key.toLowerCase() === 'y') redo();
    else if (command || event.altKey) return;
    else if (event.key === 'Delete' || event.key === 'Backspace') void remove(targets());
    else if (/^[1-9]$/.test(event.key)) void move(targets(), labels[Number(event.key) - 1]);
    else return;
    event.preventDefault();
  };
  const remove = (samples: Sample[]) => (samples.length > 0 ? deleteSamples(samples) : undefined);
  const move = (samples: Sample[], to: Label | undefined) =>
    to && to.id !== label.id && samples.length > 0 ? moveSamples(samples, to) : undefined;

  return (
    <DropFiles label={label}>
      <section class="label-view" aria-label={label.name}>
        <header>
          <div class="row label-title">
            <span class="dot" style={{ '--dot': colourOf(label) }} />
            <h2 class="one-line" title={label.name}>
              <bdi>{label.name}</bdi>
            </h2>
            <span class="soft">
              {plural('images', imagesOf(count))}
              {count && ` · ${[count.train, count.valid, count.test].map(n => number(n)).join(' / ')}`}
            </span>
          </div>
          <LabelActions label={label} labels={labels} />
        </header>
        {count && count.queued > 0 && (
          <div class="row downloading">
            <span>{plural('to_download', count.queued)}</span>
            <button type="button" class="quiet" onClick={() => cancelDownloads(label)}>
              {t('cancel_downloads')}
            </button>
          </div>
        )}
        <Failures label={label} rejected={count?.rejected ?? {}} />
        {rows && rows.length === 0 ? (
          <div class="empty stack">
            <p class="soft">{t('empty_label', label.name)}</p>
            <div class="row">
              <AddImages label={label} primary />
              <ImportList label={label} />
            </div>
          </div>
        ) : (
          <>
            <GridBar
              filter={filter.value}
              sort={sort.value}
              chosen={selection.value.chosen.size}
              spare={filter.value === 'alike' ? spareOnes(rows ?? []) : []}
              labels={labels.filter(other => other.id !== label.id)}
              onFilter={value => (filter.value = value)}
              onSort={value => (sort.value = value)}
              onMove={to => move(chosen(), to)}
              onDelete={() => remove(chosen())}
              onOpen={() => (zoomed.value = chosen()[0]?.sha256)}
              onDeleteSpare={samples => remove(samples)}
            />
            {rows && shown.length === 0 && <p class="soft">{t('no_images_match')}</p>}
            <SampleGrid
              samples={shown}
              keys={keys}
              selection={selection.value}
              name={label.name}
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
            onShow={sha256 => (zoomed.value = sha256)}
            onDelete={sample => remove([sample])}
            onClose={() => (zoomed.value = undefined)}
          />
        )}
      </section>
    </DropFiles>
  );
}

function cancelDownloads(label: Label): Promise<void> {
  return attempt(async () => {
    const { cancelled } = await ask('cancelLabel', { labelId: label.id });
    say(plural('downloads_cancelled', cancelled));
  });
}
