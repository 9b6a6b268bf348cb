// A job that takes a while: how far it is, how long it still takes, how it ended, and the way to stop it. Jobs are made at the
// top of modules, apart from the screens that show them, so that looking elsewhere does not end them.
import { type ReadonlySignal, signal } from '@preact/signals';
import { complain, wordsFor } from '../../parts/complain';
import { secondsLeft } from '../../workers/seconds-left';

/** How a job ended: well, with something missing, early because someone stopped it, or not at all. */
export interface Outcome {
  words: string;
  kind: 'good' | 'warn' | 'info' | 'bad';
}

/** How far a job is. `More` is what its screen shows besides. */
export type Running<More extends object = object> = {
  /** In any unit; both 0 while it cannot be told. */
  done: number;
  total: number;
  /** Missing until it can be told honestly. */
  secondsLeft?: number;
  /** It was told to stop and is coming to its end. */
  stopping: boolean;
} & More;

/** What a job says of itself on its way; `secondsLeft` only where it knows better than by its pace. */
export type Tell<More extends object = object> = (
  progress: { done?: number; total?: number; secondsLeft?: number | undefined } & Partial<More>,
) => void;

/** Rejects with the signal's reason once it is aborted; resolves with an outcome that is worth saying. */
export type Work<More extends object = object> = (
  tell: Tell<More>,
  signal: AbortSignal,
) => Promise<Outcome | undefined>;

/** Share of the work by which the speed of the rest can be told from its beginning. */
const TELLING_SHARE = 0.02;
/** How long stopped work may take to end by itself, in ms, before it is left to end unseen. */
const PATIENCE = 700;

/** Tasks that run on this page now, but for those that others need not wait for. */
export const runningTasks = signal(0);

export class Task<More extends object = object> {
  private readonly state = signal<Running<More>>();
  private readonly end = signal<Outcome>();
  private controller: AbortController | undefined;
  private watchers = 0;

  /**
   * @param keeps  whether a stop keeps what was done by then, which its end tells of: such work is waited for, and `stopping`
   * says so meanwhile; other work is let go
   * @param beside  goes on beside others, which need not wait for it
   * @param cancelled  the words for one that was stopped
   */
  constructor(private readonly options: { keeps?: boolean; beside?: boolean; cancelled?: () => string } = {}) {}

  /** Undefined while nothing runs. */
  get running(): ReadonlySignal<Running<More> | undefined> {
    return this.state;
  }

  /** How the last run ended, until the next begins. */
  get outcome(): ReadonlySignal<Outcome | undefined> {
    return this.end;
  }

  /** Stops what runs; answers at once, with its end or with `stopping`. */
  cancel(): void {
    if (!this.state.value || !this.controller) return;
    this.state.value = { ...this.state.value, stopping: true };
    this.controller.abort();
  }

  /** Forgets how the last run ended: it was read. */
  dismiss(): void {
    this.end.value = undefined;
  }

  /** Somebody shows how it ends, so that a failure need not be said elsewhere; returns the way to stop. */
  watch(): () => void {
    this.watchers++;
    return () => void this.watchers--;
  }

  /**
   * Runs it; one that runs already is stopped, and this one takes its place. How it ends is its outcome. A failure is said where
   * the outcome is shown, and at the foot of the page where nobody shows it.
   */
  async run(begin: More, work: Work<More>): Promise<void> {
    try {
      await this.runOrReject(begin, work);
    } catch (error) {
      if (this.watchers > 0) this.end.value = { kind: 'bad', words: wordsFor(error) };
      else complain(error);
    }
  }

  /** As `run`, for a caller who has to know: rejects with what the work rejects with, but for one that was stopped. */
  async runOrReject(begin: More, work: Work<More>): Promise<Outcome | undefined> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    const mine = () => this.controller === controller;
    this.end.value = undefined;
    let said = { ...begin, done: 0, total: 0 };
    const show = (left: number | undefined) => {
      const stopping = controller.signal.aborted;
      this.state.value = { ...said, stopping, ...(left === undefined ? {} : { secondsLeft: left }) };
    };
    show(undefined);
    const weight = this.options.beside ? 0 : 1;
    runningTasks.value += weight;
    const pace = new TaskPace();
    const tell: Tell<More> = ({ secondsLeft: known, ...progress }) => {
      if (!mine()) return;
      said = { ...said, ...progress };
      show(known ?? pace.left(said.done, said.total));
    };
    try {
      const ended = work(tell, controller.signal);
      const outcome = await (this.options.keeps ? ended : unlessStopped(ended, controller.signal));
      if (mine()) this.end.value = outcome;
      return outcome;
    } catch (error) {
      if (!controller.signal.aborted) throw error;
      const words = this.options.cancelled?.();
      const outcome: Outcome | undefined = words === undefined ? undefined : { kind: 'info', words };
      if (mine()) this.end.value = outcome;
      return outcome;
    } finally {
      runningTasks.value -= weight;
      if (mine()) {
        this.controller = undefined;
        this.state.value = undefined;
      }
    }
  }
}

/** Rejects with the signal's reason when the work does not end by itself soon after it. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    const stopped = () => void setTimeout(() => reject(signal.reason), PATIENCE);
    signal.addEventListener('abort', stopped, { once: true });
  });
}

/** The time left by how it went so far; a new total, as of another part of the work, begins anew. */
class TaskPace {
  private first: { done: number; total: number; at: number } | undefined;

  left(done: number, total: number): number | undefined {
    const now = performance.now();
    if (this.first?.total !== total) this.first = { done, total, at: now };
    const { done: before, at } = this.first;
    const telling = total > 0 && done < total && done - before > TELLING_SHARE * (total - before);
    return telling ? secondsLeft(done - before, total - done, now - at) : undefined;
  }
}
