// Reads one page for one harvest: what stands in it, what is added, what it fetches; more on demand, until it is stopped.
import type { HarvestProgress, HarvestStart } from '../../../contract/harvest';
import type { Phase } from '../../../contract/page-state';
import { engineFor } from '../../../engines';
import type { Engine } from '../../../engines/engine';
import type { AnswerIntake } from '../answers/answer-intake';
import { CandidateSender } from './candidate-sender';
import type { IdleWork } from './idle-work';
import { loadMore } from './load-more';
import { PageScan } from './page-scan';
import { engineAfter, genericEngine } from './results-address';
import { loadedQuery, staleScripts } from './stale-scripts';

export interface ReadingContext {
  page: Document;
  /** The page's document, read past named elements. */
  doc: Document;
  /** Of the page's answers. */
  nonce: string;
  /** Our own element in the page, which is not read. */
  own: Element;
  query: string;
  start: HarvestStart;
  work: IdleWork;
  /** Ends the reading for good. */
  signal: AbortSignal;
  /** Of the page's answers; it may be listening already. */
  intake: AnswerIntake;
  /** Called when something to be shown has changed. */
  changed: () => void;
  /** The background took what was sent. */
  answered: (progress: HarvestProgress) => void;
  failed: (error: unknown) => void;
}

export class Reading {
  phase: Phase = 'collecting';
  /** When something was last found or begun, by the page's clock in milliseconds. */
  changedAt = 0;
  readonly intake: AnswerIntake;
  /** Ends when the reading is stopped or the results are left. */
  private following = new AbortController();
  private loading: AbortController | undefined;
  private sender: CandidateSender | undefined;

  /** `scan`: what this page was already found to hold for the query. Some of it came in answers that will not come again. */
  constructor(
    private readonly context: ReadingContext,
    public scan: PageScan | undefined,
  ) {
    const { doc, nonce, start, intake, signal } = context;
    signal.addEventListener('abort', () => this.end());
    this.intake = intake;
    this.follow(start.everything ? genericEngine() : engineFor(new URL(location.href)));
    this.intake.listen(doc, nonce, signal);
  }

  get query(): string {
    return this.context.query;
  }

  /** Whether candidates are on their way. */
  get busy(): boolean {
    return this.sender?.busy ?? false;
  }

  stop(): void {
    this.phase = 'stopped';
    this.end();
    this.context.changed();
  }

  async loadMore(): Promise<void> {
    if (this.loading || this.context.signal.aborted || !this.resume()) return;
    const { scan, context } = this;
    if (!scan) return;
    this.loading = new AbortController();
    const signal = AbortSignal.any([this.loading.signal, this.following.signal]);
    this.phase = 'loading';
    context.changed();
    const { target } = context.start;
    try {
      this.phase = await loadMore({
        doc: context.doc,
        found: () => scan.collected.length,
        grown: () => scan.collected.length + scan.tally.tiles,
        // Pressed again after the target was reached, it goes on to the next one.
        target: (Math.floor(scan.collected.length / target) + 1) * target,
        signal,
      });
    } catch (error) {
      // Whoever aborted has set the phase.
      if (!signal.aborted) {
        this.phase = 'stopped';
        context.failed(error);
      }
    } finally {
      this.loading = undefined;
      context.changed();
    }
  }

  /** The page changed its address without a load: to more of the same results, away from them, or back. */
  addressChanged(before: URL): void {
    const { scan, context } = this;
    if (!scan || context.start.everything || context.signal.aborted || this.phase === 'stopped') return;
    const engine = engineAfter(before, new URL(location.href), context.query, scan.engine);
    if (engine === undefined) {
      this.phase = 'left';
      this.end();
    } else if (engine.id !== scan.engine.id || this.following.signal.aborted) {
      this.phase = 'collecting';
      this.follow(engine);
    } else scan.again();
  }

  private end(): void {
    this.loading?.abort();
    this.following.abort();
  }

  /** Follows the page again after a stop; false when it shows other results by now. */
  private resume(): boolean {
    const { scan, context } = this;
    if (!scan || !this.following.signal.aborted) return true;
    const now = new URL(location.href);
    const engine = context.start.everything ? scan.engine : engineAfter(now, now, context.query, scan.engine);
    if (engine) this.follow(engine);
    else this.phase = 'left';
    context.changed();
    return engine !== undefined;
  }

  private follow(engine: Engine): void {
    const { page, doc, own, query, work, start, signal, answered } = this.context;
    this.following.abort();
    this.following = new AbortController();
    this.changedAt = performance.now();
    if (this.scan?.engine.id !== engine.id) {
      const address = () => new URL(location.href);
      this.scan = new PageScan(page, engine, address, work, () => undefined);
      const stale = staleScripts(doc, loadedQuery(), query);
      if (stale) this.scan.leaveOut(stale);
      this.sender = undefined;
    }
    const { scan, intake } = this;
    scan.changed = () => this.found();
    this.sender ??= new CandidateSender(start.harvest.id, scan, signal, answered, start.seen);
    scan.follow(own, this.following.signal);
    intake.giveTo(scan);
    this.following.signal.addEventListener('abort', () => intake.giveTo(undefined));
  }

  private found(): void {
    this.changedAt = performance.now();
    this.context.changed();
    this.sender?.catchUp().catch(this.context.failed);
  }
}
