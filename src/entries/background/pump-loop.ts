// The loop that works the queue off: reads what may start, starts it, waits for the next thing to happen.
import { nothingQueued } from '../../edges/store/queue';
import { isStorageFailure } from '../../edges/store/storage-failure';
import { QUEUE_LIMITS } from '../../pipeline/queue/limits';
import { next } from '../../pipeline/queue/next';
import { Backlog } from './backlog';
import { DiskFloor } from './disk-floor';
import { HostStates } from './host-states';
import type { PumpEnd, PumpTools } from './pump-tools';
import type { ImageTaker } from './take-image';
import { Transfers } from './transfers';

/** Longest wait, in ms, that is worth keeping the background awake for. */
const PATIENCE = 20_000;
/** How soon to look again without a network, which announces its return anyway. */
const OFFLINE = 60_000;

/** Works the queue off until nothing is queued, or nothing can go on. One loop at a time: the caller holds the lock. */
export async function pump(taker: ImageTaker, tools: PumpTools, transfers?: number): Promise<PumpEnd> {
  return new Loop(taker, tools, transfers ?? QUEUE_LIMITS.transfers).run();
}

class Loop {
  private end: PumpEnd | undefined;
  private readonly hosts = new HostStates();
  private readonly backlog = new Backlog();
  private readonly disk: DiskFloor;
  private readonly running: Transfers;

  constructor(
    private readonly taker: ImageTaker,
    private readonly tools: PumpTools,
    private readonly transfers: number,
  ) {
    this.disk = new DiskFloor(tools);
    const { hosts, backlog, disk } = this;
    const stop = (end: PumpEnd) => (this.end ??= end);
    this.running = new Transfers({ taker, tools, hosts, backlog, disk, stop, fail: error => this.fail(error) });
  }

  async run(): Promise<PumpEnd> {
    try {
      await this.hosts.load(this.tools.now());
      await this.taker.ready();
      while (!this.end) await this.step();
    } catch (error) {
      this.fail(error);
    }
    // What is under way is finished, so that its bytes were not fetched in vain.
    await this.running.allEnded();
    // What cannot be written down now makes bystanders of images that are looked at again; no more.
    await this.taker.rest().catch(() => undefined);
    return this.end ?? { kind: 'done' };
  }

  private async step(): Promise<void> {
    this.end ??= await this.hindrance();
    if (this.end) return;
    if (this.tools.news()) this.backlog.forget();
    const { ended } = this.running;
    const { any, checkAgainAt } = await this.startWhatMay();
    // What ended meanwhile may have made room on a host that was passed over: look again before waiting or ending.
    if (ended !== this.running.ended) return;
    if (this.running.size === 0) {
      if (!any) {
        // The backlog is only what was read of the queue.
        if (await nothingQueued()) this.end = { kind: 'done' };
        else this.backlog.forget();
        return;
      }
      if (checkAgainAt - this.tools.now() > PATIENCE) this.end = { kind: 'later', at: checkAgainAt };
      if (this.end) return;
    }
    await Promise.race([this.running.nextEnd(), this.tools.waitUntil(checkAgainAt)]);
  }

  /** Why nothing may start now, whatever is queued. */
  private async hindrance(): Promise<PumpEnd | undefined> {
    const reason = await this.tools.paused();
    if (reason) return { kind: 'paused', reason };
    if (!(await this.disk.hasRoom())) return { kind: 'paused', reason: 'storage-full' };
    return this.tools.online() ? undefined : { kind: 'later', at: this.tools.now() + OFFLINE };
  }

  /** Starts jobs until the transfers are all in use or nothing more can start. */
  private async startWhatMay(): Promise<{ any: boolean; checkAgainAt: number }> {
    const { hosts, backlog, running, transfers } = this;
    for (;;) {
      const now = this.tools.now();
      const heads = backlog.heads().filter(job => running.mayBegin(job));
      const plan = next(hosts.all, heads, running.size, now, transfers);
      for (const job of plan.start) {
        if (!running.mayBegin(job)) continue;
        backlog.take([job]);
        running.begin(job);
      }
      // Only an end helps then: what is due has to wait, and waiting for a time that has passed would be no waiting.
      if (running.size >= transfers) return { any: true, checkAgainAt: Number.POSITIVE_INFINITY };
      if (!(await backlog.readOn(now, running, host => hosts.restsUntil(host, now))))
        return {
          any: running.size > 0 || backlog.any,
          checkAgainAt: Math.min(plan.checkAgainAt, backlog.checkAgainAt),
        };
    }
  }

  private fail(error: unknown): void {
    this.end ??= isStorageFailure(error) ? { kind: 'paused', reason: 'storage-full' } : { kind: 'failed', error };
  }
}
