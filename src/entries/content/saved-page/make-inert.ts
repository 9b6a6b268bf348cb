// Makes a rebuilt page inert: whoever opens the saved file sees text and addresses, and nothing of it runs, loads or leads on.
import { element } from '../pill/element';
import { plain } from '../unclobbered';
import { fateOf, SAVED, writtenName } from './kinds';

const HTML = 'http://www.w3.org/1999/xhtml';
/** Nothing is allowed but to be shown. Stands first, because a policy counts for what comes after it. */
const OWN: Record<string, string>[] = [
  { 'http-equiv': 'Content-Security-Policy', content: "default-src 'none'; base-uri 'none'; form-action 'none'" },
  // Bytes that are harmless in one encoding are quotes and brackets in another.
  { charset: 'utf-8' },
  // Else the hosts of all links would be asked for by name.
  { 'http-equiv': 'x-dns-prefetch-control', content: 'off' },
];

/** What the file says of itself to whoever makes a fixture of it. */
export const INERT_NOTE = `addresses that a page loads stand as ${SAVED}src and so on, scripts as text, what is no HTML as saved-…`;

/** Changes the tree below this <html>, whose first child is its head. */
export function makeInert(html: Element, into: Document): void {
  for (const node of [html, ...html.querySelectorAll('*')]) disarm(plain(node));
  const metas = OWN.map(attributes => element(into, 'meta', attributes));
  html.querySelector('head')?.prepend(...metas);
}

function disarm(node: Element): void {
  for (const { name, value } of [...node.attributes]) {
    const fate = fateOf(node.localName, name, value);
    if (fate === 'stays') continue;
    node.removeAttribute(name);
    if (fate === 'renamed') node.setAttribute(SAVED + name.replace(':', '-'), value);
  }
  if (node.localName !== 'script') return;
  node.setAttribute('type', 'text/plain');
  // Within a script, nothing is escaped by the browser that writes it out.
  node.textContent = (node.textContent ?? '').replace(/<(?=\/?script|!--)/gi, '\\u003c');
}

/** Whether the file, as a browser reads it, begins with the policy and holds nothing but what is shown. */
export function readsInert(file: string): boolean {
  const read = new DOMParser().parseFromString(file, 'text/html');
  const { documentElement: html } = read;
  const [head, body] = html.children;
  if (head?.localName !== 'head' || body?.localName !== 'body' || html.children.length !== 2) return false;
  const own = new Set<Element>([...head.children].slice(0, OWN.length));
  const expected = OWN.map(attributes => element(read, 'meta', attributes));
  if (![...own].every((meta, n) => meta.isEqualNode(expected[n] ?? null)) || own.size < OWN.length) return false;
  for (const node of [html, ...html.querySelectorAll('*')]) if (!own.has(node) && !isShown(node)) return false;
  return true;
}

function isShown(found: Element): boolean {
  const node = plain(found);
  const { localName } = node;
  const isFrame = localName === 'html' || localName === 'head' || localName === 'body';
  if (node.namespaceURI !== HTML || (!isFrame && writtenName(localName) !== localName)) return false;
  const isScript = localName === 'script';
  if (isScript && node.getAttribute('type') !== 'text/plain') return false;
  return [...node.attributes].every(
    ({ name, value }) => (isScript && name === 'type') || fateOf(localName, name, value) === 'stays',
  );
}
