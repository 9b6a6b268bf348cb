// Which jobs may start now, and when to look again.
import type { Job } from '../../contract/job';
import { believable, type HostState, IDLE_HOST, mayStartAt } from './host';
import { QUEUE_LIMITS } from './limits';

export interface Next {
  start: Job[];
  /** When a job that is not started now could be, in ms since the epoch; Infinity when only an end of a transfer helps. */
  checkAgainAt: number;
}

/**
 * Picks jobs from `waiting` (queued, none of them under way, in the order they should run) within the limits.
 * Retries stand in the same list, so nothing can run beside the limits.
 * @param hosts  what is known of hosts; a host not in the map is idle
 * @param inFlight  transfers under way in all
 * @param transfers  how many may run at once
 */
export function next(
  hosts: ReadonlyMap<string, HostState>,
  waiting: readonly Job[],
  inFlight: number,
  now: number,
  transfers: number = QUEUE_LIMITS.transfers,
): Next {
  const start: Job[] = [];
  // A start moves its host's next start, so one call never starts two jobs of one host.
  const begun = new Set<string>();
  let checkAgainAt = Number.POSITIVE_INFINITY;
  for (const job of waiting) {
    const host = hosts.get(job.host) ?? IDLE_HOST;
    const at = Math.max(mayStartAt(host, now), believable(job.notBefore, now));
    if (at > now) {
      checkAgainAt = Math.min(checkAgainAt, at);
    } else if (begun.has(job.host)) {
      // May be looked at again when its host's pause between starts is over, at the earliest.
      checkAgainAt = Math.min(checkAgainAt, now + QUEUE_LIMITS.startInterval * (1 - QUEUE_LIMITS.startJitter));
    } else if (inFlight + start.length < transfers) {
      start.push(job);
      begun.add(job.host);
    }
  }
  return { start, checkAgainAt };
}
