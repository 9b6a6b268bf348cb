// "Save this page for a bug report": a copy that shows the page's layout and nothing of who looked at it, and runs nothing.
import { boundedCopy } from '../answers/bounded-copy';
import { element } from '../panel/element';
import { countBelow, plain } from '../unclobbered';
import { INERT_NOTE, makeInert } from './make-inert';
import { namesIn, redact } from './redact';

/** Secrets of the page that stand where no pattern finds them. */
const DROPPED = 'meta[content][name*="token" i]';
/** Where pages show who is signed in. */
const ACCOUNT =
  '[aria-label*="account" i], [aria-label*="@"], [title*="@"], [href*="://accounts." i], [href*="://myaccount." i], [href*="logout" i], [href*="signout" i], [data-email], [data-user-name], [class*="username" i]';
/** A part of the page larger than this is no account button, whatever it is called. */
const ACCOUNT_ELEMENTS = 60;
const SCRIPT_LENGTH = 4_000_000;
const TOTAL_LENGTH = 16_000_000;
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

/** The page as HTML: without our panel, scripts without addresses, account names, e-mail addresses and tokens. */
export function pageCopy(doc: Document, own: Element): string {
  const inert = doc.implementation.createHTMLDocument('');
  const root = boundedCopy(doc.documentElement, own, inert);
  const names = new Set<string>();
  for (const box of root.querySelectorAll(ACCOUNT)) {
    for (const name of namesIn(box)) names.add(name);
    if (countBelow(box) <= ACCOUNT_ELEMENTS) plain(box).remove();
  }
  for (const dropped of root.querySelectorAll(DROPPED)) dropped.remove();
  const hide = (text: string): string => redact(text, names);
  for (const found of root.querySelectorAll('*')) {
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
  const html = makeInert(root, inert);
  const { hostname, pathname } = new URL(doc.URL);
  return `<!doctype html>\n<!-- ${hostname}${pathname.replaceAll('--', '')}, saved for a bug report; ${INERT_NOTE} -->\n${html.outerHTML}`.slice(
    0,
    TOTAL_LENGTH,
  );
}

function trimScript(script: Element): void {
  const text = script.textContent ?? '';
  if (text.length > SCRIPT_LENGTH || !ADDRESS.test(text)) script.textContent = '';
}
