// The heat map: enlarged as image resizers do it, coloured in magma.
import { describe, expect, it } from 'vitest';
import { enlarge, heatMap, magma } from '../../../src/pipeline/report/heat-map';

/** Nine colours of matplotlib's magma. */
const TABLE: [number, string][] = [
  [0, '#000004'],
  [0.125, '#1d1147'],
  [0.25, '#51127c'],
  [0.375, '#832681'],
  [0.5, '#b73779'],
  [0.625, '#e75263'],
  [0.75, '#fc8961'],
  [0.875, '#fec488'],
  [1, '#fcfdbf'],
];

describe('enlarge', () => {
  it('is bilinear between pixel centres and holds the edges', () => {
    // Two columns 0 and 1 enlarged to four: centres at 0.25, 0.75, 1.25, 1.75 source pixels.
    const row = [0, 0.25, 0.75, 1];
    expect([...enlarge([0, 1, 0, 1], 4)]).toEqual([...row, ...row, ...row, ...row]);
  });

  it('scales to the range of the map, whatever it is', () => {
    const out = enlarge([-3, 5, 1, -3], 20);
    expect(Math.min(...out)).toBe(0);
    expect(Math.max(...out)).toBe(1);
  });

  it('scales from a floor where one is given: half of the highest stays half', () => {
    expect([...enlarge([2, 1, 1, 2], 2, 0)]).toEqual([1, 0.5, 0.5, 1]);
    expect([...enlarge([2, 1, 1, 2], 2)]).toEqual([1, 0, 0, 1]);
    expect([...enlarge([0, 0, 0, 0], 2, 0)]).toEqual([0, 0, 0, 0]);
  });

  it('gives back a map of the same size', () => {
    const map = Array.from({ length: 49 }, (_, i) => i / 48);
    expect([...enlarge(map, 7)].map(value => value.toFixed(5))).toEqual(map.map(value => value.toFixed(5)));
  });

  it('makes a flat map flat, and refuses one that is no square', () => {
    expect(new Set(enlarge(new Float32Array(49).fill(2), 30))).toEqual(new Set([0]));
    expect(() => enlarge([1, 2, 3], 4)).toThrow(RangeError);
  });
});

describe('magma', () => {
  it('stays close to the published table', () => {
    for (const [share, hex] of TABLE) {
      const wanted = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16));
      for (const [channel, value] of magma(share).entries())
        expect(Math.abs(value - wanted[channel]!)).toBeLessThanOrEqual(10);
    }
  });

  it('holds its ends for values out of range', () => {
    expect(magma(-1)).toEqual(magma(0));
    expect(magma(2)).toEqual(magma(1));
  });
});

describe('heatMap', () => {
  it('is opaque and brightest where the map is highest', () => {
    const map = new Float32Array(49);
    map[24] = 1;
    const pixels = heatMap(map, 21);
    const light = (x: number, y: number) => pixels[(y * 21 + x) * 4]! + pixels[(y * 21 + x) * 4 + 1]!;
    expect(pixels.length).toBe(21 * 21 * 4);
    expect(pixels.filter((_, i) => i % 4 === 3).every(alpha => alpha === 255)).toBe(true);
    expect(light(10, 10)).toBeGreaterThan(light(0, 0) + 300);
  });
});
