// @vitest-environment jsdom
// Who computes beside the finds waits while they move, and not for ever.
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const finds = signal<object[]>([]);
vi.mock('../../src/entries/side-panel/follow-tab', () => ({ finds }));
const { atRest, watchMotion } = await import('../../src/entries/side-panel/at-rest');

let life: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  life = new AbortController();
  document.body.innerHTML = '<main><div></div></main>';
  watchMotion(life.signal);
});
afterEach(() => {
  life.abort();
  vi.useRealTimers();
});

const scroll = () => document.querySelector('div')?.dispatchEvent(new Event('scroll'));

/** Whether a wait that begins now has ended after so many milliseconds, with something done at each tenth of a second. */
async function waits(ms: number, each: () => unknown = () => undefined): Promise<boolean> {
  let ended = false;
  void atRest().then(() => {
    ended = true;
  });
  for (let t = 0; t < ms; t += 100) {
    each();
    await vi.advanceTimersByTimeAsync(100);
  }
  return !ended;
}

it('waits for nobody where nothing moves', async () => {
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waits(0)).toBe(true);
  expect(await waits(100)).toBe(false);
});

it('waits until a scroll of the finds has come to an end', async () => {
  scroll();
  expect(await waits(1000, scroll)).toBe(true);
  scroll();
  expect(await waits(300)).toBe(false);
});

it('waits while more finds come, and in the end no longer', async () => {
  const more = () => {
    finds.value = [...finds.value, {}];
  };
  more();
  expect(await waits(1000, more)).toBe(true);
  more();
  expect(await waits(2000, more)).toBe(false);
});

it('hears of nothing any more once it ended', async () => {
  await vi.advanceTimersByTimeAsync(1000);
  life.abort();
  scroll();
  finds.value = [{}];
  expect(await waits(100)).toBe(false);
});
