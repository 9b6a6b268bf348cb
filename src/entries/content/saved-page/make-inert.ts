// Makes a copied page inert: whoever opens the saved file sees text and addresses, and nothing of it runs, loads or leads on.
import { element } from '../panel/element';
import { plain } from '../unclobbered';

/** Nothing is allowed but to be shown. Stands first, because a policy counts for what comes after it. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'";
/** What runs, loads, leads on or is read by rules of its own when the file is opened. */
const ACTIVE =
  'base, meta[http-equiv], link, style, iframe, frame, frameset, object, embed, applet, portal, fencedframe, video, audio, noscript, template, canvas, animate, animateMotion, animateTransform, set, handler, xmp, plaintext, noembed, noframes';
/** Attributes that a browser fetches, sends or runs; their values are what a bug report is about, so they keep a name. */
const LOADING =
  /^(?:src|srcset|data|poster|background|action|formaction|ping|manifest|longdesc|codebase|classid|archive|lowsrc|dynsrc|attributionsrc|imagesrcset|xlink:href|xml:base|type)$/i;
const SAVED = 'data-saved-';
/** Anything else could fall apart into other attributes when the file is read. */
const NAME = /^[a-z_][\w:.-]*$/i;

/** What the file says of itself to whoever makes a fixture of it. */
export const INERT_NOTE = `addresses that a page loads stand as ${SAVED}src and so on, scripts as text`;

/** Changes the tree below this <html> and gives it back; another root is put into one. */
export function makeInert(root: Element, into: Document): Element {
  const html = root.localName === 'html' ? root : element(into, 'html', {}, element(into, 'body', {}, root));
  for (const active of html.querySelectorAll(ACTIVE)) active.remove();
  for (const node of [html, ...html.querySelectorAll('*')]) disarm(plain(node));
  const head = [...plain(html).children].find(({ localName }) => localName === 'head') ?? element(into, 'head');
  const policy = element(into, 'meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY });
  // Else the hosts of all links would be asked for by name.
  const prefetch = element(into, 'meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'off' });
  plain(head).prepend(policy, prefetch);
  plain(html).prepend(head);
  return html;
}

function disarm(node: Element): void {
  const isLink = node.localName === 'a' || node.localName === 'area';
  for (const { name, value } of [...node.attributes]) {
    const leads = name === 'href' && isLink && isWeb(value);
    if (leads) continue;
    if (/^on|^(?:style|srcdoc|nonce|integrity)$/i.test(name) || !NAME.test(name)) node.removeAttribute(name);
    else if (name === 'href' || LOADING.test(name) || /url\s*\(/i.test(value)) {
      node.removeAttribute(name);
      // A link that would run something is no address.
      if (!isLink || name !== 'href') node.setAttribute(SAVED + name.replace(':', '-'), value);
    }
  }
  if (node.localName !== 'script') return;
  node.setAttribute('type', 'text/plain');
  // Within a script, nothing is escaped by the browser that writes it out.
  node.textContent = (node.textContent ?? '').replace(/<(?=\/?script|!--)/gi, '\\u003c');
}

/** Whether it leads to another page or within this one. */
function isWeb(address: string): boolean {
  const base = 'https://page.invalid/';
  return URL.canParse(address, base) && /^(?:https?|mailto):$/.test(new URL(address, base).protocol);
}
