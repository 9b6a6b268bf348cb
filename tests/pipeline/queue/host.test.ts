// A host's state through starts, ends, Retry-After and strikes; the clock set back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { believable, type HostState, hostAfter, hostOf, IDLE_HOST, mayStartAt } from '../../../src/pipeline/queue/host';

const NOW = 1_800_000_000_000;

function hostAfterAll(...events: Parameters<typeof hostAfter>[1][]): HostState {
  return events.reduce(hostAfter, IDLE_HOST);
}

describe('hostOf', () => {
  it.each([
    ['https://img2.example.co.uk/a.jpg', 'example.co.uk'],
    ['https://a.b.c.example.com/', 'example.com'],
    ['https://someone.blogspot.com/x', 'blogspot.com'],
    ['https://93.184.216.34/x', '93.184.216.34'],
    ['https://images.example.test/x', 'example.test'],
  ])('%s belongs to %s', (address, host) => {
    expect(hostOf(address)).toBe(host);
  });
});

describe('a host', () => {
  it('lets two transfers run and keeps starts 125 to 375 ms apart', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), random => {
        const once = hostAfterAll({ kind: 'started', now: NOW, random });
        const wait = mayStartAt(once, NOW) - NOW;
        expect(wait).toBeGreaterThanOrEqual(125);
        expect(wait).toBeLessThanOrEqual(375);
        const twice = hostAfter(once, { kind: 'started', now: NOW + wait, random });
        expect(mayStartAt(twice, NOW + 10_000)).toBe(Number.POSITIVE_INFINITY);
        expect(mayStartAt(hostAfter(twice, { kind: 'ended', answered: true }), NOW + 10_000)).toBe(NOW + 10_000);
      }),
    );
  });

  it.each([
    [0, 1_000],
    [-5_000, 1_000],
    [30_000, 30_000],
    [9e15, 3_600_000],
  ])('that asks for %i ms rests for %i', (retryAfterMs, rest) => {
    const host = hostAfterAll({ kind: 'throttled', now: NOW, retryAfterMs });
    expect(mayStartAt(host, NOW) - NOW).toBe(rest);
  });

  it('rests 15 minutes after three refusals in a row, and again at the fourth', () => {
    const two = hostAfterAll({ kind: 'throttled', now: NOW }, { kind: 'throttled', now: NOW });
    expect(mayStartAt(two, NOW)).toBe(NOW);
    const three = hostAfter(two, { kind: 'throttled', now: NOW });
    expect(mayStartAt(three, NOW)).toBe(NOW + 900_000);
    const later = NOW + 900_000;
    expect(mayStartAt(hostAfter(three, { kind: 'throttled', now: later }), later)).toBe(later + 900_000);
    const mended = hostAfter(hostAfter(three, { kind: 'ended', answered: true }), { kind: 'throttled', now: later });
    expect(mayStartAt(mended, later)).toBe(later);
  });

  it('is not forgiven by a transfer nobody answered', () => {
    const host = hostAfterAll({ kind: 'throttled', now: NOW }, { kind: 'ended', answered: false });
    expect(host.strikes).toBe(1);
  });

  it('is not waited for when the clock was set back by years', () => {
    expect(believable(NOW, NOW - 1e12)).toBe(NOW - 1e12);
    expect(believable(NOW + 1_000, NOW)).toBe(NOW + 1_000);
  });
});
