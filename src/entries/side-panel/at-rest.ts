// Whether the finds are at rest: while they are scrolled, or more of them come as the page is, what computes beside them waits,
// or frames of both would come late where there are two cores.
import { effect } from '@preact/signals';
import { delay } from '../../edges/delay';
import { finds } from './follow-tab';

/** Without a movement for so long they are at rest, in ms. */
const STILL_MS = 200;
/** Nobody waits longer, in ms: whoever never stops scrolling still gets something done. */
const LONGEST_MS = 1500;

let movedAt = -Infinity;

/** Until the signal aborts. */
export function watchMotion(aborted: AbortSignal): void {
  const moved = () => {
    movedAt = performance.now();
  };
  // Scrolls do not bubble.
  document.addEventListener('scroll', moved, { capture: true, passive: true, signal: aborted });
  const stop = effect(() => {
    if (finds.value.length > 0) moved();
  });
  aborted.addEventListener('abort', stop);
}

/** Resolves at once where nothing moves, else when that has come to an end or has gone on for long. */
export async function atRest(): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const now = performance.now();
    const left = Math.min(movedAt + STILL_MS, end) - now;
    if (left <= 0) return;
    await delay(left);
  }
}
