// The loop that works the queue off: reads what may start, starts it, waits for the next thing to happen.
import type { PauseReason } from '../../contract/harvest';
import type { Job } from '../../contract/job';
import { endAttempt, endFullHarvest, nothingQueued, type RestingHost, restingHosts } from '../../edges/store/queue';
import { isStorageFailure } from '../../edges/store/storage-failure';
import { type HostEvent, type HostState, hostAfter, IDLE_HOST, mayStartAt } from '../../pipeline/queue/host';
import { jobAfter } from '../../pipeline/queue/job';
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';
import { next } from '../../pipeline/queue/next';
import { Backlog } from './backlog';
import { DiskFloor } from './disk-floor';
import { type Attempt, type DownloadTools, download } from './download';
import type { PictureTaker } from './take-picture';

export interface PumpTools extends DownloadTools {
  paused(): Promise<PauseReason | undefined>;
  online(): boolean;
  /** Resolves at the time given, or earlier when something new may have to be done. */
  waitUntil(time: number): Promise<void>;
  /** Whether rows came, went or changed by another hand since this was asked last. */
  news(): boolean;
  /** Free bytes on the disk, as the browser tells; undefined when it does not. */
  freeBytes(): Promise<number | undefined>;
  /** Told after every attempt. */
  progressed(): void;
}

/** Why the loop ended. */
export type PumpEnd =
  | { kind: 'done' }
  | { kind: 'paused'; reason: PauseReason }
  /** Nothing can start before this time (ms since the epoch), and it is too far off to stay awake for. */
  | { kind: 'later'; at: number }
  /** The storage failed in a way that is not about space; the jobs stay as they are. */
  | { kind: 'failed'; error: unknown };

/** A rest of a host, in ms, from which on its jobs are not even read. */
const REST = 1_000;
/** Longest wait, in ms, that is worth keeping the background awake for. */
const PATIENCE = 20_000;
/** How soon to look again without a network, which announces its return anyway. */
const OFFLINE = 60_000;

/** Works the queue off until nothing is queued, or nothing can go on. One loop at a time: the caller holds the lock. */
export async function pump(taker: PictureTaker, tools: PumpTools, transfers?: number): Promise<PumpEnd> {
  return new Loop(taker, tools, transfers ?? QUEUE_LIMITS.transfers).run();
}

class Loop {
  private hosts = new Map<string, HostState>();
  private readonly running = new Map<string, Promise<void>>();
  /** The one under way that an earlier background may have died of. */
  private suspect: string | undefined;
  private end: PumpEnd | undefined;
  /** Attempts that have ended. */
  private endings = 0;
  /** Ends the wait for the next thing to happen. */
  private stir = () => {};
  private readonly backlog = new Backlog();
  private readonly disk: DiskFloor;

  constructor(
    private readonly taker: PictureTaker,
    private readonly tools: PumpTools,
    private readonly transfers: number,
  ) {
    this.disk = new DiskFloor(tools);
  }

  async run(): Promise<PumpEnd> {
    try {
      this.hosts = await restingHosts(this.tools.now());
      await this.taker.ready();
      while (!this.end) await this.step();
    } catch (error) {
      this.fail(error);
    }
    // What is under way is finished, so that its bytes were not fetched in vain.
    await Promise.all(this.running.values());
    // What cannot be written down now makes bystanders of pictures that are looked at again; no more.
    await this.taker.rest().catch(() => undefined);
    return this.end ?? { kind: 'done' };
  }

  private async step(): Promise<void> {
    const reason = await this.tools.paused();
    if (reason) {
      this.end = { kind: 'paused', reason };
      return;
    }
    if (!(await this.disk.hasRoom())) {
      this.end = { kind: 'paused', reason: 'storage-full' };
      return;
    }
    if (!this.tools.online()) {
      this.end = { kind: 'later', at: this.tools.now() + OFFLINE };
      return;
    }
    if (this.tools.news()) this.backlog.forget();
    const endings = this.endings;
    const { any, lookAt } = await this.startWhatMay();
    // What ended meanwhile may have made room on a host that was passed over: look again before waiting or ending.
    if (endings !== this.endings) return;
    if (this.running.size === 0) {
      if (!any) {
        // The backlog is only what was read of the queue.
        if (await nothingQueued()) this.end = { kind: 'done' };
        else this.backlog.forget();
        return;
      }
      if (lookAt - this.tools.now() > PATIENCE) this.end = { kind: 'later', at: lookAt };
      if (this.end) return;
    }
    await Promise.race([new Promise<void>(resolve => (this.stir = resolve)), this.tools.waitUntil(lookAt)]);
  }

  /** Starts jobs until the transfers are all in use or nothing more can start. */
  private async startWhatMay(): Promise<{ any: boolean; lookAt: number }> {
    for (;;) {
      const now = this.tools.now();
      const heads = this.backlog.heads().filter(job => this.mayBegin(job));
      const plan = next(this.hosts, heads, this.running.size, now, this.transfers);
      for (const job of plan.start) {
        if (!this.mayBegin(job)) continue;
        this.backlog.take([job]);
        this.begin(job);
      }
      // Only an end helps then: what is due has to wait, and waiting for a time that has passed would be no waiting.
      if (this.running.size >= this.transfers) return { any: true, lookAt: Number.POSITIVE_INFINITY };
      if (!(await this.backlog.readOn(now, this.running, host => this.restsUntil(host, now))))
        return {
          any: this.running.size > 0 || this.backlog.any,
          lookAt: Math.min(plan.lookAt, this.backlog.lookAt),
        };
    }
  }

  private restsUntil(host: string, now: number): number | undefined {
    const at = mayStartAt(this.hosts.get(host) ?? IDLE_HOST, now);
    return Number.isFinite(at) && at - now > REST ? at : undefined;
  }

  /** Suspects come one after the other: while one is looked at, another would be fetched in vain if the first is what kills. */
  private mayBegin({ id }: Job): boolean {
    return this.suspect === undefined || !this.taker.isSuspect({ jobId: id });
  }

  private begin(job: Job): void {
    if (this.taker.isSuspect({ jobId: job.id })) this.suspect = job.id;
    this.tell(job.host, { kind: 'started', now: this.tools.now(), random: this.tools.random() });
    const attempt = this.attempt(job)
      .catch(error => this.fail(error))
      .finally(() => {
        this.running.delete(job.id);
        if (this.suspect === job.id) this.suspect = undefined;
        this.backlog.end(job.id);
        this.endings++;
        this.stir();
        this.tools.progressed();
      });
    this.running.set(job.id, attempt);
  }

  private async attempt(job: Job): Promise<void> {
    const { id, host } = job;
    let attempt: Attempt | undefined;
    try {
      attempt = await download(job, this.taker, this.tools, bytes => this.disk.received(bytes));
    } finally {
      this.tell(host, eventOf(attempt, this.tools.now()));
    }
    if (attempt?.kind === 'no-permission') this.end ??= { kind: 'paused', reason: 'no-permission' };
    if (attempt?.kind !== 'ended') return;
    // A request that failed because the network is gone is no attempt.
    if (!attempt.answered && attempt.outcome.kind === 'retry' && !this.tools.online()) {
      this.backlog.expect(this.tools.now());
      return;
    }
    const { outcome } = attempt;
    const now = this.tools.now();
    const resting = outcome.kind === 'retry' && outcome.reason === 'throttled' ? this.resting(host) : undefined;
    const row = await endAttempt(id, job => jobAfter(job, outcome, now, this.tools.random()), resting);
    if (row?.state === 'queued') this.backlog.expect(row.notBefore);
    // What else of the harvest waits need not be fetched to learn the same.
    if (row?.reason === 'harvest-full' && (await endFullHarvest(row.harvestId)) > 0) this.backlog.forget();
  }

  private tell(host: string, event: HostEvent): void {
    this.hosts.set(host, hostAfter(this.hosts.get(host) ?? IDLE_HOST, event));
  }

  private resting(host: string): RestingHost {
    const { pausedUntil, strikes } = this.hosts.get(host) ?? IDLE_HOST;
    return { host, pausedUntil, strikes };
  }

  private fail(error: unknown): void {
    this.end ??= isStorageFailure(error) ? { kind: 'paused', reason: 'storage-full' } : { kind: 'failed', error };
  }
}

function eventOf(attempt: Attempt | undefined, now: number): HostEvent {
  if (attempt?.kind === 'ended' && attempt.outcome.kind === 'retry' && attempt.outcome.reason === 'throttled') {
    const { retryAfterMs } = attempt.outcome;
    return { kind: 'throttled', now, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const answered = attempt?.kind === 'stored' || (attempt?.kind === 'ended' && attempt.answered);
  return { kind: 'ended', answered };
}
