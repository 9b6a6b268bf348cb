// Does small pieces of work while the page is idle, and gives the thread back after 50 ms.

export const SLICE_MS = 50;

/** Calls back when the page has nothing better to do. */
export type WhenIdle = (run: () => void) => void;

/** At the latest after half a second: a page that never rests is scanned all the same, one slice at a time. */
const browserIdle: WhenIdle = run => {
  requestIdleCallback(run, { timeout: 500 });
};

export class IdleWork {
  private readonly waiting: (() => void)[] = [];
  private scheduled = false;

  constructor(
    /** Told of a piece that threw; the pieces after it are done all the same. */
    private readonly failed: (error: unknown) => void,
    private readonly whenIdle: WhenIdle = browserIdle,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Adds a piece; pieces run in order. */
  add(piece: () => void): void {
    this.waiting.push(piece);
    this.schedule();
  }

  get size(): number {
    return this.waiting.length;
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    this.whenIdle(() => this.slice());
  }

  private slice(): void {
    this.scheduled = false;
    const end = this.now() + SLICE_MS;
    do {
      try {
        this.waiting.shift()?.();
      } catch (error) {
        this.failed(error);
      }
    } while (this.waiting.length > 0 && this.now() < end);
    this.schedule();
  }
}
