// The time left of work under way: not told before it is honest, and then what is left over the pace so far.
import { expect, it } from 'vitest';
import { HONEST_AFTER_MS, secondsLeft } from '../../src/entries/workers/seconds-left';

it('is not told too early, nor of work of which nothing is done', () => {
  expect(secondsLeft(10, 90, HONEST_AFTER_MS - 1)).toBeUndefined();
  expect(secondsLeft(0, 100, 60_000)).toBeUndefined();
});

it('is what is left over the pace so far, in any unit', () => {
  expect(secondsLeft(10, 90, HONEST_AFTER_MS)).toBeCloseTo((9 * HONEST_AFTER_MS) / 1000, 9);
  expect(secondsLeft(0.25, 0.75, 60_000)).toBeCloseTo(180, 9);
});

it('is nothing once nothing is left', () => {
  expect(secondsLeft(100, 0, 60_000)).toBe(0);
});
