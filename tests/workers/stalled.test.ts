// Reading that makes no progress is ended and refused by name; reading that does, and what is no reading, is left alone.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inWorker } from '../../src/entries/workers/one-call';
import { type OnLayer, unlessStalled } from '../../src/entries/workers/stalled';

const MINUTE = 60_000;

/** A worker that never answers. */
class Silent extends EventTarget {
  static ended = false;
  postMessage(): void {}
  terminate(): void {
    Silent.ended = true;
  }
}

describe('unlessStalled', () => {
  let tell: OnLayer;
  let cancel: AbortController;
  /** Its end, or undefined while it goes on. */
  let end: Promise<unknown>;
  let ended: unknown;

  beforeEach(() => {
    vi.useFakeTimers();
    Silent.ended = false;
    ended = undefined;
    cancel = new AbortController();
    end = unlessStalled((signal, onLayer) => {
      tell = onLayer;
      return inWorker<{ read(): Promise<void> }, void>(
        Silent as unknown as new () => Worker,
        remote => remote.read(),
        signal,
      );
    }, cancel.signal).catch(error => {
      ended = error;
    });
  });
  afterEach(() => vi.useRealTimers());

  it('ends a reading without progress within a minute, its worker too, and says that the file is damaged', async () => {
    tell(53);
    await vi.advanceTimersByTimeAsync(MINUTE);
    await end;
    expect(ended).toMatchObject({ name: 'GleanerError', code: 'weights_damaged' });
    expect(Silent.ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets a slow reading go on as long as layers come, and the saving after the last for as long as it takes', async () => {
    for (let left = 53; left >= 0; left--) {
      tell(left);
      await vi.advanceTimersByTimeAsync(MINUTE / 3);
    }
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(ended).toBeUndefined();
    expect(Silent.ended).toBe(false);
  });

  it('does not count what comes before, such as a download', async () => {
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(ended).toBeUndefined();
    tell(53);
    await vi.advanceTimersByTimeAsync(MINUTE / 3);
    expect(ended).toBeUndefined();
  });

  it('takes a night of sleep for one look', async () => {
    tell(53);
    // The clock jumps, but a timer rings once.
    vi.setSystemTime(Date.now() + 600 * MINUTE);
    await vi.advanceTimersByTimeAsync(MINUTE / 6);
    expect(ended).toBeUndefined();
  });

  it('ends at once when it is cancelled', async () => {
    tell(53);
    cancel.abort(new Error('cancelled'));
    await end;
    expect(ended).toMatchObject({ message: 'cancelled' });
    expect(Silent.ended).toBe(true);
  });
});
