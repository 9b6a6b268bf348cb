// Words made to fit a drawing: measured as they will be drawn, and cut where they are longer than their room.
import { isolate, letters } from '../../../pipeline/bucket/label-name';

/** What drawings write with: Observable Plot's own, so that a saved one looks the same elsewhere. */
const FAMILY = 'system-ui, sans-serif';

export interface Fitted {
  words: string;
  /** CSS pixels. */
  width: number;
}

/**
 * The names as far as each fits into `room`, kept apart from what runs the other way.
 * @param room  CSS pixels
 * @param em  size of the letters, CSS pixels
 */
export function fitted(names: readonly string[], room: number, em: number): Fitted[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context) context.font = `${em}px ${FAMILY}`;
  // Without a canvas no letter is taken for wider than it is high.
  const widthOf = (words: string) => context?.measureText(words).width ?? words.length * em;
  return names.map(name => {
    let words = isolate(name);
    let width = widthOf(words);
    const all = width > room ? [...letters.segment(name)].map(({ segment }) => segment) : [];
    // By halves: a name may have hundreds of letters.
    let [fits, beyond] = [0, all.length];
    while (beyond - fits > 1) {
      const middle = (fits + beyond) >> 1;
      if (widthOf(shortened(all, middle)) <= room) fits = middle;
      else beyond = middle;
    }
    if (all.length > 0) {
      words = shortened(all, fits);
      width = widthOf(words);
    }
    return { words, width };
  });
}

function shortened(segments: string[], count: number): string {
  return isolate(`${segments.slice(0, count).join('').trimEnd()}…`);
}
