// @vitest-environment jsdom
// Pages whose elements bear the names of members, and addresses that change under a harvest.
import { describe, expect, it } from 'vitest';
import { engineFor } from '../../src/engines';
import { boundedCopy } from '../../src/entries/content/answers/bounded-copy';
import { AddedNodes } from '../../src/entries/content/reading/added-nodes';
import { moreButton } from '../../src/entries/content/reading/load-more';
import { engineAfter, genericEngine } from '../../src/entries/content/reading/results-address';
import { pageCopy } from '../../src/entries/content/saved-page/page-copy';
import { childrenOf, countBelow, parentOf, plain } from '../../src/entries/content/unclobbered';

const NAMES = [
  'parentElement',
  'getElementsByTagName',
  'firstElementChild',
  'nextElementSibling',
  'attributes',
  'textContent',
  'removeAttribute',
  'setAttribute',
  'remove',
  'localName',
  'append',
  'firstChild',
  'nextSibling',
];
const CLOBBERED = `<form>${NAMES.map(name => `<input name="${name}">`).join('')}<b>tile</b></form>`;

describe('a page with clobbered members', () => {
  /** jsdom gives no named elements in place of members, so each is put there by hand. */
  function clobber() {
    document.body.innerHTML = CLOBBERED;
    const { body } = document;
    const form = body.querySelector('form') as HTMLFormElement;
    const tile = body.querySelector('b') as Element;
    for (const input of body.querySelectorAll('input')) {
      Object.defineProperty(form, input.name, { value: input, configurable: true });
    }
    expect(form.parentElement).not.toBe(body);
    return { body, form, tile };
  }

  /** A document whose members give images instead. */
  function clobberedDocument(body: string): Document {
    const doc = document.implementation.createHTMLDocument('');
    doc.body.innerHTML = body;
    const image = doc.createElement('img');
    for (const name of ['implementation', 'body', 'documentElement', 'createElement', 'querySelectorAll']) {
      Object.defineProperty(doc, name, { value: image });
    }
    return doc;
  }

  it('is read by its built-in members', () => {
    const { body, form, tile } = clobber();
    expect(parentOf(form)).toBe(body);
    expect(countBelow(form)).toBe(NAMES.length + 1);
    expect([...childrenOf(form)]).toHaveLength(NAMES.length + 1);
    const doc = plain(clobberedDocument('<i>x</i>'));
    expect(doc.body.tagName).toBe('BODY');
    expect(doc.querySelectorAll('i')).toHaveLength(1);
    expect(plain(form).textContent).toBe(tile.textContent);
  });

  it('does not stop or hang what follows it', () => {
    const { form, tile } = clobber();
    const added = new AddedNodes();
    added.add(tile);
    added.add(form);
    const piece = added.next(document);
    expect(piece && countBelow(piece.nodes)).toBeGreaterThan(NAMES.length);
    expect(added.size).toBe(0);
    expect(moreButton(plain(clobberedDocument('')))).toBeNull();
  });

  it('is copied for a bug report', () => {
    clobber();
    const copy = pageCopy(plain(document), document.createElement('div'));
    expect(copy).toContain('<b>tile</b>');
  });

  it('is copied up to a bound when it is large', () => {
    document.body.innerHTML = '<aside></aside><p>one</p><p>two<b></b></p><p>three</p>';
    const own = document.body.firstElementChild as Element;
    const copy = (most: number) =>
      boundedCopy(document.body, own, document.implementation.createHTMLDocument(''), most).outerHTML;
    expect(copy(9)).toBe('<body><p>one</p><p>two<b></b></p><p>three</p></body>');
    expect(copy(2)).toBe('<body><p></p><p></p></body>');
  });
});

describe('a change of the address', () => {
  const at = (address: string) => new URL(address);
  const bing = at('https://www.bing.com/images/search?q=cats');
  const next = (before: URL, now: string, query = 'cats') => engineAfter(before, at(now), query, engineFor(before))?.id;

  it('goes on within the same results', () => {
    expect(next(bing, 'https://www.bing.com/images/search?q=cats&first=40#x')).toBe('bing');
  });

  it('ends with another query or another tab of the site', () => {
    expect(next(bing, 'https://www.bing.com/images/search?q=dogs')).toBeUndefined();
    expect(next(bing, 'https://www.bing.com/search?q=cats')).toBeUndefined();
    expect(next(bing, 'https://www.bing.com/')).toBeUndefined();
  });

  it('finds the results of a tab switched to after the click', () => {
    expect(next(at('https://www.bing.com/search?q=cats'), 'https://www.bing.com/images/search?q=cats')).toBe('bing');
  });

  it('ends on an ordinary page with another path, not with another fragment', () => {
    const page = at('https://blog.test/cats');
    expect(next(page, 'https://blog.test/cats#two', '')).toBe(genericEngine().id);
    expect(next(page, 'https://blog.test/dogs', '')).toBeUndefined();
  });
});
