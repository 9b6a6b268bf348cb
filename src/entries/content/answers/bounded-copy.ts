// Copies a page's tree into an inert document, within bounds: no scripts run there, no images load, no elements upgrade.
import { plain } from '../unclobbered';

/** A results page has a few thousand elements. */
const MAX_ELEMENTS = 30_000;
/** Characters of one text or attribute. A longer one is no part of a layout and is left out. */
const MAX_TEXT = 4_000_000;
/** Characters of all of them together. */
const MAX_TOTAL = 12_000_000;

/** The element and what is below it, level by level until the bounds are reached, without `own`. */
export function boundedCopy(root: Element, own: Element, into: Document, most = MAX_ELEMENTS): Element {
  const inert = plain(into);
  let elements = 0;
  let characters = 0;
  const fits = (length: number): boolean => {
    if (length > MAX_TEXT || characters + length > MAX_TOTAL) return false;
    characters += length;
    return true;
  };
  const withoutLongAttributes = (made: Element): Element => {
    const element = plain(made);
    for (const { name, value } of [...element.attributes]) if (!fits(value.length)) element.removeAttribute(name);
    return made;
  };
  const copy = withoutLongAttributes(inert.importNode(root, false));
  const waiting: [from: Element, to: Element][] = [[root, copy]];
  for (const [from, to] of waiting) {
    for (let child = plain(from).firstChild; child !== null; child = plain(child).nextSibling) {
      if (child === own) continue;
      if (child instanceof Element) {
        if (++elements > most) return copy;
        const made = withoutLongAttributes(inert.importNode(child, false));
        plain(to).append(made);
        waiting.push([child, made]);
      } else if (child instanceof Text) {
        if (fits(plain(child).length)) plain(to).append(plain(child).data);
      }
    }
  }
  return copy;
}
