// The deleted images as a place: looked at like a label's, brought back one by one or by label, or deleted for good.
import './deleted-view.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import { attempt } from '../../parts/complain';
import { undeleteLabel, undeleteSamples } from '../app/changes';
import { obey } from '../app/commands';
import { Confirm } from '../app/confirm';
import { EmptyBin } from '../app/empty-bin';
import { say } from '../app/notices';
import type { TileNote } from './conflicts/tile-notes';
import { DeletedBar } from './deleted-bar';
import { useDeletedRows, whose } from './deleted-rows';
import { DELETED_COMMANDS, DeletedZoom } from './deleted-zoom';
import { useEmptyPlace } from './empty-place';
import { useGridState } from './grid-state';
import { onTheWay } from './on-the-way';
import { SampleGrid } from './sample-grid';
import { nextOf } from './selection';

const NO_FLAGS = new Map<string, never[]>();
const NONE: string[] = [];

export function DeletedView() {
  const { keys: found, labels, rows, read, refresh } = useDeletedRows();
  const keys = found ?? NONE;
  const state = useGridState(keys);
  const { selection, zoomed, grid, targets } = state;
  /** The images that wait for a yes before they go for good. */
  const leaving = useSignal<readonly string[]>();
  useEffect(() => () => (whose.value = undefined), []);
  // A label whose last deleted image has gone is no longer among the choices.
  useEffect(() => {
    if (found?.length === 0) whose.value = undefined;
  }, [found]);

  const notes = useMemo(() => {
    const byId = new Map(labels.map(({ label }) => [label.id, label]));
    const told = new Map<string, TileNote>();
    for (const row of rows.values()) {
      const label = byId.get(row.labelId);
      if (label)
        told.set(row.sha256, { labels: [label], words: t('deleted_from', isolate(row.deletedFrom ?? label.name)) });
    }
    return told;
  }, [rows, labels]);

  const nameOf = (row: Sample | undefined) => labels.find(({ label }) => label.id === row?.labelId)?.label.name;
  const restore = async (sha256s: readonly string[]) => {
    grid.current?.focus();
    const images = sha256s.map(sha256 => ({ sha256 }));
    await onTheWay(images, async free => {
      await undeleteSamples(free.map(({ sha256 }) => sha256));
      await attempt(refresh);
    });
  };
  const removeForGood = (sha256s: readonly string[]) =>
    attempt(async () => {
      leaving.value = undefined;
      const shown = zoomed.value;
      const next = shown && nextOf(keys, shown, key => !sha256s.includes(key));
      const { removed } = await ask('deleteForGood', { sha256s: [...sha256s] });
      say(plural('deleted_for_good', removed));
      await refresh();
      if (shown !== undefined) zoomed.value = next;
      grid.current?.focus();
    });
  /** Asks before images go for good. */
  const here = (sha256s: () => readonly string[]) => ({
    targets: sha256s,
    ask: (gone: readonly string[]) => (leaving.value = gone),
  });
  const inSight = useMemo(
    () => keys.map(key => rows.get(key)).filter((row): row is Sample => row !== undefined),
    [keys, rows],
  );

  const place = useEmptyPlace<HTMLElement>(found?.length === 0);

  return (
    <section ref={place} tabIndex={-1} class="label-view" aria-label={t('deleted_place')}>
      <header>
        <div class="row label-title">
          <h2>{t('deleted_place')}</h2>
          {found && (
            <span class="soft">
              {plural(
                'images',
                labels.reduce((sum, { images }) => sum + images, 0),
              )}
            </span>
          )}
        </div>
        <EmptyBin onEmptied={refresh} />
      </header>
      <p class="soft">{t('deleted_hint')}</p>
      {labels
        .filter(({ gone }) => gone)
        .map(({ label, images }) => (
          <div key={label.id} class="row gone-label">
            <span>{plural('deleted_label_holds', images, named(label.name))}</span>
            <button type="button" onClick={() => void undeleteLabel(label).then(() => attempt(refresh))}>
              {t('restore_label')}
            </button>
          </div>
        ))}
      {found?.length === 0 ? (
        <div class="empty stack">
          <p class="soft">{t('nothing_deleted')}</p>
        </div>
      ) : (
        <>
          <DeletedBar
            labels={labels}
            labelId={whose.value}
            chosen={selection.value.chosen.size}
            onShow={id => (whose.value = id)}
            onRestore={() => void restore(targets())}
            onRemove={() => (leaving.value = targets())}
            onOpen={() => (zoomed.value = targets()[0])}
          />
          <SampleGrid
            samples={keys.map(key => rows.get(key))}
            keys={keys}
            flags={NO_FLAGS}
            notes={notes}
            selection={selection.value}
            name={t('deleted_images')}
            grid={grid}
            zoomed={zoomed.value}
            onDrawn={read}
            onSelect={value => (selection.value = value)}
            onOpen={index => (zoomed.value = keys[index])}
            onKey={event => obey(DELETED_COMMANDS, here(targets), event)}
          />
        </>
      )}
      {zoomed.value !== undefined && (
        <DeletedZoom
          sha256={zoomed.value}
          samples={inSight}
          deletedFrom={nameOf(rows.get(zoomed.value))}
          state={state}
          onRestore={sha256 => void restore([sha256])}
          onDeleteForGood={sha256 => (leaving.value = [sha256])}
        />
      )}
      {leaving.value && (
        <Confirm
          title={plural('delete_for_good_title', leaving.value.length)}
          action={t('delete_for_good')}
          danger
          onYes={() => void removeForGood(leaving.value ?? [])}
          onClose={() => (leaving.value = undefined)}
        >
          <p>{plural('delete_for_good_warning', leaving.value.length)}</p>
        </Confirm>
      )}
    </section>
  );
}
