// "Save this page for a bug report": a copy that shows the page's layout and nothing of who looked at it, and runs nothing.
import { GleanerError } from '../../../contract/error';
import { boundedCopy } from '../answers/bounded-copy';
import { element } from '../pill/element';
import { plain } from '../unclobbered';
import { takeAccount } from './account';
import { INERT_NOTE, makeInert, readsInert } from './make-inert';
import { rebuilt } from './rebuild';
import { redact } from './redact';

/** Secrets of the page that stand where no pattern finds them. */
const DROPPED = 'meta[content][name*="token" i]';
const SCRIPT_LENGTH = 4_000_000;
const TOTAL_LENGTH = 16_000_000;
/** Of the address in the first line: a browser looks for the encoding in the first thousand bytes. */
const PLACE_LENGTH = 300;
/** Text that may hold an address, escaped in any of the ways engines do. */
const ADDRESS = /https?(?::|\\u003a|%3a|\\x3a)/i;

/** Saves the copy through the browser's own download. */
export function savePageCopy(doc: Document, own: Element): void {
  const file = new Blob([pageCopy(doc, own)], { type: 'text/html' });
  const address = URL.createObjectURL(file);
  element(doc, 'a', { href: address, download: `gleaner-${new URL(doc.URL).hostname}.html` }).click();
  // The download has its own hold on the blob once it began.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * The page as HTML: without our panel, scripts without addresses, account names, e-mail addresses and tokens.
 * Throws `page_not_inert` when a browser would read something in it that runs, loads or leads on.
 */
export function pageCopy(doc: Document, own: Element): string {
  const inert = doc.implementation.createHTMLDocument('');
  const copy = boundedCopy(doc.documentElement, own, inert);
  const names = takeAccount(copy);
  const root = rebuilt(copy, inert);
  for (const dropped of root.querySelectorAll(DROPPED)) dropped.remove();
  const hide = (text: string): string => redact(text, names);
  for (const found of [root, ...root.querySelectorAll('*')]) {
    const node = plain(found);
    if (node.localName === 'script') trimScript(node);
    if (node.localName === 'textarea') node.textContent = '';
    for (const { name, value } of [...node.attributes]) {
      if (name === 'value') node.removeAttribute(name);
      else node.setAttribute(name, hide(value));
    }
  }
  const texts = inert.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (text.nodeValue) text.nodeValue = hide(text.nodeValue);
  }
  // Last, so that nothing that is taken out takes the policy with it.
  makeInert(root, inert);
  const { hostname, pathname } = new URL(doc.URL);
  const place = `${hostname}${pathname.replaceAll('--', '')}`.slice(0, PLACE_LENGTH);
  const file = `<!doctype html>\n<!-- ${place}, saved for a bug report; ${INERT_NOTE} -->\n${root.outerHTML}`.slice(
    0,
    TOTAL_LENGTH,
  );
  if (!readsInert(file)) throw new GleanerError('page_not_inert');
  return file;
}

function trimScript(script: Element): void {
  const text = script.textContent ?? '';
  if (text.length > SCRIPT_LENGTH || !ADDRESS.test(text)) script.textContent = '';
}
