// One job of the queue: how it begins, and what it becomes after an attempt.
import type { Candidate } from '../../contract/candidate';
import type { Harvest } from '../../contract/harvest';
import type { Job, Outcome } from '../../contract/job';
import { hostOf } from './host';
import { QUEUE_LIMITS } from './limits';

/** `labelId + "\n" + address without fragment`. Throws a TypeError for what is no address. */
export function jobId(labelId: string, address: string): string {
  const url = new URL(address);
  url.hash = '';
  return `${labelId}\n${url.href}`;
}

/**
 * A fresh job. `rank` is the candidate's place in the harvest: a thousandth of a millisecond for each keeps the order of
 * the page, because the queue is read by `notBefore`.
 */
export function newJob(harvest: Harvest, candidate: Candidate, now: number, rank: number): Job {
  return {
    id: jobId(harvest.labelId, candidate.url),
    labelId: harvest.labelId,
    harvestId: harvest.id,
    candidate,
    provenance: { engine: harvest.engine, query: harvest.query, pageUrl: harvest.pageUrl, harvestedAt: now },
    host: hostOf(candidate.url),
    state: 'queued',
    attempts: 0,
    notBefore: now + rank / 1000,
  };
}

/** The job after an attempt. `random` is uniform in [0, 1). A full disk is not the job's fault and leaves it as it was. */
export function jobAfter(job: Job, outcome: Outcome, now: number, random: number): Job {
  const { reason: _reason, detail: _detail, ...rest } = job;
  switch (outcome.kind) {
    case 'stored':
      return { ...rest, state: 'stored', attempts: job.attempts + 1, sha256: outcome.sha256 };
    case 'rejected':
      return {
        ...rest,
        state: 'rejected',
        attempts: job.attempts + 1,
        ...reasonOf(outcome),
        ...(outcome.sha256 === undefined ? {} : { sha256: outcome.sha256 }),
      };
    case 'storage-full':
      return job;
    case 'retry': {
      const attempts = job.attempts + 1;
      if (attempts >= QUEUE_LIMITS.attempts) return { ...rest, state: 'rejected', attempts, ...reasonOf(outcome) };
      return { ...rest, state: 'queued', attempts, notBefore: now + backoff(attempts - 1, random) };
    }
  }
}

/** A rejected or cancelled job put back into the queue with all its attempts. */
export function requeued(job: Job, now: number): Job {
  const { reason: _reason, detail: _detail, sha256: _sha256, before: _before, ...rest } = job;
  return { ...rest, state: 'queued', attempts: 0, notBefore: now };
}

/** The job once its harvest is undone: it knows what it was, and its address may be collected again. */
export function undone({ reason, detail, before: _before, ...rest }: Job): Job {
  const before = { state: rest.state, ...(reason && { reason }), ...(detail !== undefined && { detail }) };
  return { ...rest, state: 'rejected', reason: 'undone', before };
}

/** The job of a harvest that is there again. */
export function asBefore({ before, reason: _reason, detail: _detail, ...rest }: Job): Job {
  return { ...rest, ...(before ?? { state: 'queued' }) };
}

/** Whether nobody holds on to the address any more: collected again, it counts as new. */
export function isGivenUp({ reason }: Job): boolean {
  return reason === 'cancelled' || reason === 'undone';
}

/**
 * "Equal jitter": uniform in [d/2, d), d = min(5 min, 2 s · 2ⁿ), n = retries made so far. In ms. Never less than a second,
 * because Chrome itself refuses an extension's request that follows soon after answers of 5xx from the same address, and
 * an attempt would be spent on nothing: https://www.chromium.org/throttling/
 */
export function backoff(retries: number, random: number): number {
  const most = Math.min(QUEUE_LIMITS.backoffMax, QUEUE_LIMITS.backoff * 2 ** retries);
  return (most * (1 + random)) / 2;
}

function reasonOf({ reason, detail }: { reason: Job['reason']; detail?: string }): Pick<Job, 'reason' | 'detail'> {
  return detail === undefined ? { reason } : { reason, detail };
}
