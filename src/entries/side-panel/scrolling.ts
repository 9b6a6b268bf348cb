// Whether the panel is being scrolled: what computes beside it waits then, or frames would come late where there are two cores.

/** Without a scroll for so long it stands still, in ms. */
const STILL_MS = 200;
/** Nobody waits longer, in ms: whoever never stops scrolling still gets something done. */
const LONGEST_MS = 600;

let scrolledAt = -Infinity;

/** Until the signal aborts. */
export function watchScrolling(aborted: AbortSignal): void {
  const scrolled = () => {
    scrolledAt = performance.now();
  };
  // Scrolls do not bubble.
  document.addEventListener('scroll', scrolled, { capture: true, passive: true, signal: aborted });
}

/** Resolves at once where nothing is scrolled, else when the scroll has come to an end or has gone on for long. */
export async function stoodStill(): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const now = performance.now();
    const left = Math.min(scrolledAt + STILL_MS, end) - now;
    if (left <= 0) return;
    await new Promise(resolve => setTimeout(resolve, left));
  }
}
