// A button that opens a short list of actions, or a few words; closes on a choice, on Escape, and when the focus goes elsewhere.
import './menu.css';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface Props {
  name: string;
  /** Says what a name that is only a sign stands for. */
  title?: string;
  children: ComponentChildren;
}

export function Menu({ name, title, children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  return (
    <details
      ref={menu}
      class="menu"
      onClick={event => {
        if (event.target instanceof Element && event.target.closest('.menu-list button')) close();
      }}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        close();
        menu.current.querySelector('summary')?.focus();
      }}
      onFocusOut={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) close();
      }}
    >
      <summary class="button" aria-label={title} title={title}>
        {name}
      </summary>
      <div class="menu-list">{children}</div>
    </details>
  );
}
