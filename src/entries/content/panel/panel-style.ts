// The panel's style sheet. A content script's own style element is exempt from the page's policy in both browsers.
import { element } from './element';

const CSS = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: auto 16px 16px auto !important;
  z-index: 2147483647 !important;
  display: block !important;
  width: min(320px, calc(100vw - 32px)) !important;
  color-scheme: light dark !important;
}
.panel {
  --ink: #1d1f23; --paper: #fbfaf7; --soft: #5b5e66; --line: #dcd8cf; --raised: #ffffff;
  --accent: #b97a12; --accent-ink: #8a5907; --on-accent: #1d1f23; --track: #e8e4da; --warn: #8f3d0b;
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
header { display: flex; align-items: center; gap: 8px; padding: 4px 4px 4px 12px; border-bottom: 1px solid var(--line); }
.minimised header { border-bottom: 0; }
.brand, .words { pointer-events: none; }
.brand { font-weight: 600; }
.phase { flex: 1; text-align: end; overflow: hidden; text-overflow: ellipsis; }
.body { padding: 12px; }
.run { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
.row { display: flex; align-items: baseline; justify-content: space-between; gap: 12px; }
.label { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
.tiles, .downloaded, .phase { color: var(--soft); white-space: nowrap; }
.bar-row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
.bar { flex: 1 1 48px; height: 8px; border-radius: 4px; background: var(--track); overflow: hidden; }
.fill { height: 100%; background: var(--accent); }
p { margin: 0; }
.summary, .notice { overflow-wrap: anywhere; }
.notice { color: var(--warn); padding-left: 20px; position: relative; }
.notice::before { content: "⚠"; position: absolute; left: 0; }
.buttons { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; }
label { display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px; }
button, input { font: inherit; color: inherit; border-radius: 8px; border: 1px solid var(--line); }
button { padding: 4px 9px; background: var(--raised); cursor: pointer; }
button:hover { border-color: var(--soft); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.icon { flex: none; padding: 0; width: 28px; height: 28px; border-color: transparent; background: transparent; line-height: 1; }
button.icon:hover { background: var(--track); }
input { user-select: text; padding: 6px 8px; background: var(--raised); width: 100%; }
:focus-visible { outline: 2px solid var(--accent-ink); outline-offset: 1px; }
:focus:not(:focus-visible) { outline: none; }
@media (prefers-color-scheme: dark) {
  .panel {
    --ink: #e8e6e1; --paper: #17181b; --soft: #a9a8a4; --line: #36383e; --raised: #222429;
    --accent: #e3aa4a; --accent-ink: #e3aa4a; --track: #2e3036; --warn: #f0a878;
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.5);
  }
  button.primary { color: #17181b; }
}
@media (forced-colors: active) { .fill { background: Highlight; } .bar { border: 1px solid CanvasText; } }
`;

/**
 * Styles the panel. Nothing of the page is called for it: Firefox would take a constructed sheet only through the page's own
 * view of the root, and with that the page would have the root. The text is set before the element is put in: whoever sets it
 * decides whose style it is, and an empty one would count as the page's.
 */
export function attachStyle(doc: Document, root: ShadowRoot): void {
  const style = element(doc, 'style');
  style.textContent = CSS;
  root.append(style);
}
