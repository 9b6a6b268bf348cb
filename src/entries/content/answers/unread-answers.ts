// Answers that came before their engine was known: a page that switches to its image tab may fetch first and change its
// address afterwards.
import { queryOf } from '../../../pipeline/harvest/query';
import type { SiteAnswer } from './answer-channel';

const KEPT = { answers: 20, characters: 10_000_000, ms: 10_000 };

export class UnreadAnswers {
  private kept: { answer: SiteAnswer; at: number }[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  keep(answer: SiteAnswer): void {
    this.kept.push({ answer, at: this.now() });
    let characters = this.kept.reduce((sum, { answer: { body } }) => sum + body.length, 0);
    while (this.kept.length > KEPT.answers || characters > KEPT.characters)
      characters -= this.kept.shift()?.answer.body.length ?? 0;
  }

  /** What was kept within the last ten seconds, in order; afterwards nothing is kept. */
  take(): SiteAnswer[] {
    const oldest = this.now() - KEPT.ms;
    const fresh = this.kept.filter(({ at }) => at >= oldest).map(({ answer }) => answer);
    this.kept = [];
    return fresh;
  }
}

/**
 * Whether an answer is of this search: by the page's address when it came, or, where a page changes its address only
 * afterwards, by the words in the address that was asked.
 */
export function isOfQuery({ url, page }: SiteAnswer, query: string): boolean {
  if (URL.canParse(page) && queryOf(new URL(page)) === query) return true;
  if (query === '' || !URL.canParse(url)) return false;
  const asked = new URL(url);
  return [...asked.searchParams.values()].some(value => value.includes(query)) || queryOf(asked) === query;
}
