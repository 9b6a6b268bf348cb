// Makes a copied page anew from HTML elements alone. What is written is not what is read: prefixes, namespaces and the
// case of names are lost in a file, and an element that was nothing in the page would be a script in the copy.
import { element } from '../pill/element';
import { plain } from '../unclobbered';
import { REOPENED, standIn, TEXT_ONLY, writtenName } from './kinds';

/** Elements that are reopened within each other. More of them would fill a reader's memory, times all blocks. */
const MOST_REOPENED = 10;

/** A page of its own with a head and a body, both of them whatever the root is and holds. */
export function rebuilt(root: Element, into: Document): Element {
  const [head, body] = [element(into, 'head'), element(into, 'body')];
  const html = element(into, 'html', {}, head, body);
  if (nameOf(root) === 'html') {
    takeAttributes(root, html);
    for (const child of plain(root).childNodes) {
      const name = child instanceof Element ? nameOf(child) : '';
      if (name !== 'head' && name !== 'body') fill(body, [child], into);
      else {
        const to = name === 'head' ? head : body;
        takeAttributes(child as Element, to);
        fill(to, plain(child).childNodes, into);
      }
    }
  } else fill(body, [root], into);
  return html;
}

/** Level by level, since a page may be deeper than calls can be. */
function fill(top: Element, nodes: Iterable<Node>, into: Document): void {
  const waiting: [nodes: Iterable<Node>, to: Element, reopened: number][] = [[nodes, top, 0]];
  for (const [nodes, to, above] of waiting) {
    for (const node of nodes) {
      if (node instanceof Text) plain(to).append(plain(node).data);
      if (!(node instanceof Element)) continue;
      let name = writtenName(plain(node).localName);
      if (name === undefined) continue;
      const reopened = above + Number(REOPENED.has(name));
      if (reopened > MOST_REOPENED && REOPENED.has(name)) name = standIn(name);
      const made = plain(into).createElement(name);
      takeAttributes(node, made);
      plain(to).append(made);
      if (TEXT_ONLY.has(name)) made.textContent = plain(node).textContent;
      else waiting.push([plain(node).childNodes, made, reopened]);
    }
  }
}

const nameOf = (node: Element): string => plain(node).localName.toLowerCase();

/** Of two that are one in a file, the first counts, as it does for whoever reads it. */
function takeAttributes(from: Element, to: Element): void {
  for (const { name, value } of plain(from).attributes) {
    const written = name.toLowerCase();
    if (/^[a-z_][\w:.-]*$/.test(written) && !to.hasAttribute(written)) to.setAttribute(written, value);
  }
}
