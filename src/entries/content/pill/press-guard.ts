// Which presses of the panel count: a person's own, on a control that was to be seen and stood still. A page can lay things
// over the panel or under the pointer at the last moment, so that a person presses what was never meant.
import { isCovered } from './covers';
import type { Stand } from './stand';

/** A control that has just moved was not what the person aimed at. */
const STILL_MS = 500;
const LOOK_MS = 200;

/** Why a press does not count; each has its sentence (`panel_press_<reason>`). */
export type Obstacle = 'moved' | 'covered' | 'changed';

export class PressGuard {
  private readonly seen = new Map<Element, { place: string; since: number }>();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly sight: IntersectionObserver;
  /** What the browser says of the panel; undefined where it does not say such things. */
  private visible: boolean | undefined;
  private drawn = '';
  private rules: string | undefined;
  private broken = false;

  /** @param controls  which may be pressed now */
  constructor(
    private readonly doc: Document,
    private readonly host: HTMLElement,
    private readonly root: ShadowRoot,
    private readonly stand: Stand,
    private readonly controls: () => Iterable<HTMLElement>,
  ) {
    // Within a frame, where the layout is about to be made anyway.
    this.timer = setInterval(() => {
      // Shown again, it may come to lie under the second click of two.
      if (doc.visibilityState === 'visible') requestAnimationFrame(() => this.look());
      else this.moved();
    }, LOOK_MS);
    const see = (entries: IntersectionObserverEntry[]): void => {
      this.visible = (entries.at(-1) as { isVisible?: boolean | null } | undefined)?.isVisible ?? undefined;
    };
    this.sight = new IntersectionObserver(see, { trackVisibility: true, delay: 100 } as IntersectionObserverInit);
    this.sight.observe(host);
  }

  end(): void {
    clearInterval(this.timer);
    this.sight.disconnect();
  }

  /** Nothing has stood still until now. */
  moved(): void {
    this.seen.clear();
  }

  /** Does what changes the panel. Whatever else changed it was not us. */
  own(change: () => void): void {
    if (this.drawn !== '' && this.drawn !== drawing(this.root)) this.broken = true;
    change();
    this.drawn = drawing(this.root);
    this.rules ??= rulesOf(this.root);
  }

  /** Why this trusted event does not press the control; undefined when it does. */
  refuses(control: HTMLElement, event: UIEvent): Obstacle | undefined {
    const { doc, host, root, stand } = this;
    this.own(() => undefined);
    if (!stand.inPlace()) return 'moved';
    if (this.rules !== rulesOf(root)) this.broken = true;
    if (this.broken) return 'changed';
    this.look();
    if (!stand.isDrawnInPlace() || !control.checkVisibility()) return 'covered';
    // By keyboard, and as assistive technology presses.
    if (!(event instanceof MouseEvent) || event.detail === 0) return undefined;
    const { clientX: x, clientY: y } = event;
    if (doc.elementFromPoint(x, y) !== host || !control.contains(root.elementFromPoint(x, y))) return 'covered';
    if (!(this.visible ?? !isCovered(doc, host, x, y))) return 'covered';
    return performance.now() - (this.seen.get(control)?.since ?? Number.POSITIVE_INFINITY) < STILL_MS
      ? 'moved'
      : undefined;
  }

  private look(): void {
    const now = performance.now();
    const { screenX, screenY } = window;
    for (const control of this.controls()) {
      const { left, top, width, height } = control.getBoundingClientRect();
      const place = [left, top, width, height, screenX, screenY].map(Math.round).join();
      if (this.seen.get(control)?.place !== place) this.seen.set(control, { place, since: now });
    }
  }
}

/** The root's rules; undefined while it is not in a document and has none. */
function rulesOf(root: ShadowRoot): string | undefined {
  if (!root.isConnected) return undefined;
  return JSON.stringify([...root.styleSheets].map(sheet => [...sheet.cssRules].map(rule => rule.cssText)));
}

/** What a root shows, as far as it says itself: its elements with their looks and words, and what else dresses or moves them. */
function drawing(root: ShadowRoot): string {
  const parts: unknown[] = [root.adoptedStyleSheets.length, root.getAnimations().length];
  for (const node of root.querySelectorAll<HTMLElement>('*')) {
    const words = node.firstElementChild === null ? node.textContent : '';
    parts.push([node.localName, node.className, node.getAttribute('style'), node.hidden, node.accessKey, words]);
  }
  return JSON.stringify(parts);
}
