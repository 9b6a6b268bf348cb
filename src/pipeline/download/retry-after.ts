// The Retry-After header: seconds or a date (RFC 9110, 10.2.3).

/** Characters of the longest date, with room. */
const LONGEST = 100;

/** Milliseconds the server asks to wait; undefined when it says nothing that can be read. Clamping is the queue's. */
export function retryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (text.length > LONGEST) return undefined;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return Math.max(0, Number(text) * 1000);
  // Date.parse takes many a text for a date; a HTTP date begins with the day's name and ends in GMT.
  if (!/^[A-Z][a-z]+,? .*GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
