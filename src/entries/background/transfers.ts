// The downloads under way: each job's attempt from its start to the row it leaves.
import type { Job } from '../../contract/job';
import { endAttempt, endFullHarvest } from '../../edges/store/queue';
import type { HostEvent } from '../../pipeline/queue/host';
import { jobAfter } from '../../pipeline/queue/job';
import type { Backlog } from './backlog';
import type { DiskFloor } from './disk-floor';
import { type Attempt, download } from './download';
import type { HostStates } from './host-states';
import type { PumpEnd, PumpTools } from './pump-tools';
import type { ImageTaker } from './take-image';

export interface TransferContext {
  taker: ImageTaker;
  tools: PumpTools;
  hosts: HostStates;
  backlog: Backlog;
  disk: DiskFloor;
  /** Ends the loop for this reason, unless there is one already. */
  stop: (end: PumpEnd) => void;
  /** The loop ends for an error. */
  fail: (error: unknown) => void;
}

export class Transfers {
  private readonly running = new Map<string, Promise<void>>();
  /** The one under way that an earlier background may have died of. */
  private suspect: string | undefined;
  /** Ends the wait for the next end. */
  private stir = () => {};
  /** How many have ended. */
  ended = 0;

  constructor(private readonly context: TransferContext) {}

  get size(): number {
    return this.running.size;
  }

  has(jobId: string): boolean {
    return this.running.has(jobId);
  }

  /** Resolves when the next one ends. Only the latest caller is told. */
  nextEnd(): Promise<void> {
    return new Promise(resolve => (this.stir = resolve));
  }

  /** Resolves when all that are under way have ended. */
  async allEnded(): Promise<void> {
    await Promise.all(this.running.values());
  }

  /** Suspects come one after the other: while one is looked at, another would be fetched in vain if the first is what kills. */
  mayBegin({ id }: Job): boolean {
    return this.suspect === undefined || !this.context.taker.isSuspect({ jobId: id });
  }

  begin(job: Job): void {
    const { taker, tools, hosts, backlog, fail } = this.context;
    if (taker.isSuspect({ jobId: job.id })) this.suspect = job.id;
    hosts.tell(job.host, { kind: 'started', now: tools.now(), random: tools.random() });
    const attempt = this.attempt(job)
      .catch(fail)
      .finally(() => {
        this.running.delete(job.id);
        if (this.suspect === job.id) this.suspect = undefined;
        backlog.end(job.id);
        this.ended++;
        this.stir();
        tools.progressed();
      });
    this.running.set(job.id, attempt);
  }

  private async attempt(job: Job): Promise<void> {
    const { id, host } = job;
    const { taker, tools, hosts, backlog, disk, stop } = this.context;
    let attempt: Attempt | undefined;
    try {
      attempt = await download(job, taker, tools, bytes => disk.received(bytes));
    } finally {
      hosts.tell(host, eventOf(attempt, tools.now()));
    }
    if (attempt?.kind === 'no-permission') stop({ kind: 'paused', reason: 'no-permission' });
    if (attempt?.kind !== 'ended') return;
    // A request that failed because the network is gone is no attempt.
    if (!attempt.answered && attempt.outcome.kind === 'retry' && !tools.online()) {
      backlog.expect(tools.now());
      return;
    }
    const { outcome } = attempt;
    const now = tools.now();
    const resting = outcome.kind === 'retry' && outcome.reason === 'throttled' ? hosts.resting(host) : undefined;
    const row = await endAttempt(id, job => jobAfter(job, outcome, now, tools.random()), resting);
    if (row?.state === 'queued') backlog.expect(row.notBefore);
    // What else of the harvest waits need not be fetched to learn the same.
    if (row?.reason === 'harvest-full' && (await endFullHarvest(row.harvestId)) > 0) backlog.forget();
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
