// Further searches are ones not made yet, by engines and words that suit the name; what a search was worth is counted as people judged it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchEngines } from '../../../src/engines';
import { furtherSearches, yieldsOf } from '../../../src/pipeline/harvest/further-searches';
import { purityOf } from '../../../src/pipeline/harvest/purity';

const ENGINES = ['bing', 'google', 'duckduckgo'];
const WORDS = ['photo', 'side view'];

describe('further searches', () => {
  it('take other engines and other words by turns, and no search twice', () => {
    const done = [{ engine: 'google', query: 'Brown bear', kept: 40, judged: 50 }];
    expect(furtherSearches('brown bear', done, ENGINES, WORDS)).toEqual([
      { engine: 'bing', query: 'brown bear' },
      { engine: 'google', query: 'brown bear photo' },
      { engine: 'duckduckgo', query: 'brown bear' },
      { engine: 'google', query: 'brown bear side view' },
    ]);
  });

  it('go on with the engine that brought most', () => {
    const done = yieldsOf([
      { engine: 'google', query: 'bear', kept: 3, judged: 20 },
      { engine: 'bing', query: 'bear', kept: 9, judged: 10 },
      { engine: 'google', query: 'bear', kept: 4, judged: 20 },
    ]);
    expect(done).toEqual([
      { engine: 'bing', query: 'bear', kept: 9, judged: 10 },
      { engine: 'google', query: 'bear', kept: 7, judged: 40 },
    ]);
    expect(furtherSearches('bear', done, ENGINES, WORDS)[1]).toEqual({ engine: 'bing', query: 'bear photo' });
  });

  it.each([
    ['медведь', 'yandex', 'медведь фото'],
    ['곰', 'naver', '곰 사진'],
    ['棕熊', 'baidu', '棕熊 照片'],
    ['ヒグマ', 'yahoo', 'ヒグマ 写真'],
  ])('of %s begin with the engine and the words of its language', (name, engine, query) => {
    const ids = searchEngines.map(({ id }) => id);
    const [first, second] = furtherSearches(name, [], ids, WORDS);
    expect(first).toEqual({ engine, query: name });
    expect(second?.query).toBe(query);
  });

  it('are at most six, each once, and none that was made, whatever was', () => {
    const way = fc.record({
      engine: fc.constantFrom(...ENGINES),
      query: fc.constantFrom('bear', 'Bear ', 'bear photo', 'bear side view'),
      ...{ kept: fc.nat(9), judged: fc.nat(9) },
    });
    fc.assert(
      fc.property(fc.array(way), made => {
        const ways = furtherSearches('bear', yieldsOf(made), ENGINES, WORDS);
        const keys = ways.map(({ engine, query }) => `${engine} ${query.toLowerCase().trim()}`);
        expect(ways.length).toBeLessThanOrEqual(6);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { engine, query } of made) expect(keys).not.toContain(`${engine} ${query.toLowerCase().trim()}`);
      }),
    );
    expect(furtherSearches('bear', [], [], WORDS)).toEqual([]);
  });
});

describe('the purity of a search', () => {
  it('is what stands where it was put of all that was judged', () => {
    expect(purityOf({ leftOut: 5 }, { images: 40, elsewhere: 2, removed: 3 })).toEqual({ kept: 40, judged: 50 });
    expect(purityOf({}, { images: 0, elsewhere: 0, removed: 0 })).toEqual({ kept: 0, judged: 0 });
  });
});
