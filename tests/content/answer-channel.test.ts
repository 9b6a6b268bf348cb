// @vitest-environment jsdom
// From the page's world to the collector's: what was fetched before is not lost, nothing forged gets through by itself, and
// no name that a page can know is answered.
import { describe, expect, it } from 'vitest';
import {
  forwardTo,
  hearAnswers,
  joinChannel,
  openChannel,
  type SiteAnswer,
} from '../../src/entries/content/answers/answer-channel';

const page = () => document.implementation.createHTMLDocument('');
const AT = 'https://s.test/?q=x';
const at = () => AT;
const NONCE = '0123456789abcdef0123456789abcdef';
const never = new AbortController().signal;
const answer = (name: string) => `{"murl":"https://full.test/${name}.jpg"}`;

describe('the channel of answers', () => {
  it('keeps answers until a collector listens, then sends them on and keeps none', () => {
    const doc = page();
    const forward = forwardTo(doc, NONCE, at, true);
    forward('https://s.test/1', `${answer('one')}\nline two`);
    const heard: SiteAnswer[] = [];
    const life = new AbortController();
    hearAnswers(doc, NONCE, one => heard.push(one), life.signal);
    forward('https://s.test/2', answer('two'));
    expect(heard).toEqual([
      { url: 'https://s.test/1', page: AT, body: `${answer('one')}\nline two` },
      { url: 'https://s.test/2', page: AT, body: answer('two') },
    ]);
    life.abort();
    forward('https://s.test/3', answer('three'));
    hearAnswers(doc, NONCE, one => heard.push(one), never);
    expect(heard).toHaveLength(2);
  });

  it('tells whether the observer was there before the page', () => {
    const [early, late] = [page(), page()];
    forwardTo(early, NONCE, at, true);
    forwardTo(late, NONCE, at, false);
    const told = [early, late, page()].map(doc => hearAnswers(doc, NONCE, () => undefined, never));
    expect(told).toEqual([true, false, false]);
  });

  it('keeps the latest answers only, few of them, and none that names no address', () => {
    const doc = page();
    const forward = forwardTo(doc, NONCE, at, true);
    for (let i = 0; i < 200; i++) {
      forward(`https://s.test/${i}`, answer(`${i}`));
      forward(`https://s.test/log/${i}`, '{"logged":true}');
    }
    const heard: string[] = [];
    hearAnswers(doc, NONCE, ({ url }) => heard.push(url), never);
    expect(heard).toHaveLength(60);
    expect(heard.at(-1)).toBe('https://s.test/199');
    expect(heard.filter(url => url.includes('log'))).toEqual([]);
  });

  it('keeps at most five million characters', () => {
    const doc = page();
    const forward = forwardTo(doc, NONCE, at, true);
    for (let i = 0; i < 9; i++) forward(`https://s.test/${i}`, answer('x'.repeat(1_000_000)));
    let characters = 0;
    hearAnswers(doc, NONCE, ({ body }) => (characters += body.length), never);
    expect(characters).toBeGreaterThan(3_000_000);
    expect(characters).toBeLessThan(5_000_000);
  });

  it.each([
    '"https:\\/\\/x.test',
    '\\"https\\u003a//',
    '\\\\u003d\\"http://',
    'imgurl=https%3A%2F%2F',
    '\\x22http\\x3a//',
  ])('knows the address in %s', body => {
    const doc = page();
    forwardTo(doc, NONCE, at, true)('https://s.test/', body);
    const heard: string[] = [];
    hearAnswers(doc, NONCE, one => heard.push(one.body), never);
    expect(heard).toEqual([body]);
  });

  it('ignores events that are not of its form', () => {
    const doc = page();
    const forward = forwardTo(doc, NONCE, at, true);
    const heard: string[] = [];
    hearAnswers(doc, NONCE, ({ url }) => heard.push(url), never);
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
    for (const detail of forged) doc.dispatchEvent(new CustomEvent(`${NONCE}!`, { detail }));
    expect(heard).toEqual([]);
    forward('https://s.test/', answer('kept'));
    expect(heard).toEqual(['https://s.test/']);
  });
});

describe('the nonce', () => {
  /** A document as it is before the page's first element. */
  function empty(): Document {
    const doc = page();
    doc.documentElement.replaceChildren();
    return doc;
  }
  const joined = (doc: Document, early: boolean) => {
    const nonces: string[] = [];
    joinChannel(doc, early, nonce => nonces.push(nonce));
    return nonces;
  };

  it('is agreed on whichever script is first', () => {
    const [one, two] = [empty(), empty()];
    const first = openChannel(one);
    first.propose();
    expect(joined(one, true)).toEqual([first.nonce]);
    const nonces = joined(two, true);
    const second = openChannel(two);
    second.propose();
    expect(nonces).toEqual([second.nonce]);
    expect(second.nonce).not.toBe(first.nonce);
  });

  it('is given once: a second observer does nothing', () => {
    const doc = empty();
    const channel = openChannel(doc);
    channel.propose();
    expect(joined(doc, true)).toHaveLength(1);
    expect(joined(doc, false)).toEqual([]);
    channel.propose();
    expect(joined(doc, false)).toEqual([]);
  });

  it.each([
    ['the observer', (doc: Document) => joined(doc, false)],
    ['the channel', (doc: Document) => openChannel(doc).close()],
  ])('is not to be had from %s later: no name a page can know is answered', (_who, put) => {
    const doc = empty();
    const channel = openChannel(doc);
    channel.propose();
    const nonces = joined(doc, true);
    put(doc);
    const forward = forwardTo(doc, channel.nonce, at, true);
    forward('https://s.test/', answer('kept'));
    const heard: Event[] = [];
    const names = ['gleaner-ask', 'gleaner-proposal', 'gleaner-listen', 'gleaner-observer', 'gleaner-answer'];
    for (const name of names) doc.addEventListener(name, event => heard.push(event));
    const sent = names.map(name => new CustomEvent(name, { detail: NONCE, cancelable: true }));
    for (const event of sent) expect(doc.dispatchEvent(event)).toBe(true);
    expect(heard).toEqual(sent);
    expect(nonces).toEqual([channel.nonce]);
  });
});
