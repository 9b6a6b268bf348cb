// Takes the page's answers in: those of this search go to the scan that reads them, or wait until there is one.

import type { PageScan } from '../reading/page-scan';
import { hearAnswers, type SiteAnswer } from './answer-channel';
import { isOfQuery, UnreadAnswers } from './unread-answers';

export class AnswerIntake {
  /** Whether the page fetched its first results before they could be heard. */
  late = false;
  private listening = false;
  private readonly unread = new UnreadAnswers();
  private reader: PageScan | undefined;

  /** `beforeAnswer` is called before each answer: the page may have changed its address with it. */
  constructor(
    private readonly query: string,
    private readonly beforeAnswer: () => void,
  ) {}

  /** Begins with what waited in the page's world, so a reader should be there before. Listens once, however often it is told. */
  listen(doc: Document, nonce: string, signal: AbortSignal): void {
    if (this.listening) return;
    this.listening = true;
    this.late = !hearAnswers(doc, nonce, answer => this.heard(answer), signal);
  }

  /** From now on the scan reads them, those that wait first; without one, or with one that reads none, they wait. */
  giveTo(scan: PageScan | undefined): void {
    this.reader = scan?.engine.records ? scan : undefined;
    if (this.reader) for (const { url, body } of this.unread.take()) this.reader.answer(url, body);
  }

  private heard(answer: SiteAnswer): void {
    this.beforeAnswer();
    if (!isOfQuery(answer, this.query)) return;
    if (this.reader) this.reader.answer(answer.url, answer.body);
    else this.unread.keep(answer);
  }
}
