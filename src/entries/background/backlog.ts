// The part of the queue the pump has read. It reads on as jobs are used up, so that most starts cost no reading at all.
import type { Job } from '../../contract/job';
import { waitingHosts, waitingOf } from '../../edges/store/queue';
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';

/** Hosts read in one go, and jobs of each: its transfers under way, which come first, and some that wait their turn. */
const HOSTS = 48;
const JOBS_PER_HOST = QUEUE_LIMITS.transfersPerHost + 30;
/** A host of which so few are left is read again with the next that is: reading waits for writes that are under way. */
const FEW = 8;

export class Backlog {
  /** Jobs that were read and not taken, of each host in the order they should run. */
  private readonly jobs = new Map<string, Job[]>();
  /** When a host that was passed over, or a job that is to be tried again, may be looked at; ms since the epoch. */
  checkAgainAt = Number.POSITIVE_INFINITY;
  /** Whether hosts were passed over that have jobs. */
  private passed = false;
  /** The host up to which the queue was read; undefined when its end was reached. */
  private after: string | undefined = '';
  /** Hosts with more jobs than were read; `hungry` when one of them has none left here. */
  private readonly more = new Set<string>();
  private hungry = false;
  /** Jobs that ended since the last reading began: it may still have seen them queued. */
  private readonly ended = new Set<string>();

  /** Whether any job is known that has not begun. */
  get any(): boolean {
    return this.jobs.size > 0 || this.passed;
  }

  /** The first job of each host: no other can be next. */
  heads(): Job[] {
    return [...this.jobs.values()].flatMap(jobs => jobs.slice(0, 1));
  }

  /** Rows came, went or changed: everything is read anew. */
  forget(): void {
    this.jobs.clear();
    this.checkAgainAt = Number.POSITIVE_INFINITY;
    this.passed = false;
    this.after = '';
    this.more.clear();
    this.hungry = false;
  }

  /** A job is to be looked at again. */
  expect(at: number): void {
    this.checkAgainAt = Math.min(this.checkAgainAt, at);
  }

  end(id: string): void {
    this.ended.add(id);
  }

  /** Heads that begin leave the backlog. */
  take(begun: readonly Job[]): void {
    for (const { host } of begun) {
      const left = this.jobs.get(host)?.slice(1) ?? [];
      if (left.length > 0) {
        this.jobs.set(host, left);
        continue;
      }
      this.jobs.delete(host);
      if (this.more.has(host)) this.hungry = true;
    }
  }

  /**
   * Reads some more; false when there is nothing more to read now.
   * @param running  ids of jobs under way, whose rows still stand in the queue
   * @param restsUntil  time before which a host can start nothing, when that is worth passing it over
   */
  async readOn(
    now: number,
    running: { has(id: string): boolean },
    restsUntil: (host: string) => number | undefined,
  ): Promise<boolean> {
    if (now >= this.checkAgainAt) this.forget();
    this.ended.clear();
    if (this.hungry) {
      this.hungry = false;
      const low = [...this.more].filter(host => (this.jobs.get(host)?.length ?? 0) <= FEW);
      for (const [host, jobs] of await waitingOf(low, JOBS_PER_HOST)) this.add(host, jobs, running);
      return true;
    }
    if (this.after === undefined) return false;
    const page = await waitingHosts(this.after, HOSTS, JOBS_PER_HOST, (host, notBefore) => {
      const until = Math.max(restsUntil(host) ?? 0, notBefore > now ? notBefore : 0);
      if (until <= now) return false;
      this.passed = true;
      this.expect(until);
      return true;
    });
    for (const [host, jobs] of page.jobs) this.add(host, jobs, running);
    this.after = page.last;
    return true;
  }

  private add(host: string, jobs: Job[], running: { has(id: string): boolean }): void {
    if (jobs.length === JOBS_PER_HOST) this.more.add(host);
    else this.more.delete(host);
    const fresh = jobs.filter(job => !running.has(job.id) && !this.ended.has(job.id));
    if (fresh.length > 0) this.jobs.set(host, fresh);
    else this.jobs.delete(host);
  }
}
