// Copies a page's tree into an inert document, within bounds: no scripts run there, no pictures load, no elements upgrade.
import { plain } from './unclobbered';

/** A results page has a few thousand elements. */
const MAX_ELEMENTS = 30_000;
/** Characters of one text. A longer one is no text of a layout and is left out. */
const MAX_TEXT = 4_000_000;
/** Characters of all texts together. */
const MAX_TOTAL = 12_000_000;

/** The element and what is below it, level by level until the bounds are reached, without `own`. */
export function boundedCopy(root: Element, own: Element, into: Document, most = MAX_ELEMENTS): Element {
  const inert = plain(into);
  const copy = inert.importNode(root, false);
  const waiting: [from: Element, to: Element][] = [[root, copy]];
  let elements = 0;
  let characters = 0;
  for (const [from, to] of waiting) {
    for (let child = plain(from).firstChild; child !== null; child = plain(child).nextSibling) {
      if (child === own) continue;
      if (child instanceof Element) {
        if (++elements > most) return copy;
        const made = inert.importNode(child, false);
        plain(to).append(made);
        waiting.push([child, made]);
      } else if (child instanceof Text) {
        const { length } = plain(child);
        if (length > MAX_TEXT || characters + length > MAX_TOTAL) continue;
        characters += length;
        plain(to).append(plain(child).data);
      }
    }
  }
  return copy;
}
