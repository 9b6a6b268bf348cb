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
  /** When the slice under way gives the thread back, in milliseconds of the clock. */
  private end = 0;

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

  /**
   * Adds work that pauses by itself. It is done to its end before what comes after it, in as many slices as it takes, and
   * `done` hears its result and what it cost in milliseconds. Ends early once it is no longer `wanted`.
   */
  steps<T>(steps: Generator<void, T>, wanted: () => boolean, done: (result: T, took: number) => void): void {
    let took = 0;
    const goOn = () => {
      const start = this.now();
      while (wanted()) {
        const step = steps.next();
        const now = this.now();
        if (step.done) return done(step.value, took + now - start);
        if (now < this.end) continue;
        took += now - start;
        this.waiting.unshift(goOn);
        return;
      }
    };
    this.add(goOn);
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
    this.end = this.now() + SLICE_MS;
    do {
      try {
        this.waiting.shift()?.();
      } catch (error) {
        this.failed(error);
      }
    } while (this.waiting.length > 0 && this.now() < this.end);
    this.schedule();
  }
}
