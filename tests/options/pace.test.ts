// The time left of a queue: not told too early, right at a steady pace, and not confused by what comes in.
import { expect, it } from 'vitest';
import { paceAfter, STANDSTILL, timeToEmpty } from '../../src/entries/options/app/pace';

/** Looks once a second while the queue loses `perSecond` each time. */
function looks(from: number, seconds: number, perSecond: number) {
  let pace = STANDSTILL;
  for (let s = 0; s <= seconds; s++) pace = paceAfter(pace, from - s * perSecond, s * 1000);
  return pace;
}

it('is not told within the first seconds, nor by fewer than three ends', () => {
  expect(timeToEmpty(looks(100, 3, 2), 3000)).toBeUndefined();
  expect(timeToEmpty(looks(100, 10, 0), 10_000)).toBeUndefined();
});

it('is what is left over the pace', () => {
  expect(timeToEmpty(looks(100, 10, 2), 10_000)).toBeCloseTo(40, 6);
});

it('follows the pace of the last minute', () => {
  let pace = looks(1000, 100, 1);
  for (let s = 101; s <= 170; s++) pace = paceAfter(pace, 900 - (s - 100) * 4, s * 1000);
  expect(timeToEmpty(pace, 170_000)).toBeCloseTo(pace.left / 4, 6);
});

it('takes what comes in as more to do', () => {
  let pace = looks(10, 5, 1);
  expect(pace).toMatchObject({ done: 5, left: 5 });
  pace = paceAfter(pace, 55, 6000);
  expect(pace).toMatchObject({ done: 5, left: 55 });
  expect(paceAfter(pace, 0, 7000)).toBe(STANDSTILL);
});
