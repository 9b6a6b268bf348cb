// The limits hold over whole simulated queues: any hosts, any durations, any failures.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/contract/job';
import { type HostState, hostAfter, IDLE_HOST } from '../../../src/pipeline/queue/host';
import { jobAfter } from '../../../src/pipeline/queue/job';
import { next } from '../../../src/pipeline/queue/next';

function jobOf(host: string, n: number): Job {
  return {
    id: `l\nhttps://${host}/${n}`,
    labelId: 'l',
    harvestId: 'h',
    candidate: { url: `https://${host}/${n}` },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    host,
    state: 'queued',
    attempts: 0,
    notBefore: n / 1000,
  };
}

describe('next', () => {
  it('keeps to six transfers and two per host, and works everything off, retries included', () => {
    const end = fc.record({
      ms: fc.integer({ min: 1, max: 5_000 }),
      kind: fc.constantFrom('stored' as const, 'stored' as const, 'retry' as const, 'throttled' as const),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 }),
        fc.infiniteStream(end),
        (hostsOfJobs, ends) => simulate(hostsOfJobs, ends),
      ),
      { numRuns: 200 },
    );
  });

  it('says when the earliest waiting job may start', () => {
    const hosts = new Map<string, HostState>([['a', { ...IDLE_HOST, pausedUntil: 9_000 }]]);
    const late = { ...jobOf('b', 1), notBefore: 7_000 };
    expect(next(hosts, [jobOf('a', 1), late], 0, 5_000)).toEqual({ start: [], checkAgainAt: 7_000 });
  });
});

interface End {
  ms: number;
  kind: 'stored' | 'retry' | 'throttled';
  random: number;
}

function simulate(hostsOfJobs: number[], ends: Stream<End>): void {
  let queue = hostsOfJobs.map((host, n) => jobOf(`h${host}`, n));
  const hosts = new Map<string, HostState>();
  let running: { job: Job; at: number; end: End }[] = [];
  let now = 1_000;
  const tell = (host: string, event: Parameters<typeof hostAfter>[1]) =>
    hosts.set(host, hostAfter(hosts.get(host) ?? IDLE_HOST, event));
  for (let steps = 0; queue.length > 0 || running.length > 0; steps++) {
    expect(steps).toBeLessThan(20_000);
    const waiting = queue.filter(job => !running.some(other => other.job.id === job.id));
    const plan = next(hosts, waiting, running.length, now);
    for (const job of plan.start) {
      expect(job.notBefore).toBeLessThanOrEqual(now);
      expect(hosts.get(job.host)?.pausedUntil ?? 0).toBeLessThanOrEqual(now);
      const end = ends.next().value as End;
      tell(job.host, { kind: 'started', now, random: end.random });
      running.push({ job, at: now + end.ms, end });
    }
    expect(running.length).toBeLessThanOrEqual(6);
    for (const { job } of running)
      expect(running.filter(other => other.job.host === job.host).length).toBeLessThanOrEqual(2);
    now = Math.min(plan.checkAgainAt, ...running.map(({ at }) => at));
    expect(now).toBeLessThan(Number.POSITIVE_INFINITY);
    for (const { job, end } of running.filter(({ at }) => at <= now)) {
      const throttled = end.kind === 'throttled';
      tell(job.host, throttled ? { kind: 'throttled', now, retryAfterMs: 2_000 } : { kind: 'ended', answered: true });
      const outcome =
        end.kind === 'stored'
          ? ({ kind: 'stored', sha256: 'x' } as const)
          : ({ kind: 'retry', reason: throttled ? 'throttled' : 'network' } as const);
      const after = jobAfter(job, outcome, now, end.random);
      queue = queue.flatMap(row => (row.id !== job.id ? row : after.state === 'queued' ? after : []));
    }
    running = running.filter(({ at }) => at > now);
  }
}

type Stream<T> = { next(): { value: T } | IteratorResult<T> };
