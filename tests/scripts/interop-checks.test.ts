// The interop test's verdict: a failure fails it, a skip does not, and nothing having run does.
import { beforeAll, expect, it, vi } from 'vitest';
import { Checks, distance, Skip } from '../../scripts/interop/check';

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

const bodies = {
  passes: () => 'seen',
  fails: () => Promise.reject(new Error('another number')),
  lacks: () => {
    throw new Skip('there is no Python');
  },
};

it.each([
  [['passes', 'lacks'], 0],
  [['passes', 'fails', 'lacks'], 1],
  [['lacks', 'lacks'], 1],
  [[], 1],
] as [(keyof typeof bodies)[], number][])('%j gives %i', async (names, code) => {
  const checks = new Checks();
  for (const name of names) expect(await checks.check(name, bodies[name])).toBe(name === 'passes');
  expect(checks.conclude()).toBe(code);
  expect(checks.outcomes.map(({ verdict }) => verdict)).toEqual(
    names.map(name => ({ passes: 'passed', fails: 'FAILED', lacks: 'skipped' })[name]),
  );
});

it('measures against the largest expected value, and takes a missing number for no agreement', () => {
  expect(distance([1, 2.5], [1, 2])).toBe(0.25);
  expect(distance([1], [1, 2])).toBeNaN();
});
