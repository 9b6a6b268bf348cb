// Images of one's own: chosen by file or folder, or dropped on the label; they wait in the inbox until checked.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Reason } from '../../../contract/job';
import type { Label } from '../../../contract/label';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { putIntoInbox } from '../../../edges/store/inbox';
import { Icon } from '../../parts/icon';
import { attempt, say } from '../notices';
import { filesOf } from './dropped-files';

/** Files handed over at a time: the checks of the first run while the next are stored. */
const BATCH = 50;

async function add(label: Label, files: File[]): Promise<void> {
  const pictures = files.filter(file => file.type.startsWith('image/') || file.type === '');
  if (pictures.length === 0) {
    say(t('no_pictures'));
    return;
  }
  let stored = 0;
  const rejected: Partial<Record<Reason, number>> = {};
  say(plural('adding', pictures.length));
  for (let at = 0; at < pictures.length; at += BATCH) {
    await putIntoInbox(label.id, pictures.slice(at, at + BATCH));
    const answer = await ask('takeInbox', { labelId: label.id });
    stored += answer.stored;
    for (const [reason, n] of Object.entries(answer.rejected) as [Reason, number][])
      rejected[reason] = (rejected[reason] ?? 0) + n;
  }
  const refused = (Object.entries(rejected) as [Reason, number][]).map(
    ([reason, n]) => `${n}: ${t(`reason_${reason}`)}`,
  );
  say([plural('added_own', stored, label.name), ...refused].join(' · '));
}

/** The button; files by default, a whole folder from its second half. */
export function AddImages({ label, primary = false }: { label: Label; primary?: boolean }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const chosen = [...(input.files ?? [])];
    input.value = '';
    if (chosen.length > 0) void attempt(() => add(label, chosen));
  };
  return (
    <div class="row">
      <button type="button" class={primary ? 'primary' : ''} onClick={() => files.current?.click()}>
        <Icon name="plus" size={16} />
        {t('add_images')}
      </button>
      <button type="button" class={primary ? '' : 'quiet'} onClick={() => folder.current?.click()}>
        {t('add_folder')}
      </button>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept="image/*"
        aria-label={t('choose_images_for', label.name)}
        onChange={take}
      />
      <input
        ref={folder}
        type="file"
        hidden
        {...{ webkitdirectory: true }}
        aria-label={t('choose_folder_for', label.name)}
        onChange={take}
      />
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
    const files = filesOf(event.dataTransfer);
    void attempt(async () => add(label, await files));
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
      {over.value && <p class="drop-words">{t('drop_here', label.name)}</p>}
    </div>
  );
}
