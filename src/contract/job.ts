// One image to download: a row that outlives the background's death. "Running" is not a stored state.
import type { Candidate, Provenance } from './candidate';

/** The closed list of reasons a download can end with; each has a sentence in the messages file (`reason_<name>`). */
export const REASONS = [
  'not-found',
  'forbidden',
  'page-wanted',
  'gone',
  'http-error',
  'timeout-headers',
  'timeout-stalled',
  'timeout-total',
  'too-large',
  'too-many-pixels',
  'too-narrow',
  'too-many-frames',
  'too-small',
  'not-an-image',
  // The host sends this image for several of its addresses: it says "no" or "nothing here", and shows none of them.
  'placeholder',
  'type-refused',
  'undecodable',
  'empty',
  'private-address',
  'address-refused',
  'redirect-refused',
  'no-permission',
  'opted-out',
  'duplicate-of',
  'throttled',
  'network',
  'harvest-full',
  'cancelled',
  // Its harvest was undone, whatever had become of it by then; no failure, and nothing to retry.
  'undone',
] as const;
export type Reason = (typeof REASONS)[number];

export interface Job {
  /** `labelId + "\n" + address without fragment`: the same address twice under one label is one row. */
  id: string;
  labelId: string;
  harvestId: string;
  candidate: Candidate;
  /** Why the candidate's addresses before the one that is tried now gave nothing, in their order; missing at the first. */
  passed?: Passed[];
  /** What the host sent without being told the page was no image, or stood in for one: it is told at once, where it may be. */
  withPage?: true;
  provenance: Provenance;
  /** Registrable domain of the address that is tried now: the unit of politeness. */
  host: string;
  state: 'queued' | 'stored' | 'rejected';
  reason?: Reason;
  /** What belongs to the reason: an HTTP status, the label a duplicate sits under, the type found. */
  detail?: string;
  /** Attempts made so far at the address that is tried now; at most `QUEUE_LIMITS.attempts`. */
  attempts: number;
  /** Not before this time (ms since the epoch); survives restarts, so a back-off cannot be cut short by a kill. */
  notBefore: number;
  /** Content of the stored sample, or of the one this is a duplicate of. */
  sha256?: string;
  /** Of an undone harvest's: what it was, for the way back. */
  before?: Pick<Job, 'state' | 'reason' | 'detail'>;
}

/** How one address of a job ended. */
export interface Passed {
  reason: Reason;
  detail?: string;
}

/** What one attempt to download gave. `storage-full` is no job's fault: the queue pauses and the job stays queued. */
export type JobOutcome =
  | { kind: 'stored'; sha256: string }
  /** `withPage`: as in `Job`. */
  | { kind: 'rejected'; reason: Reason; detail?: string; sha256?: string; withPage?: true }
  | { kind: 'retry'; reason: Reason; detail?: string; retryAfterMs?: number }
  | { kind: 'storage-full' };
