// When a training begins by itself: some time after the last change of the images, and never while anything else goes on.

/** This long after a change, in ms, those that follow it are there too. */
export const QUIET_MS = 5000;
/** Between two looks whether a training that is due may begin, in ms. */
const LOOK_MS = 10_000;

export interface UpToDatePorts {
  /** Images that differ from what the model has learnt; 0 where the user does not want it, or nothing can be trained. */
  due(): Promise<number>;
  /** Whether nothing else wants the machine, and somebody may notice what happens. */
  free(): Promise<boolean>;
  /** @param changes  how many images differ */
  train(changes: number): Promise<void>;
}

/** A training that fails or is stopped is not begun again before something changes once more. */
export class UpToDate {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private working = false;

  constructor(private readonly ports: UpToDatePorts) {}

  /** Images, the model or the user's wish have changed. */
  changed(): void {
    this.later(QUIET_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), ms);
  }

  private async look(): Promise<void> {
    // What changes during a training is not in it.
    if (this.working) return this.later(LOOK_MS);
    this.working = true;
    try {
      const changes = await this.ports.due();
      if (changes === 0) return;
      if (await this.ports.free()) await this.ports.train(changes);
      else this.later(LOOK_MS);
    } finally {
      this.working = false;
    }
  }
}
