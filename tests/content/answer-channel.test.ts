// @vitest-environment jsdom
// From the page's world to the collector's: what was fetched before is not lost, and nothing forged gets through by itself.
import { describe, expect, it } from 'vitest';
import { announcePresence, forwardTo, hearAnswers } from '../../src/entries/content/answer-channel';

const page = () => document.implementation.createHTMLDocument('');

describe('the channel of answers', () => {
  it('keeps answers until a collector listens, then sends them on', () => {
    const doc = page();
    const forward = forwardTo(doc);
    forward('https://s.test/1', 'one\nline two');
    const heard: string[][] = [];
    const life = new AbortController();
    hearAnswers(doc, (url, body) => heard.push([url, body]), life.signal);
    forward('https://s.test/2', 'two');
    expect(heard).toEqual([
      ['https://s.test/1', 'one\nline two'],
      ['https://s.test/2', 'two'],
    ]);
    life.abort();
    forward('https://s.test/3', 'three');
    expect(heard).toHaveLength(2);
  });

  it('keeps the latest answers only', () => {
    const doc = page();
    const forward = forwardTo(doc);
    for (let i = 0; i < 200; i++) forward(`https://s.test/${i}`, 'x');
    const heard: string[] = [];
    hearAnswers(doc, url => heard.push(url), new AbortController().signal);
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
    const forward = forwardTo(doc);
    doc.dispatchEvent(new CustomEvent('gleaner-listen', { detail: { toString: () => 'x' } }));
    doc.dispatchEvent(new CustomEvent('gleaner-listen', { detail: '*' }));
    let name = '';
    const dispatch = doc.dispatchEvent.bind(doc);
    doc.dispatchEvent = event => {
      if (event.type === 'gleaner-listen') name = `gleaner-answer-${(event as CustomEvent).detail}`;
      return dispatch(event);
    };
    const heard: string[] = [];
    hearAnswers(doc, url => heard.push(url), new AbortController().signal);
    for (const detail of [undefined, 5, {}, 'no line break', '\nno address', `${'x'.repeat(9000)}\nbody`]) {
      dispatch(new CustomEvent(name, { detail }));
    }
    expect(heard).toEqual([]);
    forward('https://s.test/', 'kept');
    expect(heard).toEqual(['https://s.test/']);
  });
});
