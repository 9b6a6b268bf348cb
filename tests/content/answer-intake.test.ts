// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.google.com/search?q=cats&udm=2" }
// What a page fetches while a harvest is being begun in it again is heard, and read as soon as there is a reader.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnswerIntake } from '../../src/entries/content/answers/answer-intake';
import type { PageScan } from '../../src/entries/content/reading/page-scan';

const NONCE = 'a'.repeat(32);

describe('the intake of a page’s answers', () => {
  let life: AbortController;
  let read: string[];
  beforeEach(() => {
    life = new AbortController();
    read = [];
  });
  afterEach(() => life.abort());

  const answer = (body: string) =>
    document.dispatchEvent(
      new CustomEvent(`${NONCE}!`, { detail: `https://www.google.com/more\n${location.href}\n${body}` }),
    );
  const scan = () =>
    ({ engine: { records: () => [] }, answer: (_url: string, body: string) => read.push(body) }) as unknown as PageScan;

  it('hears what comes before there is a reader, in order and once', () => {
    const intake = new AnswerIntake('cats', () => undefined);
    intake.listen(document, NONCE, life.signal);
    answer('first');
    answer('second');
    intake.giveTo(scan());
    intake.listen(document, NONCE, life.signal);
    answer('third');
    expect(read).toEqual(['first', 'second', 'third']);
  });

  it('hears nothing any more once its harvest has ended', () => {
    const intake = new AnswerIntake('cats', () => undefined);
    intake.listen(document, NONCE, life.signal);
    intake.giveTo(scan());
    life.abort();
    answer('late');
    expect(read).toEqual([]);
  });
});
