// From pasted names to searches: what a list holds, which search comes next, and what stored values are no plan.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineFor, searchEngines, searchUrl } from '../../../src/engines';
import { tidyName } from '../../../src/pipeline/bucket/label-name';
import {
  checkedPlan,
  doneWith,
  namesIn,
  newPlan,
  nextSearch,
  openedIn,
  withDoneOf,
  withSearch,
} from '../../../src/pipeline/harvest/plan';
import { queryOf } from '../../../src/pipeline/harvest/query';

describe('names in a list', () => {
  it.each([
    ['black bear\ngrizzly bear\r\n\nteddy bear', ['black bear', 'grizzly bear', 'teddy bear']],
    ['cats, dogs; birds', ['cats', 'dogs', 'birds']],
    ['Paris, Texas\nParis, France', ['Paris, Texas', 'Paris, France']],
    ['1. oak\n2) elm\n- ash\n• yew', ['oak', 'elm', 'ash', 'yew']],
    ['  oak   tree \noak tree', ['oak tree']],
    ['猫、犬', ['猫', '犬']],
    ['1984\n2001', ['1984', '2001']],
    [' \n,', []],
    // As file names on a Mac have it, as copied from a sentence of ours, and what nobody sees.
    ['Ba\u0308r\nBär', ['Bär']],
    ['\u2068دب\u2069\nbear', ['دب', 'bear']],
    ['bear\n\u200b\ncub', ['bear', 'cub']],
  ])('%j', (text, names) => expect(namesIn(text, tidyName)).toEqual(names));

  it('are at most a hundred', () => {
    expect(namesIn(Array.from({ length: 150 }, (_, i) => `label ${i}`).join('\n'), tidyName)).toHaveLength(100);
  });
});

describe('a plan', () => {
  const plan = newPlan(['a', 'b', 'c'], 'bing');

  it('goes on with the searches after the open one, then with those before it', () => {
    expect(nextSearch(plan)).toBe(1);
    const later = withSearch(openedIn(plan, 1, 7), 1, { state: 'done' });
    expect(nextSearch(later)).toBe(2);
    const last = withSearch(openedIn(later, 2, 7), 2, { state: 'done' });
    expect(nextSearch(last)).toBe(0);
    expect(nextSearch(withSearch(openedIn(last, 0, 7), 0, { state: 'done' }))).toBeUndefined();
  });

  it('keeps what was done, whoever opens the next search meanwhile', () => {
    const taken = doneWith(openedIn(plan, 0, 7), 'a');
    const opened = openedIn(withDoneOf(plan, taken), 1, 7);
    expect(opened.searches.map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
    expect(nextSearch(doneWith(opened, 'nobody'))).toBe(2);
    // What was taken back waits again.
    expect(nextSearch(doneWith(doneWith(opened, 'a', 'waiting'), 'c'))).toBe(0);
  });

  it('comes back from storage as it was, and nothing else does', () => {
    const kept = openedIn(plan, 2, 7);
    const elsewhere = withSearch(kept, 0, { engine: 'google', query: 'bear photo' });
    expect(checkedPlan(JSON.parse(JSON.stringify(elsewhere)))).toEqual(elsewhere);
    expect(checkedPlan(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    for (const bad of [
      null,
      'plan',
      {},
      { ...kept, at: 3 },
      { ...kept, searches: [{ name: 'a' }] },
      { ...kept, engine: 7 },
    ])
      expect(checkedPlan(bad)).toBeUndefined();
  });
});

describe('the address of a search', () => {
  it.each(searchEngines.map(({ id }) => id))('%s knows its own, and the query in it', id => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), words => {
        const query = words.replace(/\s+/g, ' ').trim();
        fc.pre(query !== '' && !query.includes('\uFFFD'));
        const url = new URL(searchUrl(id, query));
        expect(engineFor(url)?.id, `isResultsPage of ${id} does not know the address its searchUrl makes.`).toBe(id);
        expect(queryOf(url)).toBe(query);
      }),
      { numRuns: 50 },
    );
  });
});
