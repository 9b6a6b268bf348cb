// Images of one's own: chosen by file or folder, or dropped on the label; they wait in the inbox until checked.
import './add-images.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { GleanerError } from '../../../contract/error';
import type { Label } from '../../../contract/label';
import { explain, number, plural, t } from '../../../edges/i18n';
import { isolate, named } from '../../../pipeline/bucket/label-name';
import { attempt } from '../../parts/complain';
import { FileButton } from '../../parts/file-button';
import { Icon } from '../../parts/icon';
import { say } from '../app/notices';
import { add, adding, stopAdding } from './adding';
import { type Dropped, filesOf } from './dropped-files';

/** The button; files by default, a whole folder from its second half. */
export function AddImages({ label }: { label: Label }) {
  const take = (chosen: File[]) => void attempt(() => add(label, chosen));
  return (
    <div class="row">
      <FileButton name={t('choose_images_for', isolate(label.name))} accept="image/*" multiple onFiles={take}>
        <Icon name="plus" size={16} />
        {t('add_images')}
      </FileButton>
      <FileButton class="quiet" name={t('choose_folder_for', isolate(label.name))} folder onFiles={take}>
        {t('add_folder')}
      </FileButton>
    </div>
  );
}

/** The area that takes dropped files and folders. */
export function DropFiles({ label, children }: { label: Label; children: ComponentChildren }) {
  const over = useSignal(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    over.value = false;
    // The list of dropped things is only readable during the event: it is taken before any await.
    const dropped = filesOf(event.dataTransfer);
    void attempt(() => addDropped(label, dropped));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the buttons are the first.
    <div
      class={over.value ? 'drop over' : 'drop'}
      onDragOver={event => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) over.value = false;
      }}
      onDrop={drop}
    >
      {children}
      {over.value && <p class="drop-words">{t('drop_here', named(label.name))}</p>}
    </div>
  );
}

/** Adds what was dropped. That there was more is said at once, and again at the end, where it stays until it is read. */
async function addDropped(label: Label, dropped: Promise<Dropped>): Promise<void> {
  const { files, more } = await dropped;
  const cut = new GleanerError('drop_cut', [number(files.length)]);
  if (more) say(explain(cut));
  await add(label, files);
  if (more) throw cut;
}

/** How far the files of a label are, with the way to stop; what is added by then stays. */
export function Adding({ label }: { label: Label }) {
  const running = adding.value?.labelId === label.id ? adding.value : undefined;
  if (!running) return null;
  const { done, total, stopping } = running;
  return (
    <div class="row downloading">
      <progress value={done} max={total} aria-label={t('adding_to', isolate(label.name))} />
      <span>{plural('adding', total, number(done))}</span>
      <button type="button" class="quiet" disabled={stopping} onClick={stopAdding}>
        {t('cancel')}
      </button>
    </div>
  );
}
