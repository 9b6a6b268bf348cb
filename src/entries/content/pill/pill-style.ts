// The pill's style sheet. A content script's own style element is exempt from the page's policy in both browsers.
import { element } from './element';

const CSS = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: auto 16px 16px auto !important;
  z-index: 2147483647 !important;
  display: block !important;
  width: min(280px, calc(100vw - 32px)) !important;
  color-scheme: light dark !important;
}
.pill {
  --ink: #1d1f23; --paper: #fbfaf7; --soft: #5b5e66; --line: #dcd8cf; --raised: #ffffff;
  --accent-ink: #8a5907; --track: #e8e4da; --warn: #8f3d0b;
  box-sizing: border-box;
  color: var(--ink); background: var(--paper);
  border: 1px solid var(--line); border-radius: 8px;
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.18);
  /* No names of fonts: a page may define those itself, letter by letter, and see which of them are asked for. */
  font: 14px/1.45 system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
  overflow: hidden;
  /* In Firefox a page can ask for the node in which the selection is. */
  user-select: none;
}
*, *::before { box-sizing: border-box; }
[hidden] { display: none !important; }
header { display: flex; align-items: center; gap: 8px; padding: 4px 4px 4px 12px; }
.brand, .words { pointer-events: none; }
.brand { font-weight: 600; }
.status { flex: 1; min-width: 0; color: var(--soft); line-height: 1.25; overflow-wrap: anywhere; }
.notice { margin: 0; padding: 8px 12px 0; color: var(--warn); overflow-wrap: anywhere; }
button { font: inherit; color: inherit; border-radius: 5px; border: 1px solid var(--line); padding: 2px 9px; background: var(--raised); cursor: pointer; }
button:hover { border-color: var(--soft); }
button.icon { flex: none; padding: 0; width: 28px; height: 28px; border-color: transparent; background: transparent; line-height: 1; }
button.icon:hover { background: var(--track); }
:focus-visible { outline: 2px solid var(--accent-ink); outline-offset: 1px; }
:focus:not(:focus-visible) { outline: none; }
@media (prefers-color-scheme: dark) {
  .pill {
    --ink: #e8e6e1; --paper: #17181b; --soft: #a9a8a4; --line: #36383e; --raised: #222429;
    --accent-ink: #e3aa4a; --track: #2e3036; --warn: #f0a878;
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.5);
  }
}
`;

/**
 * Styles the pill. Nothing of the page is called for it: Firefox would take a constructed sheet only through the page's own
 * view of the root, and with that the page would have the root. The text is set before the element is put in: whoever sets it
 * decides whose style it is, and an empty one would count as the page's.
 */
export function attachStyle(doc: Document, root: ShadowRoot): void {
  const style = element(doc, 'style');
  style.textContent = CSS;
  root.append(style);
}
