// A Google page that fights back: a policy that forbids nearly everything, elements named like members of the document,
// built-ins that throw, and a script that forges whatever the extension listens to. It notes what it was disturbed by.
import type { ServerResponse } from 'node:http';
import type { Listed } from '../../../harness/web/demo-web';

const NONCE = 'bm9uY2U';
const POLICY = [
  "default-src 'none'",
  `script-src 'nonce-${NONCE}'`,
  // The tab's icon alone; otherwise the browser's own wish for one would count as a violation.
  'img-src data:',
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
/** Members of documents, forms and elements that named elements take the place of. */
const NAMES =
  'body documentElement querySelectorAll querySelector createElement images scripts implementation head forms';

/** What the page saw of us. */
export interface Notes {
  violations: string[];
  errors: string[];
  /** Keys its shortcuts heard. */
  keys: string[];
  /** What was reachable that must not be, and how. */
  reached: string[];
  /** Constructors of the page that were called. */
  constructed: string[];
}

export function serveStrictPage(results: Listed[], response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY });
  response.end(`<!doctype html><html><head><meta charset="utf-8"><title>strict</title><link rel="icon" href="data:,"><script nonce="${NONCE}">${NOTES}</script></head><body>
${NAMES.split(' ')
  .map(
    name => `<img name="${name}" id="${name}" alt="" hidden><form name="${name}"><input name="parentElement"></form>`,
  )
  .join('')}
${results.map(tile).join('')}
<script nonce="${NONCE}">window.data=[${results.map(record).join()}];</script><script nonce="${NONCE}">${TRAPS}</script></body></html>`);
}

function tile({ id, sourcePage }: Listed): string {
  return `<form><input name="getAttribute"><div data-docid="${id}" data-lpage="${sourcePage}"><b>tile</b></div></form>`;
}

function record({ id, address, width, height }: Listed): string {
  return `"${id}",["https://encrypted-tbn0.gstatic.com/images?q=tbn:${id}",90,90],["${address}",${height},${width}]`;
}

/** Notes everything of a page that ever gets hold of a node in a shadow root: what is built in, redefined, and events. */
export const PRYING = `
const rootOf = Node.prototype.getRootNode, apply = Reflect.apply, held = window.held = new Set();
const inside = (how, thing) => {
  if (!(thing instanceof Node) || !(apply(rootOf, thing, []) instanceof ShadowRoot)) return;
  held.add(thing);
  if (!notes.reached.includes(how)) notes.reached.push(how);
};
for (const type of 'click dblclick mousedown mouseup mousemove mouseover pointerdown pointerup pointermove pointerover keydown keyup keypress beforeinput input change paste focusin focusout focus blur select selectstart contextmenu toggle beforetoggle submit transitionrun animationstart'.split(' '))
  addEventListener(type, event => {
    for (const name of ['target', 'originalTarget', 'explicitOriginalTarget', 'rangeParent', 'relatedTarget', 'submitter', 'source']) inside(type + '.' + name, event[name]);
    for (const node of event.composedPath()) inside(type + '.path', node);
  }, true);
for (const kind of [EventTarget, Node, Element, HTMLElement, HTMLInputElement, HTMLButtonElement, HTMLStyleElement, DocumentFragment, ShadowRoot, Document, CharacterData, CSSStyleSheet, CSSStyleDeclaration, DOMTokenList, Event, UIEvent, MouseEvent, KeyboardEvent, CustomEvent])
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(kind.prototype))) {
    if (name === 'constructor' || !member.configurable) continue;
    for (const part of ['get', 'set', 'value']) {
      const own = member[part];
      if (typeof own !== 'function') continue;
      member[part] = function (...words) {
        for (const thing of [this, ...words]) inside(kind.name + '.' + name, thing);
        return apply(own, this, words);
      };
    }
    Object.defineProperty(kind.prototype, name, member);
  }
for (const name of ['CSSStyleSheet', 'MutationObserver', 'IntersectionObserver', 'ResizeObserver'])
  window[name] = new Proxy(window[name], { construct(kind, words) { notes.constructed.push(name); return Reflect.construct(kind, words); } });
/** Searches the page for the words, and whatever it holds of the root: everything below, above and beside. */
window.pry = words => {
  if (find(words)) notes.reached.push('search');
  const { anchorNode } = getSelection();
  inside('selection', anchorNode);
  for (let x = 4; x < innerWidth; x += 8) for (let y = 4; y < innerHeight; y += 8) {
    inside('caret', document.caretPositionFromPoint?.(x, y)?.offsetNode);
    inside('caret', document.caretRangeFromPoint?.(x, y)?.startContainer);
  }
  const roots = new Set([...held].map(node => apply(rootOf, node, [])));
  for (const root of roots) {
    const texts = [root.textContent, ...[...root.querySelectorAll('*')].flatMap(node => [...node.attributes].map(one => one.value).concat(node.value ?? '', getComputedStyle(node, '::before').content))];
    if (texts.some(text => text.includes(words))) notes.reached.push('words');
  }
  getSelection().removeAllRanges();
};`;

const NOTES = `
window.notes = { violations: [], errors: [], keys: [], reached: [], constructed: [] };
${PRYING}
addEventListener('securitypolicyviolation', event => notes.violations.push(event.violatedDirective));
addEventListener('error', event => notes.errors.push(String(event.message)));
addEventListener('unhandledrejection', event => notes.errors.push(String(event.reason)));
for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste'])
  for (const capture of [true, false]) addEventListener(type, event => notes.keys.push(event.key ?? event.data), capture);`;

/** Getters that throw, after the page has loaded: elements, their prototypes, and what events are made with. */
const TRAPS = `
const trap = { configurable: true, get() { throw new Error('trap'); } };
for (const name of ['dataset', 'href', 'src', 'currentSrc', 'id'])
  for (const kind of [HTMLElement, HTMLImageElement, HTMLAnchorElement]) Object.defineProperty(kind.prototype, name, trap);
for (const tile of Document.prototype.querySelectorAll.call(document, 'div'))
  for (const name of ['getAttribute', 'textContent', 'closest']) Object.defineProperty(tile, name, trap);
window.forge = host => {
  // Put together here: as a whole in this text it would be a record of the page.
  const address = 'https:' + '//forged.example/never.jpg';
  const fake = '"forged0001",["https:' + '//encrypted-tbn0.gstatic.com/images?q=tbn:f",9,9],["' + address + '",900,900]';
  const detail = location.href + '\\n' + location.href + '\\n' + fake;
  for (const nonce of ['', 'undefined', '00000000-0000-4000-8000-000000000000'])
    for (const target of [document, window, host]) target.dispatchEvent(new CustomEvent('gleaner-answer-' + nonce, { detail, bubbles: true }));
  for (const gleaner of ['sendCandidates', 'undoHarvest', 'startHarvest', 'deleteLabel', 'beginHarvest']) {
    const message = { gleaner, args: { candidates: [{ url: address }], tabId: 1, target: { newLabel: 'forged' } } };
    postMessage(message, '*');
    dispatchEvent(new MessageEvent('message', { data: message, origin: 'chrome-extension://x' }));
    const runtime = window.chrome?.runtime ?? window.browser?.runtime;
    if (runtime?.sendMessage) { notes.reached.push('runtime'); runtime.sendMessage(message); }
  }
  if (host.shadowRoot) notes.reached.push('shadow root');
  if (window.gleanerCollector) notes.reached.push('collector');
  for (const type of ['click', 'submit', 'pointerdown']) host.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
  for (const key of ['Escape', 'Enter', 'Tab']) host.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
  host.click();
};`;
