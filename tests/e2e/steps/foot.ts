// Whether what is pressed at the foot of the side panel keeps its place while lines above it come and go.
import type { Page } from 'puppeteer-core';

interface Watch {
  /** Where each button stood, in pixels from the foot's lower edge and from its side, by its words without their numbers. */
  places: Map<string, Set<string>>;
  /** Heights of what is told above them. */
  heights: Set<number>;
  stop: boolean;
}

/** Looks at every frame from now on; the result says which buttons stood in more than one place, and how often the lines changed. */
export async function watchFoot(
  panel: Page,
): Promise<() => Promise<{ moved: string[]; seen: number; changes: number }>> {
  await panel.evaluate(() => {
    const watch: Watch = { places: new Map(), heights: new Set(), stop: false };
    Object.assign(globalThis, { watchedFoot: watch });
    const look = () => {
      if (watch.stop) return;
      requestAnimationFrame(look);
      watch.heights.add(Math.round(document.querySelector('.run-notes')?.getBoundingClientRect().height ?? 0));
      for (const button of document.querySelectorAll('.panel-foot button')) {
        const { top, left, right } = button.getBoundingClientRect();
        const name = (button.textContent ?? '').replace(/\d+/g, 'n');
        // The undo stands at the right, whose number changes its width.
        const side = button.classList.contains('last') ? right : left;
        const all = watch.places.get(name) ?? new Set();
        watch.places.set(name, all.add(`${Math.round(side)},${Math.round(top)}`));
      }
    };
    look();
  });
  return () =>
    panel.evaluate(() => {
      const watch = (globalThis as unknown as { watchedFoot: Watch }).watchedFoot;
      watch.stop = true;
      const moved = [...watch.places].flatMap(([name, all]) => (all.size > 1 ? `${name}: ${[...all].join(' ')}` : []));
      return { moved, seen: watch.places.size, changes: watch.heights.size - 1 };
    });
}
