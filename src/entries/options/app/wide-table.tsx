// A table that may be wider than its place: it scrolls sideways, by keyboard too, and carries its name.
import type { ComponentChildren } from 'preact';

export function WideTable({
  name,
  class: look,
  children,
}: {
  name: string;
  class: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="scroll-x" tabIndex={0} aria-label={name}>
      <table class={look}>
        <caption class="unseen">{name}</caption>
        {children}
      </table>
    </section>
  );
}
