// How polite and how patient the downloads are: every figure of the queue in one place.

export const QUEUE_LIMITS = {
  /** Transfers at the same time, and of those to one registrable domain. */
  transfers: 6,
  transfersPerHost: 2,
  /** Milliseconds between two starts to one host, varied by ± `startJitter`. */
  startInterval: 250,
  startJitter: 0.5,
  /** One attempt and four retries. */
  attempts: 5,
  /** The n-th retry waits between half of and all of `backoff` · 2ⁿ ms, n from 0, at most `backoffMax`. */
  backoff: 2_000,
  backoffMax: 300_000,
  /** What a server may ask for with Retry-After, in ms; anything else is pulled into this range. */
  retryAfterMin: 1_000,
  retryAfterMax: 3_600_000,
  /** After so many 429 or 503 in a row the host rests for `parked` ms. */
  strikes: 3,
  parked: 900_000,
  /** Bytes one harvest may bring: 400 KB for each of the 5,000 candidates a page may offer. Trying again allows as many again. */
  harvestBytes: 2_000_000_000,
  /**
   * Free bytes below which the queue pauses, so that a page full of large images cannot fill the disk: the browser and the
   * rest of the computer need some as well.
   */
  freeBytes: 500_000_000,
  /** The browser is asked how much is free after so many bytes received, or so many ms. */
  freeAskedAfter: { bytes: 50_000_000, ms: 10_000 },
} as const;
