// Whether something the page has raised above everything lies over a point, though the pointer goes through it.

/** Elements that are looked at; of a page with more nothing is believed. */
const MOST = 200_000;
const RAISED = ':popover-open, :modal, :fullscreen';

/**
 * For browsers that do not say whether an element is seen. What takes the pointer is found by the pointer; this finds what
 * lets it through: in the top layer, at the point, and not among the elements that can be hit there.
 */
export function isCovered(doc: Document, own: Element, x: number, y: number): boolean {
  const window = doc.defaultView;
  if (window === null) return true;
  const hit = new Set(doc.elementsFromPoint(x, y));
  const covers = (part: Element): boolean =>
    !hit.has(part) &&
    window.getComputedStyle(part).pointerEvents === 'none' &&
    [...native(part, 'getClientRects')].some(box => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  let left = MOST;
  for (const element of everyElement(doc.documentElement)) {
    if (--left < 0) return true;
    if (element === own || !native(element, 'matches', RAISED)) continue;
    if (covers(element)) return true;
    for (const part of everyElement(element)) if (--left < 0 || covers(part)) return true;
  }
  return false;
}

/** Every element below, those in shadow roots included: Firefox shows extensions the closed ones. */
function* everyElement(below: Element | ShadowRoot): Generator<Element> {
  const found = below instanceof Element ? native(below, 'querySelectorAll', '*') : below.querySelectorAll('*');
  for (const element of found) {
    yield element;
    const root = Reflect.get(Element.prototype, 'openOrClosedShadowRoot', element) as ShadowRoot | null | undefined;
    if (root) yield* everyElement(root);
  }
}

/** Calls the built-in method, whatever elements of a form are named. */
function native<K extends 'matches' | 'querySelectorAll' | 'getClientRects'>(
  element: Element,
  name: K,
  ...words: Parameters<Element[K]>
): ReturnType<Element[K]> {
  return Reflect.apply(Element.prototype[name] as (...words: unknown[]) => unknown, element, words) as ReturnType<
    Element[K]
  >;
}
