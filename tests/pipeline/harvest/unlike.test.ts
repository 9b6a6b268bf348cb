// Finds that look wrong are told from right ones: by the rest of their search, by the label's images, by a trained head.
import { describe, expect, it } from 'vitest';
import { direction, product } from '../../../src/pipeline/harvest/directions';
import { judgeFinds } from '../../../src/pipeline/harvest/judge-finds';
import { inOrder } from '../../../src/pipeline/harvest/order-of-finds';
import { LEAST_IMAGES, labelLook, looksLike } from '../../../src/pipeline/harvest/unlike-label';
import { belowRest, LEAST_FINDS, unlikeRest } from '../../../src/pipeline/harvest/unlike-rest';
import { drawTable } from '../head/table';

const LENGTH = 200;
/** Features of `count` images of each of three things, drawn anew for each seed but around the same centres. */
const things = drawTable({ count: 600, length: LENGTH, classes: 3, spread: 1 });
const of = (k: number, from: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    things.m.subarray(((from + i) * 3 + k) * LENGTH, ((from + i) * 3 + k + 1) * LENGTH),
  );
const held = (marks: boolean[]) => marks.filter(Boolean).length;

describe('a find among the rest of its search', () => {
  it.each([
    ['one other thing', () => of(1, 0, 20)],
    ['two other things', () => [...of(1, 0, 10), ...of(2, 0, 10)]],
  ])('is held back where it is unlike them: a fifth of %s', (_, intruders) => {
    const marks = unlikeRest([...of(0, 0, 80), ...intruders()]);
    expect(held(marks.slice(80))).toBeGreaterThanOrEqual(16);
    expect(held(marks.slice(0, 80))).toBeLessThanOrEqual(4);
  });

  it('does not depend on the order of the finds, nor on how bright features are', () => {
    const rows = [...of(0, 0, 40), ...of(1, 0, 10)];
    const marks = unlikeRest(rows);
    expect(unlikeRest(rows.toReversed()).toReversed()).toEqual(marks);
    expect(unlikeRest(rows.map((row, i) => row.map(value => value * (1 + i))))).toEqual(marks);
  });

  it('is hardly ever held back where nothing is wrong', () => {
    expect(held(unlikeRest(of(0, 0, 100)))).toBeLessThanOrEqual(5);
  });

  it('is never held back among too few, among copies, nor among images without features', () => {
    expect(held(unlikeRest([...of(0, 0, LEAST_FINDS - 2), ...of(1, 0, 1)]))).toBe(0);
    const [one] = of(0, 0, 1);
    expect(held(unlikeRest(Array.from({ length: 30 }, () => one!)))).toBe(0);
    expect(held(unlikeRest(Array.from({ length: 30 }, () => new Float32Array(LENGTH))))).toBe(0);
    expect(unlikeRest([])).toEqual([]);
  });
});

describe('a find for a label that has images', () => {
  const look = labelLook(of(0, 0, 20))!;
  const share = (rows: Float32Array[]) => rows.filter(row => looksLike(look, row)).length / rows.length;

  it('is held back where it is unlike them', () => {
    expect(share(of(0, 50, 100))).toBeGreaterThan(0.9);
    expect(share(of(1, 50, 100))).toBeLessThan(0.05);
    expect(looksLike(look, new Float32Array(LENGTH))).toBe(false);
  });

  it('is told nothing of by fewer than ten', () => {
    expect(labelLook(of(0, 0, LEAST_IMAGES - 1))).toBeUndefined();
  });
});

describe('the judgement of all finds', () => {
  const page = new Map<string, Float32Array>([
    ...of(0, 100, 16).map((m, i) => [`right ${i}`, m] as const),
    ...of(1, 100, 4).map((m, i) => [`wrong ${i}`, m] as const),
  ]);
  const wrong = [0, 1, 2, 3].map(i => `wrong ${i}`);
  const right = (key: string) => key.startsWith('right');

  it('goes by the search itself where nothing is known of the label', () => {
    const suspicions = judgeFinds(page, {});
    expect([...suspicions.keys()]).toEqual(expect.arrayContaining(wrong));
    for (const suspicion of suspicions.values()) expect(suspicion).toEqual({ why: 'unlike-rest' });
  });

  it('goes by the label’s images, even where most of the search is wrong', () => {
    const mostly = new Map([...page, ...of(1, 120, 30).map((m, i) => [`wrong ${4 + i}`, m] as const)]);
    const suspicions = judgeFinds(mostly, { look: labelLook(of(0, 0, 20)) });
    expect([...suspicions.keys()].filter(right).length).toBeLessThanOrEqual(2);
    expect([...suspicions.values()].filter(({ why }) => why === 'unlike-label').length).toBeGreaterThanOrEqual(30);
  });

  it('hears both the images and a search that is for the label: neither alone need be right', () => {
    const known = labelLook(of(0, 0, 20))!;
    // To images that know little of their label everything is like it, or a third of what is right is unlike it.
    const any = judgeFinds(page, { look: { ...known, least: -1 } });
    expect([...any.keys()]).toEqual(wrong);
    for (const suspicion of any.values()) expect(suspicion).toEqual({ why: 'unlike-rest' });
    const cosines = [...page].filter(([key]) => right(key)).map(([, m]) => product(known.middle, direction(m)));
    const strict = { ...known, least: cosines.sort((a, b) => a - b)[5]! };
    expect([...page].filter(([key, m]) => right(key) && !looksLike(strict, m))).toHaveLength(5);
    const few = judgeFinds(page, { look: strict });
    expect([...few.keys()].filter(right).length).toBeLessThanOrEqual(2);
    expect([...few.keys()]).toEqual(expect.arrayContaining(wrong));
  });

  it('lets a head that is in doubt rule out what is somewhat unlike the rest as well', () => {
    const look = { ...labelLook(of(0, 0, 20))!, least: -1 };
    const rows = of(0, 100, 40);
    const below = belowRest(rows)!;
    const search = new Map(rows.map((m, i) => [`${i}`, m]));
    const head = { labels: ['Kasparov', 'Karpov', 'Fischer'], own: 0, predict: () => DOUBTFUL };
    const somewhat = [...below.keys()].filter(i => below[i]! > 1).map(String);
    expect(somewhat.length).toBeGreaterThan(0);
    expect(somewhat.length).toBeLessThan(20);
    const suspicions = judgeFinds(search, { look, head });
    expect([...suspicions].filter(([, { why }]) => why === 'other').map(([key]) => key)).toEqual(somewhat);
  });

  it('names the label a head takes a find for, and how sure it is', () => {
    const doubtful = page.get('right 0');
    const wrongOnes = new Set(wrong.map(key => page.get(key)));
    const head = {
      labels: ['Kasparov', 'Karpov', 'Fischer'],
      own: 0,
      predict: (m: Float32Array) => (wrongOnes.has(m) ? OTHER : m === doubtful ? DOUBTFUL : SURE),
    };
    const suspicions = judgeFinds(page, { head });
    expect([...suspicions.keys()]).toEqual(wrong);
    expect(suspicions.get('wrong 0')).toEqual({ why: 'other', label: 'Karpov', p: expect.closeTo(0.88, 5) });
  });
});
const SURE = Float32Array.of(0.9, 0.05, 0.05);
/** Less likely than another, but far from ruled out. */
const DOUBTFUL = Float32Array.of(0.3, 0.6, 0.1);
const OTHER = Float32Array.of(0.05, 0.88, 0.07);

describe('the order of the finds', () => {
  const urls = ['a', 'b', 'c', 'd', 'e'];
  const ranks: Record<string, number> = { a: 2, b: 1, d: 1 };
  const rank = (url: string) => ranks[url] ?? 0;

  it('is that of the page, with the marked ones last, and at the very end what is there already', () => {
    expect(inOrder(urls, rank, [])).toEqual(['c', 'e', 'b', 'd', 'a']);
  });

  it('stays as it is while the user is among them: what is marked then, what comes, what goes', () => {
    expect(inOrder(urls, rank, ['a', 'c', 'b'])).toEqual(['a', 'c', 'b', 'e', 'd']);
    expect(inOrder(['b', 'c'], () => 0, ['a', 'c', 'b'])).toEqual(['c', 'b']);
  });
});
