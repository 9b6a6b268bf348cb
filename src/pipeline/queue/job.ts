// One job of the queue: how it begins, and what it becomes after an attempt.
import type { Candidate } from '../../contract/candidate';
import type { Harvest } from '../../contract/harvest';
import type { Job, JobOutcome, Passed, Reason } from '../../contract/job';
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

/** The address that is tried now: the candidate's own, or the next of its alternatives. */
export function addressOf({ candidate, passed }: Pick<Job, 'candidate' | 'passed'>): string {
  return candidate.alternatives?.[(passed?.length ?? 0) - 1] ?? candidate.url;
}

/** Reasons that are not about the address: another one of the same image would end no better, or must not be tried. */
const OF_THE_IMAGE = new Set<Reason>([
  'duplicate-of',
  'opted-out',
  'no-permission',
  'harvest-full',
  'cancelled',
  'undone',
]);

/**
 * The job after an attempt. When an address gives no image, the candidate's next one is tried, with attempts of its own.
 * `random` is uniform in [0, 1). A full disk is not the job's fault and leaves it as it was.
 */
export function jobAfter(job: Job, outcome: JobOutcome, now: number, random: number): Job {
  const { reason: _reason, detail: _detail, withPage: _withPage, ...rest } = job;
  switch (outcome.kind) {
    case 'stored':
      return { ...rest, state: 'stored', attempts: job.attempts + 1, sha256: outcome.sha256 };
    case 'rejected':
      return atNextAddress(rest, outcome, now) ?? rejected(rest, outcome, job.attempts + 1);
    case 'storage-full':
      return job;
    case 'retry': {
      const attempts = job.attempts + 1;
      if (attempts >= QUEUE_LIMITS.attempts)
        return atNextAddress(rest, outcome, now) ?? rejected(rest, outcome, attempts);
      return {
        ...rest,
        ...(job.withPage && { withPage: job.withPage }),
        state: 'queued',
        attempts,
        notBefore: now + backoff(attempts - 1, random),
      };
    }
  }
}

/**
 * A job whose image turned out to stand in for something else.
 * @param tell  whether its host may be told the page now, or once the user is asked, or not
 */
export function stoodIn(job: Job, tell: 'now' | 'asked' | 'no', now: number): Job {
  const { sha256: _sha256, reason: _reason, detail: _detail, ...rest } = job;
  if (tell === 'now' && !job.withPage) return { ...rest, state: 'queued', attempts: 0, notBefore: now, withPage: true };
  const wanted = { kind: 'rejected', reason: 'page-wanted', withPage: true } as const;
  return jobAfter(rest, tell === 'asked' ? wanted : { kind: 'rejected', reason: 'placeholder' }, now, 0);
}

/** The job at its candidate's next address, as that address's first attempt; undefined where there is none to be tried. */
function atNextAddress(job: Job, outcome: Ended, now: number): Job | undefined {
  const passed = [...(job.passed ?? []), reasonOf(outcome)];
  if (OF_THE_IMAGE.has(outcome.reason) || passed.length > (job.candidate.alternatives?.length ?? 0)) return undefined;
  const next = { ...job, passed };
  return { ...next, host: hostOf(addressOf(next)), state: 'queued', attempts: 0, notBefore: now };
}

/**
 * The job once nothing is left to be tried. Of several addresses the first one's reason is told, for that is the image the
 * page names; but where a host wanted to be told the page, that would mend it.
 */
function rejected(job: Job, outcome: Ended, attempts: number): Job {
  const ends = OF_THE_IMAGE.has(outcome.reason) ? [outcome] : [...(job.passed ?? []), outcome];
  const told = ends.find(({ reason }) => reason === 'page-wanted') ?? ends[0] ?? outcome;
  return {
    ...job,
    state: 'rejected',
    attempts,
    ...reasonOf(told),
    ...(outcome.sha256 === undefined ? {} : { sha256: outcome.sha256 }),
    ...(outcome.withPage && { withPage: outcome.withPage }),
  };
}

/** A rejected or cancelled job put back into the queue with all its addresses and attempts. */
export function requeued(job: Job, now: number): Job {
  const { reason: _reason, detail: _detail, sha256: _sha256, before: _before, passed: _passed, ...rest } = job;
  return { ...rest, host: hostOf(job.candidate.url), state: 'queued', attempts: 0, notBefore: now };
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

type Ended = Passed & { sha256?: string; withPage?: true };

function reasonOf({ reason, detail }: Passed): Passed {
  return detail === undefined ? { reason } : { reason, detail };
}
