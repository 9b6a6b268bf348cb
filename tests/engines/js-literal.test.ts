// The reader of JavaScript literals: all of JSON, the shorthands that pages write, and nothing on broken input.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalAfter, literalsAfter } from '../../src/engines/scan/js-literal';

/** Objects read have no prototype, so that a key "__proto__" is a key; a JSON round trip compares them by content. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

describe('a literal', () => {
  it('reads whatever JSON writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.boolean(), (json, indented) => {
        const text = `x=[${indented ? JSON.stringify(JSON.parse(json), null, 2) : json}];`;
        expect(plain(literalAfter(text, 0))).toEqual(plain(JSON.parse(text.slice(2, -1))));
      }),
      { numRuns: 500 },
    );
  });

  it('reads what only JavaScript writes', () => {
    const text = String.raw`f({a:1, 'b' : "it\'s \x3d \u{1f98a}", $c_:[,void 0,!0,!1,null,-1.5e3,], d:new Date(17, "x)"), e:g("(").h(2), f:undefined,});`;
    const { $c_, ...rest } = literalAfter(text, 0) as Record<string, unknown>;
    expect($c_).toEqual([undefined, undefined, true, false, null, -1500]);
    expect({ ...rest }).toEqual({ a: 1, b: "it's = 🦊", d: undefined, e: undefined, f: undefined });
  });

  it('is undefined when it is cut off, broken or too deep', () => {
    const whole = '{"a":[1,{"b":"c\\"d"}],"e":f(1)}';
    for (let end = 0; end < whole.length; end++) expect(literalAfter(whole.slice(0, end), 0)).toBeUndefined();
    for (const broken of ['{a}', '{a:1 b:2}', '[1 [2]]', '{:1}', '["a]', 'none'])
      expect(literalAfter(broken, 0)).toBeUndefined();
    expect(literalAfter('['.repeat(100_000), 0)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'{}[]():,"\'`\\ab1-!.\n', 'void 0', 'new Date'), { maxLength: 40 }),
        parts => {
          literalAfter(parts.join(''), 0);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is given up where a text begins literals and never ends them', () => {
    // Each start alone would be read to the end of the text; a minute would show it.
    for (const hostile of ['data:["', 'data:[[1,', 'data:{a:`', 'data:[f(', "data:[{'"]) {
      expect([...literalsAfter(hostile.repeat(5_000_000 / hostile.length), /data:/g)]).toEqual([]);
    }
  });

  it('is given once, not again for the literals inside it', () => {
    expect([...literalsAfter('data:[1,{data:[2]}] data:[3]', /data:/g)].map(plain)).toEqual([[1, { data: [2] }], [3]]);
  });
});
