// Where an image to be tested comes from: dropped, pasted, chosen, or named by its address.
import './style/sources.css';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../edges/i18n';
import { requestImageSites } from '../../edges/permissions';
import { FileField } from './file-button';

interface Props {
  /** At least one image. */
  onFiles: (files: [File, ...File[]]) => void;
  /**
   * With access to image sites where it could be had by asking in the click; a dropped address comes without asking. Without
   * this there is no field for addresses.
   */
  onAddress?: (address: string) => void;
  onError: (error: unknown) => void;
  /** An image is likely to come. */
  onExpect?: () => void;
  /** Whether image sites may be read already. */
  access?: boolean | undefined;
  multiple?: boolean;
  /** Stands in the place of the field where a file chooser cannot be opened. */
  chooser?: ComponentChildren;
}

export function ImageSources({ onFiles, onAddress, onError, onExpect, access, multiple = false, chooser }: Props) {
  const address = useSignal('');
  const over = useSignal(false);
  const take = (transfer: DataTransfer | null, event: Event) => {
    const [first, ...others] = [...(transfer?.files ?? [])].filter(one => one.type.startsWith('image/'));
    const text = transfer?.getData('text/uri-list') || transfer?.getData('text/plain') || '';
    const named = text.split('\n').find(line => /^https?:\/\//.test(line.trim()));
    if (first) onFiles(multiple ? [first, ...others] : [first]);
    else if (named && onAddress && !(event.target instanceof HTMLInputElement)) onAddress(named.trim());
    else return;
    event.preventDefault();
  };
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => latest.current(event.clipboardData, event);
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    // Asked for first thing in the click where it is missing; browsers refuse after any await.
    const asked = access ? Promise.resolve(true) : requestImageSites();
    const wanted = address.value.trim();
    asked.then(granted => (granted ? onAddress?.(wanted) : undefined)).catch(onError);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the fields within are the first.
    <div
      class={over.value ? 'sources over' : 'sources'}
      onPointerEnter={onExpect}
      onFocusIn={onExpect}
      onDragEnter={onExpect}
      onDragOver={event => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={event => {
        over.value = false;
        take(event.dataTransfer, event);
      }}
    >
      <p class="small soft">{t('drop_or_paste')}</p>
      {chooser ?? (
        <FileField name={t('choose_image')} words="small" accept="image/*" multiple={multiple} onFiles={onFiles} />
      )}
      {onAddress && (
        <form class="address" onSubmit={submit}>
          <input
            type="url"
            required
            aria-label={t('image_address')}
            placeholder={t('image_address')}
            value={address.value}
            onInput={event => (address.value = event.currentTarget.value)}
          />
          <button type="submit">{t('test')}</button>
        </form>
      )}
    </div>
  );
}
