// Answers that come before their page shows results: kept for a while, and only those of the same search.
import { describe, expect, it } from 'vitest';
import { isOfQuery, UnreadAnswers } from '../../src/entries/content/answers/unread-answers';

const answer = (body: string, url = 'https://s.test/i.js?q=cats', page = 'https://s.test/?q=cats') => ({
  url,
  page,
  body,
});

describe('answers not yet read', () => {
  it('are given once, in order', () => {
    const unread = new UnreadAnswers();
    for (const body of ['one', 'two']) unread.keep(answer(body));
    expect(unread.take().map(({ body }) => body)).toEqual(['one', 'two']);
    expect(unread.take()).toEqual([]);
  });

  it('are forgotten when they are old', () => {
    let time = 0;
    const unread = new UnreadAnswers(() => time);
    unread.keep(answer('old'));
    time = 9_000;
    unread.keep(answer('new'));
    time = 12_000;
    expect(unread.take().map(({ body }) => body)).toEqual(['new']);
  });

  it('are the latest, bounded in number and in length', () => {
    const unread = new UnreadAnswers();
    for (let i = 0; i < 500; i++) unread.keep(answer(`${i}`));
    expect(unread.take().at(0)?.body).toBe('480');
    for (let i = 0; i < 5; i++) unread.keep(answer('x'.repeat(4_000_000)));
    expect(unread.take()).toHaveLength(2);
  });
});

describe('the search an answer belongs to', () => {
  it('is that of the page when the answer came', () => {
    expect(isOfQuery(answer('', 'https://api.test/more?page=2'), 'cats')).toBe(true);
    expect(isOfQuery(answer('', 'https://api.test/more?page=2', 'https://s.test/?q=dogs'), 'cats')).toBe(false);
  });

  it('is that of the request where the page changes its address afterwards', () => {
    expect(isOfQuery(answer('', 'https://s.test/i.js?q=cats', 'https://s.test/?q=dogs'), 'cats')).toBe(true);
    const nested = `https://s.test/get?data=${encodeURIComponent('{"query":"black cats"}')}`;
    expect(isOfQuery(answer('', nested, 'https://s.test/'), 'black cats')).toBe(true);
    expect(isOfQuery(answer('', 'https://s.test/s/photos/black-cats', 'https://s.test/'), 'black cats')).toBe(true);
  });

  it('is no question on a page without one', () => {
    expect(isOfQuery(answer('', 'https://blog.test/data', 'https://blog.test/'), '')).toBe(true);
    expect(isOfQuery(answer('', 'https://blog.test/data', 'https://s.test/?q=dogs'), '')).toBe(false);
    expect(isOfQuery(answer('', 'nowhere', 'nowhere either'), 'cats')).toBe(false);
  });
});
