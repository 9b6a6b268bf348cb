// The inline scripts of a page as text, within bounds: a page may carry hundreds of megabytes of it.
import { beginning, select } from './dom';

/** Of one script, so much is read, in UTF-16 code units. The largest real results script measured is 0.6 million. */
const MAX_SCRIPT = 3_000_000;
/** Of all scripts of a page together. */
const MAX_TOTAL = 6_000_000;

export interface InlineScript {
  element: Element;
  text: string;
}

/** The page's inline scripts in document order, each cut at 3 million and together at 6 million characters. */
export function* inlineScripts(document: Document): Generator<InlineScript> {
  let left = MAX_TOTAL;
  for (const element of select(document, 'script:not([src])', 2000)) {
    if (left <= 0) return;
    const text = beginning(element, Math.min(MAX_SCRIPT, left));
    left -= text.length;
    if (text !== '') yield { element, text };
  }
}
