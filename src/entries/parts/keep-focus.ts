// Where a button goes away once it was pressed, the keyboard goes on at what stands in its place: browsers would begin anew at the
// top of the page, or leave it.

const STOPS =
  'button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])';

/** Where something was taken out. */
interface Gap {
  parent: Node;
  /** What stands before the gap; null where it is the first place of its parent. */
  before: Node | null;
  /** Whether that came as the other went, so that it stands for it. */
  fresh: boolean;
}

/** Until the signal aborts. */
export function keepFocus(signal: AbortSignal): void {
  /** What had the focus at the last press; what is pressed by keyboard has it. */
  let pressed: Element | null = null;
  const remember = () => {
    pressed = document.activeElement;
  };
  const changed = new MutationObserver(records => {
    const gone = pressed;
    if (!gone || gone.isConnected) return;
    pressed = null;
    // A dialog gives the focus back to where it was.
    if (gone.closest('dialog')) return;
    const gap = gapOf(gone, records);
    // Whoever took it out may have a better place for the focus, and says so within a frame.
    if (gap) requestAnimationFrame(() => setTimeout(fill, 0, gap));
  });
  document.addEventListener('click', remember, { capture: true, signal });
  changed.observe(document.documentElement, { childList: true, subtree: true });
  signal.addEventListener('abort', () => changed.disconnect());
}

/** The place that is left of what went away, in what is still there. */
function gapOf(gone: Node, records: MutationRecord[]): Gap | undefined {
  let [lost, gap]: [Node, Gap | undefined] = [gone, undefined];
  const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
  for (const { removedNodes, target, previousSibling } of records) {
    if (![...removedNodes].some(node => node.contains(lost))) continue;
    gap = { parent: target, before: previousSibling, fresh: previousSibling !== null && added.has(previousSibling) };
    lost = target;
  }
  return gap;
}

function fill({ parent, before, fresh }: Gap): void {
  if (document.activeElement !== document.body || !parent.isConnected) return;
  const anchor = before?.isConnected ? before : undefined;
  const follows = (stop: Node, node: Node) => {
    const place = node.compareDocumentPosition(stop);
    return (place & Node.DOCUMENT_POSITION_FOLLOWING) > 0 && !(place & Node.DOCUMENT_POSITION_CONTAINED_BY);
  };
  const isNext = (stop: Node) =>
    anchor ? follows(stop, anchor) || (fresh && anchor.contains(stop)) : parent.contains(stop) || follows(stop, parent);
  const frame = (parent instanceof Element && parent.closest('dialog[open]')) || document.body;
  const stops = [...frame.querySelectorAll<HTMLElement>(STOPS)].filter(stop => stop.checkVisibility());
  // Nothing moves for it: whoever presses with a pointer looks at where they pressed.
  (stops.find(isNext) ?? stops.at(-1))?.focus({ preventScroll: true });
}
