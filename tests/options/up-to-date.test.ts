// A training that nobody asked for begins some time after the last change, never beside anything else, and not again for nothing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QUIET_MS, UpToDate } from '../../src/entries/options/train/up-to-date';

let due: number;
let free: boolean;
let trained: number[];
let upToDate: UpToDate;
/** Ends the training under way. */
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  [due, free, trained] = [0, true, []];
  upToDate = new UpToDate({
    due: async () => due,
    free: async () => free,
    train: changes =>
      new Promise(resolve => {
        trained.push(changes);
        end = resolve;
      }),
  });
});
afterEach(() => {
  upToDate.stop();
  vi.useRealTimers();
});

describe('a training by itself', () => {
  it('waits until changes have come to rest, and knows all of them', async () => {
    for (due = 1; due < 8; due++) {
      upToDate.changed();
      await vi.advanceTimersByTimeAsync(QUIET_MS / 2);
    }
    expect(trained).toEqual([]);
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(trained).toEqual([8]);
  });

  it('does not begin where nothing is due', async () => {
    upToDate.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(trained).toEqual([]);
  });

  it('waits as long as something else runs, and begins soon after', async () => {
    [due, free] = [3, false];
    upToDate.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(trained).toEqual([]);
    free = true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(trained).toEqual([3]);
  });

  it('is not begun again for the same changes when it fails or is stopped', async () => {
    due = 2;
    upToDate.changed();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(trained).toEqual([2]);
    // It ends without having learnt anything.
    end();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(trained).toEqual([2]);
    upToDate.changed();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(trained).toEqual([2, 2]);
  });

  it('is not begun a second time beside itself; what changes meanwhile is learnt after it', async () => {
    due = 2;
    upToDate.changed();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    due = 5;
    upToDate.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(trained).toEqual([2]);
    end();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(trained).toEqual([2, 5]);
  });
});
