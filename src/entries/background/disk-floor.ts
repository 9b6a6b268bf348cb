// Whether the disk has room for more downloads: asked now and then, for each answer costs the browser a look at the disk.
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';

export interface DiskTools {
  now(): number;
  freeBytes(): Promise<number | undefined>;
}

export class DiskFloor {
  private askedAt = Number.NEGATIVE_INFINITY;
  private since = 0;
  private room = true;

  constructor(private readonly tools: DiskTools) {}

  received(bytes: number): void {
    this.since += bytes;
  }

  /** An answer of some seconds ago, or of some images; a browser that does not tell is taken to have room. */
  async hasRoom(): Promise<boolean> {
    const now = this.tools.now();
    const { bytes, ms } = QUEUE_LIMITS.freeAskedAfter;
    // A clock that was set back must not put off the next question.
    const fresh = now >= this.askedAt && now - this.askedAt < ms;
    if (fresh && this.since < bytes) return this.room;
    this.askedAt = now;
    this.since = 0;
    const free = await this.tools.freeBytes();
    this.room = free === undefined || free >= QUEUE_LIMITS.freeBytes;
    return this.room;
  }
}
