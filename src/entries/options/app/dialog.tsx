// A modal dialog: the browser's own, so that focus, Escape and the backdrop work as people expect.
import './dialog.css';
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { Notices } from './notices';

interface Props {
  title: string;
  wide?: boolean;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}

/** The open dialogs, topmost last: what is said in passing is said there, because nothing behind it can be reached. */
export const openDialogs = signal<readonly object[]>([]);

export function Dialog({ title, wide = false, onClose, onKeyDown, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the page is painted: an open dialog that is not shown yet would let keys through to the page behind it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      // The browser gives the focus back when a dialog closes, but not when it is taken away open.
      queueMicrotask(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
      });
    };
  }, []);
  const [self] = useState({});
  useLayoutEffect(() => {
    openDialogs.value = [...openDialogs.peek(), self];
    return () => {
      openDialogs.value = openDialogs.peek().filter(other => other !== self);
    };
  }, []);
  const keys = useRef(onKeyDown);
  keys.current = onKeyDown;
  useEffect(() => {
    // A button that went with what it did leaves the focus nowhere; the keys are the topmost dialog's all the same.
    const adrift = (event: KeyboardEvent) => {
      const top = [...document.querySelectorAll('dialog[open]')].at(-1);
      if (event.target === document.body && top === dialog.current) keys.current?.(event);
    };
    document.addEventListener('keydown', adrift);
    return () => document.removeEventListener('keydown', adrift);
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-label={title}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={event => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="dialog-body">
        <header>
          <h2 title={title}>
            <bdi class="one-line">{title}</bdi>
          </h2>
          <button type="button" class="quiet" aria-label={t('close')} onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
      {openDialogs.value.at(-1) === self && <Notices />}
    </dialog>
  );
}
