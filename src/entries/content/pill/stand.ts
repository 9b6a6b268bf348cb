// Keeps the panel where it belongs: a child of <html>, in the top layer, at the bottom right of the window.

/** So often within so many milliseconds the panel comes back at once; a page that goes on must not make it a loop. */
const RETURNS = { times: 20, ms: 10_000 };
/** CSS pixels between the panel and the window's edges, and the panel's width. As its style says. */
const GAP = 16;
const WIDTH = 280;
const SCROLL_BAR = 25;

export class Stand {
  private readonly watch: MutationObserver;
  private returns: number[] = [];

  /** @param moved  called when the panel had to be put back */
  constructor(
    private readonly doc: Document,
    private readonly host: HTMLElement,
    private readonly moved: () => void,
  ) {
    this.watch = new MutationObserver(() => this.attach());
  }

  /** Puts the panel (back) into its place; pages that rebuild themselves may have dropped it. */
  attach(): void {
    const { doc, host } = this;
    const away = !this.inPlace();
    if (!away && this.onTop()) return;
    const now = performance.now();
    this.returns = this.returns.filter(at => at > now - RETURNS.ms);
    if (this.returns.length >= RETURNS.times) return;
    this.returns.push(now);
    if (away) {
      doc.documentElement.append(host);
      this.watch.disconnect();
      for (const parent of [document, doc.documentElement]) this.watch.observe(parent, { childList: true });
    }
    this.raise();
  }

  detach(): void {
    this.watch.disconnect();
    this.host.remove();
  }

  /** Above all else the page has raised so far. */
  raise(): void {
    const { host } = this;
    try {
      if (this.onTop()) host.hidePopover();
      host.popover = 'manual';
      host.showPopover();
    } catch {
      // The page's own listeners run in between and may have taken it out again.
    }
    this.moved();
  }

  inPlace(): boolean {
    return this.host.isConnected && this.host.parentNode === this.doc.documentElement;
  }

  onTop(): boolean {
    return this.host.matches(':popover-open');
  }

  /** Whether it is drawn, at its place and in its size. A page may magnify itself, and the panel with it. */
  isDrawnInPlace(): boolean {
    const { host, doc } = this;
    const window = doc.defaultView;
    if (window === null || !this.inPlace() || !host.checkVisibility()) return false;
    const { right, bottom, width } = host.getBoundingClientRect();
    const zoom = width / Math.min(WIDTH, window.innerWidth - 2 * GAP);
    const [across, down] = [window.innerWidth - right, window.innerHeight - bottom];
    const near = (gap: number) => gap >= GAP * zoom - 2 && gap <= GAP * zoom + SCROLL_BAR;
    return zoom > 0.5 && zoom < 3 && near(across) && near(down) && (this.onTop() || isPlain(window, doc));
  }
}

/** Whether <html> shows what stands in it as it is; in the top layer that does not matter. */
function isPlain(window: Window, doc: Document): boolean {
  const style = window.getComputedStyle(doc.documentElement);
  const none = [style.transform, style.filter, style.clipPath, style.maskImage, style.perspective, style.rotate];
  return Number(style.opacity) > 0.99 && none.every(value => value === 'none' || value === '');
}
