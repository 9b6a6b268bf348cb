// Reads one results page: its document once, then what is added to it, and the answers the page fetches.
import { type Candidate, type Found, MAX_CANDIDATES } from '../../../contract/candidate';
import type { Engine } from '../../../engines/engine';
import { clean } from '../../../pipeline/harvest/clean';
import { PageTally } from '../../../pipeline/harvest/page-tally';
import { countBelow, plain } from '../unclobbered';
import { AddedNodes } from './added-nodes';
import type { IdleWork } from './idle-work';

/** A whole scan up to this long is simply repeated; on heavier pages only added nodes are read. */
const CHEAP_MS = 50;
/** Pages above this many elements are read in pieces from the start. */
const HEAVY_ELEMENTS = 60_000;
/** At least this long between whole scans, and twenty times as long as the last one took. */
const REST_MS = 400;
const ANSWERS_WAITING = 100;
/** Characters of one answer, and of all that wait. The observer sends no longer ones, but any script of the page can. */
const ANSWER_LENGTH = 5_000_000;
const CHARACTERS_WAITING = 20_000_000;
/** What engines read: a tile may get its address only when the pointer passes over it. */
const READ_ATTRIBUTES = ['href', 'src', 'srcset', 'data-src', 'm', 'data-state'];

export class PageScan {
  /** Cleaned, in the order found. Grows only. */
  readonly collected: Candidate[] = [];
  readonly tally = new PageTally();
  private readonly seen = new Set<string>();
  private readonly added = new AddedNodes();
  private answersWaiting = 0;
  private charactersWaiting = 0;
  private wholeTook = 0;
  private wholeAt = Number.NEGATIVE_INFINITY;
  private pending: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly doc: Document,
    readonly engine: Engine,
    private readonly url: () => URL,
    private readonly work: IdleWork,
    /** Called after each part that was read. */
    public changed: () => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Reads the document as it stands and follows what is added to it, but not below `own`, until the signal aborts. May be
   * called again after that.
   */
  follow(own: Element, signal: AbortSignal): void {
    this.stopped = false;
    if (countBelow(this.doc) > HEAVY_ELEMENTS) this.inPieces();
    else this.work.add(() => this.whole());
    const observer = new MutationObserver(records => this.note(records, own));
    observer.observe(this.doc, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: READ_ATTRIBUTES,
    });
    signal.addEventListener('abort', () => {
      this.stopped = true;
      observer.disconnect();
      clearTimeout(this.pending);
      this.added.clear();
    });
  }

  /** What this document holds is none of the results, though the page carries it still; to be told before `follow`. */
  leaveOut(stale: Document): void {
    this.work.steps(
      this.engine.steps(stale, this.url()),
      () => true,
      found => void clean(found, this.seen),
    );
  }

  /** Takes one answer of the page. Answers beyond the limit are dropped: a page cannot fill the memory with them. */
  answer(requestUrl: string, body: string): void {
    const { length } = body;
    const full =
      this.answersWaiting >= ANSWERS_WAITING ||
      length > ANSWER_LENGTH ||
      this.charactersWaiting + length > CHARACTERS_WAITING;
    if (this.engine.records === undefined || full || !URL.canParse(requestUrl)) return;
    this.answersWaiting++;
    this.charactersWaiting += length;
    this.work.add(() => {
      this.answersWaiting--;
      this.charactersWaiting -= length;
      if (this.stopped) return;
      const found = this.engine.records?.(body, new URL(requestUrl), this.url());
      if (found) this.take(found, 'answer');
    });
  }

  /** Reads the whole document now; for a page that switched tabs without a load. */
  again(): void {
    this.work.add(() => this.whole());
  }

  private note(records: MutationRecord[], own: Element): void {
    for (const record of records) {
      if (record.target instanceof Element && own.contains(record.target)) continue;
      if (record.type === 'attributes') {
        if (record.target instanceof Element) this.added.add(record.target);
      } else {
        for (const node of record.addedNodes) if (node instanceof Element && node !== own) this.added.add(node);
      }
    }
    if (this.added.size > 0) this.plan();
  }

  private plan(): void {
    if (this.pending !== undefined || this.stopped || this.isFull()) return;
    const cheap = this.wholeTook <= CHEAP_MS;
    const rest = cheap ? Math.max(0, this.wholeAt + Math.max(REST_MS, 20 * this.wholeTook) - this.now()) : REST_MS / 4;
    this.pending = setTimeout(() => {
      this.pending = undefined;
      this.work.add(() => (cheap ? this.whole() : this.piece()));
    }, rest);
  }

  /** A page that floods is not read beyond what may be taken from it. */
  private isFull(): boolean {
    return this.collected.length >= MAX_CANDIDATES;
  }

  private whole(): void {
    if (this.stopped) return;
    this.added.clear();
    this.read(this.doc, (found, took) => {
      this.wholeAt = this.now();
      this.wholeTook = took;
      this.take(found, 'whole');
    });
  }

  /** Reads a document to its end, in as many slices as that takes here. */
  private read(doc: Document, done: (found: Found, took: number) => void): void {
    this.work.steps(this.engine.steps(doc, this.url()), () => !this.stopped, done);
  }

  /** Reads the whole document in pieces, and from now on only what is added to it. */
  private inPieces(): void {
    this.wholeTook = Number.POSITIVE_INFINITY;
    this.added.add(plain(this.doc).documentElement);
    this.work.add(() => this.piece());
  }

  private piece(): void {
    if (this.stopped || this.isFull()) return;
    const piece = this.added.next(this.doc);
    if (piece) this.read(piece.nodes, found => this.take(found, 'part'));
    if (piece?.scripts) this.read(piece.scripts, found => this.take(found, 'answer'));
    if (this.added.size > 0) this.work.add(() => this.piece());
  }

  private take(found: Found, kind: 'whole' | 'part' | 'answer'): void {
    const cleaned = clean(found, this.seen);
    this.tally[kind](cleaned);
    for (const candidate of cleaned.candidates) this.collected.push(candidate);
    this.changed();
  }
}
