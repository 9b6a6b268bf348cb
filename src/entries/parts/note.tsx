// A note in the page: something to know, to mind or to mend, with an image and words, never colour alone.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';

const ICONS: Record<'info' | 'warn' | 'bad' | 'good', IconName> = {
  info: 'info',
  warn: 'warning',
  bad: 'warning',
  good: 'check',
};

export function Note({ kind, children }: { kind: keyof typeof ICONS; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`}>
      <Icon name={ICONS[kind]} />
      <div>{children}</div>
    </div>
  );
}
