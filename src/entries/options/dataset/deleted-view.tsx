// The deleted images as a place: looked at like a label's, brought back one by one or by label, or deleted for good.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { inFull, named } from '../../../pipeline/bucket/label-name';
import { undeleteLabel, undeleteSamples } from '../changes';
import { Confirm } from '../confirm';
import { EmptyBin } from '../empty-bin';
import { attempt, say } from '../notices';
import type { TileNote } from './conflicts/tile-notes';
import { DeletedBar } from './deleted-bar';
import { useDeletedRows } from './deleted-rows';
import { useEmptyPlace } from './empty-place';
import { onTheWay } from './on-the-way';
import { SampleGrid } from './sample-grid';
import { keepShown, NOTHING, type Selection, select } from './selection';
import { tilePainter } from './tile-pictures';
import { ZoomDialog } from './zoom-dialog';

const NO_FLAGS = new Map<string, never[]>();

export function DeletedView() {
  useLayoutEffect(() => void tilePainter(), []);
  const labelId = useSignal<string>();
  const { keys: found, labels, rows, read, refresh } = useDeletedRows(labelId.value);
  const keys = found ?? NONE;
  const selection = useSignal<Selection>(NOTHING);
  const zoomed = useSignal<string>();
  /** The images that wait for a yes before they go for good. */
  const leaving = useSignal<string[]>();
  const was = useRef(keys);
  useMemo(() => {
    selection.value = keepShown(selection.value, was.current, keys);
    was.current = keys;
  }, [keys]);
  const grid = useRef<HTMLDivElement>(null);
  // A label whose last deleted image has gone is no longer among the choices.
  useEffect(() => {
    if (labelId.value !== undefined && found?.length === 0) labelId.value = undefined;
  }, [found]);

  const notes = useMemo(() => {
    const byId = new Map(labels.map(({ label }) => [label.id, label]));
    const told = new Map<string, TileNote>();
    for (const row of rows.values()) {
      const label = byId.get(row.labelId);
      if (label)
        told.set(row.sha256, { labels: [label], words: t('deleted_from', inFull(row.deletedFrom ?? label.name)) });
    }
    return told;
  }, [rows, labels]);

  const nameOf = (row: Sample | undefined) => labels.find(({ label }) => label.id === row?.labelId)?.label.name;
  const targets = () => {
    const { chosen, focus } = selection.value;
    return chosen.size > 0 ? keys.filter(key => chosen.has(key)) : keys.slice(focus, focus + 1);
  };
  const restore = async (sha256s: string[]) => {
    grid.current?.focus();
    const images = sha256s.map(sha256 => ({ sha256 }));
    await onTheWay(images, async free => {
      await undeleteSamples(free.map(({ sha256 }) => sha256));
      await attempt(refresh);
    });
  };
  const removeForGood = (sha256s: string[]) =>
    attempt(async () => {
      leaving.value = undefined;
      const next = zoomed.value !== undefined && nextTo(zoomed.value, sha256s);
      const { removed } = await ask('deleteForGood', { sha256s });
      say(plural('deleted_for_good', removed));
      await refresh();
      if (next !== false) zoomed.value = next;
      grid.current?.focus();
    });
  /** The image shown in full once these have gone: the same, the one after it, or before it. */
  const nextTo = (shown: string, gone: string[]) => {
    const at = keys.indexOf(shown);
    const stays = (key: string) => !gone.includes(key);
    return keys.slice(at).find(stays) ?? keys.slice(0, Math.max(0, at)).findLast(stays);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    const sha256s = targets();
    if (sha256s.length > 0) leaving.value = sha256s;
  };
  const showInFull = (sha256: string | undefined) => {
    zoomed.value = sha256;
    const at = sha256 === undefined ? -1 : keys.indexOf(sha256);
    if (at >= 0) selection.value = select(selection.value, keys, at, selection.value.chosen.size > 1 ? 'go' : 'only');
  };
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
            labelId={labelId.value}
            chosen={selection.value.chosen.size}
            onShow={id => (labelId.value = id)}
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
            onKey={onKey}
          />
        </>
      )}
      {zoomed.value !== undefined && (
        <ZoomDialog
          samples={inSight}
          sha256={zoomed.value}
          onShow={showInFull}
          deletedFrom={nameOf(rows.get(zoomed.value))}
          onRestore={({ sha256 }) => void restore([sha256])}
          onDeleteForGood={({ sha256 }) => (leaving.value = [sha256])}
          onClose={() => (zoomed.value = undefined)}
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

const NONE: string[] = [];
