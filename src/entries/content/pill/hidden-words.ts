// Words that people see and the page cannot come by. A page that searches its window for text finds it in closed roots, too,
// and in Firefox its events name the node under the pointer, whichever root that stands in.
import { element } from './element';

/**
 * Nothing of it takes the pointer or can be selected, whatever is set around it: Firefox would name it to the page as what
 * lies under the pointer (`rangeParent`).
 */
const STYLE = `
:host, * { pointer-events: none !important; user-select: none !important; }
span::before { content: attr(data-words); }`;
const shown = new WeakMap<HTMLElement, HTMLElement>();

/**
 * Sets what an element says, when it differs, so that live regions speak once. The words are drawn from an attribute in a
 * closed root of the element's own: no search finds them, no selection holds them, and whoever holds the element does not
 * see into it.
 */
export function say(doc: Document, target: HTMLElement, words: string): void {
  let place = shown.get(target);
  if (place === undefined) {
    place = element(doc, 'span');
    const root = target.attachShadow({ mode: 'closed' });
    const style = element(doc, 'style');
    style.textContent = STYLE;
    root.append(style, place);
    target.classList.add('words');
    shown.set(target, place);
  }
  if (place.getAttribute('data-words') !== words) place.setAttribute('data-words', words);
}
