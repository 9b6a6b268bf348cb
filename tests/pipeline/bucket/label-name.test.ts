// Names of labels: what is kept of any text, and how one stands among other words.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_LABEL_NAME } from '../../../src/contract/label';
import { checkedName, isolate, named, tidyName } from '../../../src/pipeline/bucket/label-name';

const ARABIC = 'كاسباروف (1985) – Garry!';

describe('the name that is kept', () => {
  it.each([
    ['blanks of every kind as one', ' a \t\n\u00a0 b\u3000', 'a b'],
    ['no control characters', 'a\u0000\u0007b', 'a b'],
    ['nothing that turns text around', 'abc \u202edef\u202c (12)\u2066', 'abc def (12)'],
    ['a name copied from a sentence', `\u2068${ARABIC}\u2069`, ARABIC],
    ['one form of one letter', 'e\u0301', '\u00e9'],
    ['what joins emoji and letters', '👩🏽‍🚀 می‌خواهم', '👩🏽‍🚀 می‌خواهم'],
    ['nothing where nothing is to be seen', '\u200b\u2060\ufeff \u3164', ''],
  ])('has %s', (_what, name, kept) => {
    expect(tidyName(name)).toBe(kept);
  });

  it('is refused when it is blank or too long, and says whose length that is', () => {
    expect(checkedName('a'.repeat(LONGEST_LABEL_NAME))).toHaveLength(300);
    expect(() => checkedName(' \u200b')).toThrow(expect.objectContaining({ code: 'label_name_empty' }));
    const words = ['300', `${'a'.repeat(29)}…`, '301'];
    expect(() => checkedName('a'.repeat(301))).toThrow(expect.objectContaining({ code: 'label_name_long', words }));
  });

  it('is the same again when it is tidied again', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), name => tidyName(tidyName(name)) === tidyName(name)));
  });
});

describe('a name among other words', () => {
  it('is kept apart when it runs from right to left, and its own brackets cannot end that', () => {
    expect(isolate('Kasparov (1985)')).toBe('Kasparov (1985)');
    expect(isolate(ARABIC)).toBe(`\u2068${ARABIC}\u2069`);
    expect(isolate('שלום\u2069\u202e')).toBe('\u2068שלום\u2069');
    expect(isolate('abc \u202edef')).toBe('abc def');
  });

  it('is cut by letters as people count them, never within one', () => {
    expect(named('a'.repeat(60))).toBe('a'.repeat(60));
    expect(named('a'.repeat(61))).toBe(`${'a'.repeat(59)}…`);
    const astronaut = '👩🏽‍🚀';
    expect(named(astronaut.repeat(5), 5)).toBe(astronaut.repeat(5));
    expect(named(astronaut.repeat(5), 4)).toBe(`${astronaut.repeat(3)}…`);
    expect(named(ARABIC.repeat(9), 10)).toBe(`\u2068${ARABIC.slice(0, 9)}…\u2069`);
  });
});
