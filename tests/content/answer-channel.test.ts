// @vitest-environment jsdom
// From the page's world to the collector's: what was fetched before is not lost, and nothing forged gets through by itself.
import { describe, expect, it } from 'vitest';
import { type Answer, announcePresence, forwardTo, hearAnswers } from '../../src/entries/content/answer-channel';

const page = () => document.implementation.createHTMLDocument('');
const AT = 'https://s.test/?q=x';
const at = () => AT;

describe('the channel of answers', () => {
  it('keeps answers until a collector listens, then sends them on', () => {
    const doc = page();
    const forward = forwardTo(doc, at, true);
    forward('https://s.test/1', 'one\nline two');
    const heard: Answer[] = [];
    const life = new AbortController();
    hearAnswers(doc, answer => heard.push(answer), life.signal);
    forward('https://s.test/2', 'two');
    expect(heard).toEqual([
      { url: 'https://s.test/1', page: AT, body: 'one\nline two' },
      { url: 'https://s.test/2', page: AT, body: 'two' },
    ]);
    life.abort();
    forward('https://s.test/3', 'three');
    expect(heard).toHaveLength(2);
  });

  it('tells whether the observer was there before the page', () => {
    const never = new AbortController().signal;
    const [early, late] = [page(), page()];
    forwardTo(early, at, true);
    forwardTo(late, at, false);
    expect([early, late, page()].map(doc => hearAnswers(doc, () => undefined, never))).toEqual([true, false, false]);
  });

  it('keeps the latest answers only', () => {
    const doc = page();
    const forward = forwardTo(doc, at, true);
    for (let i = 0; i < 200; i++) forward(`https://s.test/${i}`, 'x');
    const heard: string[] = [];
    hearAnswers(doc, ({ url }) => heard.push(url), new AbortController().signal);
    expect(heard).toHaveLength(60);
    expect(heard.at(-1)).toBe('https://s.test/199');
  });

  it('lets one observer in per document', () => {
    const doc = page();
    expect([announcePresence(doc), announcePresence(doc)]).toEqual([true, false]);
    expect(announcePresence(page())).toBe(true);
  });

  it('ignores events that are not of its form', () => {
    const doc = page();
    const forward = forwardTo(doc, at, true);
    doc.dispatchEvent(new CustomEvent('gleaner-listen', { detail: { toString: () => 'x' } }));
    doc.dispatchEvent(new CustomEvent('gleaner-listen', { detail: '*' }));
    let name = '';
    const dispatch = doc.dispatchEvent.bind(doc);
    doc.dispatchEvent = event => {
      if (event.type === 'gleaner-listen') name = `gleaner-answer-${(event as CustomEvent).detail}`;
      return dispatch(event);
    };
    const heard: string[] = [];
    hearAnswers(doc, ({ url }) => heard.push(url), new AbortController().signal);
    const long = 'x'.repeat(9000);
    const forged = [
      undefined,
      5,
      {},
      'no line break',
      'one\nline break',
      '\n\nno address',
      `${long}\n\nb`,
      `a\n${long}\nb`,
    ];
    for (const detail of forged) {
      dispatch(new CustomEvent(name, { detail }));
    }
    expect(heard).toEqual([]);
    forward('https://s.test/', 'kept');
    expect(heard).toEqual(['https://s.test/']);
  });
});
