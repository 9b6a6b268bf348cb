// A wait ends with its time or with its signal, and leaves nothing behind on a signal that outlives it.
import { getEventListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { delay } from '../../src/edges/delay';

it('rejects at once with the reason of a signal that has aborted already', async () => {
  await expect(delay(60_000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

it('rejects with the reason of a signal that aborts meanwhile', async () => {
  const stop = new AbortController();
  const waiting = delay(60_000, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});

it('ends with its time alone where there is no signal', async () => {
  vi.useFakeTimers();
  let over = false;
  void delay(500).then(() => (over = true));
  await vi.advanceTimersByTimeAsync(499);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(over).toBe(true);
  vi.useRealTimers();
});

it('leaves no listener on the signal, however often it waits', async () => {
  const { signal } = new AbortController();
  for (let i = 0; i < 3; i++) await delay(1, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
