// What servers say beside the bytes: statuses, Retry-After, X-Robots-Tag.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optedOut } from '../../../src/pipeline/download/opt-out';
import { retryAfter } from '../../../src/pipeline/download/retry-after';
import { outcomeOfStatus } from '../../../src/pipeline/download/status';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('optedOut', () => {
  it.each([
    ['noai', true],
    ['noimageai', true],
    ['NoAI', true],
    ['noindex, noai', true],
    ['noindex,noimageai , nofollow', true],
    ['gleaner: noai', true],
    ['Gleaner: noindex, noai', true],
    // Two headers joined by fetch: the second one is for everybody.
    ['otherbot: noindex, noai', true],
    ['otherbot: noai', false],
    ['otherbot: noai, otherbot: noimageai', false],
    ['noindex', false],
    ['noaiplease', false],
    ['unavailable_after: 25 Jun 2030 15:00:00 PST', false],
    ['', false],
    [null, false],
  ])('%s → %s', (header, expected) => {
    expect(optedOut(header)).toBe(expected);
  });
});

describe('retryAfter', () => {
  it.each([
    ['120', 120_000],
    [' 5 ', 5_000],
    ['-3', 0],
    ['1e9', undefined],
    ['99999999999', 99_999_999_999_000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 12:01:00 GMT', 60_000],
    ['Mon, 23 Nov 2020 12:00:30 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s → %s ms', (header, expected) => {
    expect(retryAfter(header, NOW)).toBe(expected);
  });

  it('never throws and never goes back in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(retryAfter(text, NOW) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('outcomeOfStatus', () => {
  it.each([
    [200, undefined],
    [206, undefined],
    [304, { kind: 'rejected', reason: 'http-error', detail: '304' }],
    [400, { kind: 'rejected', reason: 'http-error', detail: '400' }],
    [401, { kind: 'rejected', reason: 'forbidden', detail: '401' }],
    [403, { kind: 'rejected', reason: 'forbidden', detail: '403' }],
    [404, { kind: 'rejected', reason: 'not-found', detail: '404' }],
    [408, { kind: 'retry', reason: 'http-error', detail: '408' }],
    [410, { kind: 'rejected', reason: 'gone', detail: '410' }],
    [429, { kind: 'retry', reason: 'throttled', detail: '429', retryAfterMs: 7_000 }],
    [451, { kind: 'rejected', reason: 'forbidden', detail: '451' }],
    [500, { kind: 'retry', reason: 'http-error', detail: '500' }],
    [503, { kind: 'retry', reason: 'throttled', detail: '503', retryAfterMs: 7_000 }],
  ])('%i → %o', (status, expected) => {
    expect(outcomeOfStatus(status, '7', NOW)).toEqual(expected);
  });
});
