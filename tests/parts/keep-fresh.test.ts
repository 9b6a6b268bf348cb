// What is kept fresh is read again after changes, not once for each of them, and never without a rest.
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { complain } from '../../src/entries/parts/complain';
import { keepFresh } from '../../src/entries/parts/keep-fresh';

// The words of the app come from the browser, which is not here.
vi.mock('../../src/entries/parts/complain', () => ({ complain: vi.fn() }));

const TOOK = 10;

describe('keepFresh', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function reader() {
    let readings = 0;
    const read = async () => {
      readings++;
      await new Promise(resolve => setTimeout(resolve, TOOK));
    };
    return { read, count: () => readings };
  }

  it('reads at once, and once more for all that changed during a reading and its rest', async () => {
    const [version, other] = [signal(0), signal(0)];
    const { read, count } = reader();
    keepFresh([version, other], read, new AbortController().signal);
    expect(count()).toBe(1);
    for (let change = 0; change < 5; change++) version.value++;
    await vi.advanceTimersByTimeAsync(TOOK);
    other.value++;
    await vi.advanceTimersByTimeAsync(4 * TOOK - 1);
    expect(count()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(count()).toBe(2);
    await vi.advanceTimersByTimeAsync(100 * TOOK);
    expect(count()).toBe(2);
    other.value++;
    expect(count()).toBe(3);
  });

  it('complains of a reading that fails, and reads again', async () => {
    const version = signal(0);
    let readings = 0;
    const read = async () => {
      readings++;
      throw new Error('lost');
    };
    keepFresh([version], read, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(1);
    expect(complain).toHaveBeenCalledWith(new Error('lost'));
    version.value++;
    await vi.advanceTimersByTimeAsync(1);
    expect(readings).toBe(2);
  });

  it('reads again at once when asked to, after the reading under way, and says when that is done', async () => {
    const { read, count } = reader();
    const again = keepFresh([signal(0)], read, new AbortController().signal);
    let done = false;
    void again().then(() => {
      done = true;
    });
    await vi.advanceTimersByTimeAsync(TOOK);
    expect([count(), done]).toEqual([2, false]);
    await vi.advanceTimersByTimeAsync(TOOK);
    expect([count(), done]).toEqual([2, true]);
  });

  it('rests as long as it is told to', async () => {
    const version = signal(0);
    const { read, count } = reader();
    keepFresh([version], read, new AbortController().signal, { atLeast: 500 });
    await vi.advanceTimersByTimeAsync(TOOK);
    version.value++;
    await vi.advanceTimersByTimeAsync(499);
    expect(count()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(count()).toBe(2);
  });

  it('reads no more when it is given up', async () => {
    const version = signal(0);
    const { read, count } = reader();
    const gone = new AbortController();
    keepFresh([version], read, gone.signal);
    version.value++;
    gone.abort();
    await vi.advanceTimersByTimeAsync(100 * TOOK);
    version.value++;
    expect(count()).toBe(1);
  });
});
