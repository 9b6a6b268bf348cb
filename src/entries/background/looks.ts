// Who may be looked at now: written down before it is, and alone where an earlier background died while it was.
import { looksBegun, saveLooks } from '../../edges/store/looks';
import { LOOK_LIMITS } from '../../pipeline/download/limits';
import { Beside } from './beside';

/**
 * The bytes of an image may kill or hang whoever reads them. So each look is written down before it begins and taken back
 * when it ends, whatever its end; what stands there when a background starts is what the one before did not survive, among
 * it bystanders. Those are looked at with nothing beside them, which clears a bystander at once.
 */
export class Looks {
  private readonly begun = new Map<string, number>();
  /** Those that are being looked at now. */
  private readonly inHand = new Set<string>();
  private loading: Promise<void> | undefined;
  private readonly beside = new Beside();
  /** The next write that has not begun; all who come meanwhile share it. */
  private next: Promise<void> | undefined;
  private writing: Promise<void> = Promise.resolve();
  /** How many stand in the database, not a number when that is unknown; after a write those known here only become fewer. */
  private written = 0;

  /** @param rested  before it resolves nothing is looked at that an earlier background may have died of */
  constructor(private readonly rested: Promise<unknown>) {}

  /** Reads what the background before left. Rejects as the storage does. */
  load(): Promise<void> {
    this.loading ??= looksBegun().then(
      begun => {
        for (const [key, times] of begun) this.begun.set(key, times);
        this.written = begun.size;
      },
      error => {
        this.loading = undefined;
        throw error;
      },
    );
    return this.loading;
  }

  /** Whether an earlier background may have died of this image; not known before `load`. */
  isSuspect(key: string): boolean {
    return this.begun.has(key) && !this.inHand.has(key);
  }

  /** Whether an image was looked at so often in vain that it is not to be looked at again. Said once: it is then forgotten. */
  async spent(key: string): Promise<boolean> {
    await this.load();
    if ((this.begun.get(key) ?? 0) < LOOK_LIMITS.looks || this.inHand.has(key)) return false;
    this.begun.delete(key);
    return true;
  }

  /** Resolves when the image may be looked at and that stands in the database; `end` must follow. Rejects as the storage does. */
  async begin(key: string): Promise<void> {
    await this.load();
    const suspect = this.begun.has(key);
    if (suspect) await this.rested;
    await this.beside.enter(suspect);
    const before = this.begun.get(key);
    this.begun.set(key, (before ?? 0) + 1);
    this.inHand.add(key);
    try {
      await this.write();
    } catch (error) {
      if (before === undefined) this.begun.delete(key);
      else this.begun.set(key, before);
      this.inHand.delete(key);
      this.beside.leave();
      throw error;
    }
  }

  /**
   * The look is over and the background lives. Where an earlier one did not, that stands in the database when this resolves:
   * the image is cleared. Of others it is written down with the next look. Rejects as the storage does.
   */
  async end(key: string): Promise<void> {
    const suspect = (this.begun.get(key) ?? 0) > 1;
    this.begun.delete(key);
    this.inHand.delete(key);
    this.beside.leave();
    if (suspect) await this.write();
  }

  /** Writes down what has ended, for a time when nothing more is looked at. */
  async writeDown(): Promise<void> {
    if (this.written !== this.begun.size) await this.write();
  }

  /** Forgets all, for the images are gone. */
  async forget(): Promise<void> {
    await this.load();
    this.begun.clear();
  }

  /** One write at a time; each holds all that is known when it begins. */
  private write(): Promise<void> {
    this.next ??= this.writing.then(() => {
      this.next = undefined;
      this.written = this.begun.size;
      const writing = saveLooks(this.begun);
      this.writing = writing.catch(() => {
        this.written = Number.NaN;
      });
      return writing;
    });
    return this.next;
  }
}
