// What an HTTP status means for a download.
import type { JobOutcome } from '../../contract/job';
import { retryAfter } from './retry-after';

/** The outcome of an answer that is no success; undefined for 200 to 299. */
export function outcomeOfStatus(status: number, retryAfterHeader: string | null, now: number): JobOutcome | undefined {
  if (status >= 200 && status < 300) return undefined;
  const detail = `${status}`;
  switch (status) {
    case 401:
    case 403:
    case 451:
      return { kind: 'rejected', reason: 'forbidden', detail };
    case 404:
      return { kind: 'rejected', reason: 'not-found', detail };
    case 410:
      return { kind: 'rejected', reason: 'gone', detail };
    case 429:
    case 503: {
      const wait = retryAfter(retryAfterHeader, now);
      return { kind: 'retry', reason: 'throttled', detail, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
    }
    default:
      return { kind: status === 408 || status >= 500 ? 'retry' : 'rejected', reason: 'http-error', detail };
  }
}

/** Whether this says that an image is there, but not for someone who comes without a Referer. */
export function refusesStrangers(status: number): boolean {
  return status === 401 || status === 403;
}

/** Whether a Referer may turn this refusal around: some hosts say of what they refuse that it is not there. */
export function mayNeedReferer(status: number): boolean {
  return refusesStrangers(status) || status === 404;
}
