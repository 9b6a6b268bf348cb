// Flat images as the project draws them: icons, digits, flags, logos and things on white, no two of a kind alike.
import { type Random, seededRandom } from '../../../../harness/pictures/random';

export interface Drawn {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

type Colour = readonly [number, number, number];
/** The colour at a point of the unit square; undefined for the ground. */
type Figure = (x: number, y: number) => Colour | undefined;

const WHITE: Colour = [255, 255, 255];

/** The n-th image of each kind. */
export const FLAT: Record<string, (n: number) => Drawn> = {
  icons: n => drawn(n, 64, 64, random => shape(random, random.between(0.28, 0.72), random.between(0.28, 0.72))),
  signs: n => drawn(n, 64, 64, random => over(shape(random, 0.5, 0.5, 0.12), shape(random, 0.5, 0.5, 0.32))),
  digits: n => drawn(n, 64, 64, random => digit(random, n % 10)),
  flags: n => drawn(n, 72, 48, random => flag(random)),
  logos: n => drawn(n, 96, 48, random => logo(random)),
  things: n => drawn(n, 64, 64, random => over(shape(random, random.between(0.4, 0.6), 0.5, 0.08), thing(random))),
};

/** A number of two digits in the red ring of a road sign, always in the same place. */
export function roadSign(value: number): Drawn {
  const digits = [Math.floor(value / 10), value % 10].flatMap((digit, place) =>
    SEGMENTS.filter((_, i) => DIGITS[digit]![i] === '1').map(line =>
      line.map((at, i) => (i % 2 ? 0.34 + at * 0.16 : 0.28 + place * 0.26 + at * 0.17)),
    ),
  );
  return drawn(value, 64, 64, () => (x, y) => {
    if (digits.some(line => toLine(x, y, line) < 0.035)) return [20, 20, 20];
    const out = Math.hypot(x - 0.5, y - 0.5);
    return out < 0.46 && out > 0.37 ? [200, 10, 20] : undefined;
  });
}

function drawn(n: number, width: number, height: number, figureOf: (random: Random) => Figure): Drawn {
  const figure = figureOf(seededRandom(n * 7919 + width * 31 + height));
  const data = new Uint8ClampedArray(width * height * 4);
  const steps = 2;
  for (let at = 0; at < width * height; at++) {
    const sum = [0, 0, 0];
    for (let s = 0; s < steps * steps; s++) {
      const x = ((at % width) + ((s % steps) + 0.5) / steps) / width;
      const y = (Math.floor(at / width) + (Math.floor(s / steps) + 0.5) / steps) / height;
      const colour = figure(x, y) ?? WHITE;
      for (let c = 0; c < 3; c++) sum[c]! += colour[c]! / (steps * steps);
    }
    data.set([...sum, 255], at * 4);
  }
  return { data, width, height };
}

function over(upper: Figure, lower: Figure): Figure {
  return (x, y) => (lower(x, y) ? (upper(x, y) ?? lower(x, y)) : undefined);
}

function colour(random: Random): Colour {
  const hue = random.between(0, 360);
  const light = random.between(0.2, 0.75);
  const spread = random.between(0.4, 0.95) * Math.min(light, 1 - light);
  const channel = (k: number) => {
    const turn = (k + hue / 30) % 12;
    return 255 * (light - spread * Math.max(-1, Math.min(turn - 3, 9 - turn, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** A disc, square, diamond, triangle, cross or ring. */
function shape(random: Random, cx: number, cy: number, size = random.between(0.1, 0.25)): Figure {
  const fill = colour(random);
  const r = size * random.between(0.8, 1.2);
  const bar = random.between(0.2, 0.45);
  const kinds: ((x: number, y: number) => boolean)[] = [
    (x, y) => x * x + y * y < 1,
    (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.9,
    (x, y) => Math.abs(x) + Math.abs(y) < 1,
    (x, y) => y < 0.8 && y > -1 + 1.8 * Math.abs(x),
    (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.min(Math.abs(x), Math.abs(y)) < bar,
    (x, y) => x * x + y * y < 1 && x * x + y * y > (1 - bar) ** 2,
  ];
  const inside = kinds[Math.floor(random.between(0, kinds.length))]!;
  return (x, y) => (inside((x - cx) / r, (y - cy) / r) ? fill : undefined);
}

/** Segments of a seven-segment digit: top, upper left, upper right, middle, lower left, lower right, bottom. */
const DIGITS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];
const SEGMENTS = [
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [1, 0, 1, 1],
  [0, 1, 1, 1],
  [0, 1, 0, 2],
  [1, 1, 1, 2],
  [0, 2, 1, 2],
] as const;

function digit(random: Random, value: number): Figure {
  const fill = random.between(0, 1) < 0.5 ? ([0, 0, 0] as const) : colour(random);
  const [left, top] = [random.between(0.15, 0.5), random.between(0.1, 0.4)];
  const [wide, high] = [random.between(0.2, 0.35), random.between(0.15, 0.26)];
  const [slant, pen] = [random.between(-0.2, 0.2), random.between(0.02, 0.05)];
  const lines = SEGMENTS.filter((_, i) => DIGITS[value]![i] === '1').map(([x0, y0, x1, y1]) => [
    left + x0 * wide + slant * (2 - y0) * high,
    top + y0 * high,
    left + x1 * wide + slant * (2 - y1) * high,
    top + y1 * high,
  ]);
  const near = (x: number, y: number) =>
    Math.abs(x - left - wide / 2) < wide + high && Math.abs(y - top - high) < 2 * high;
  return (x, y) => (near(x, y) && lines.some(line => toLine(x, y, line) < pen) ? fill : undefined);
}

function toLine(x: number, y: number, [x0 = 0, y0 = 0, x1 = 0, y1 = 0]: number[]): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

function flag(random: Random): Figure {
  const [a, b, c] = [colour(random), colour(random), colour(random)];
  const at = random.between(0.3, 0.5);
  const kinds: Figure[] = [
    x => (x < 1 / 3 ? a : x < 2 / 3 ? b : c),
    (_, y) => (y < 1 / 3 ? a : y < 2 / 3 ? b : c),
    (x, y) => (Math.abs(x - at) < 0.07 || Math.abs(y - 0.5) < 0.1 ? a : b),
    (x, y) => (Math.hypot(1.5 * (x - 0.5), y - 0.5) < at * 0.6 ? a : b),
    (x, y) => (x < at - Math.abs(y - 0.5) ? a : y < 0.5 ? b : c),
    (x, y) => (x < at && y < 0.5 ? a : Math.floor(y * 9) % 2 ? b : c),
  ];
  return kinds[Math.floor(random.between(0, kinds.length))]!;
}

/** A mark beside a word of bars. */
function logo(random: Random): Figure {
  const mark = shape(random, 0.17, 0.5, 0.13);
  const ink = colour(random);
  const bars = Array.from({ length: Math.floor(random.between(4, 9)) }, (_, i) => ({
    from: 0.36 + i * 0.07,
    to: 0.36 + i * 0.07 + random.between(0.02, 0.06),
    top: random.between(0.3, 0.5),
    bottom: random.between(0.6, 0.75),
  }));
  return (x, y) =>
    mark(x, y) ?? (bars.some(bar => x > bar.from && x < bar.to && y > bar.top && y < bar.bottom) ? ink : undefined);
}

/** A bottle, a mug or trousers, standing about the middle. */
function thing(random: Random): Figure {
  const fill = colour(random);
  const [cx, half] = [random.between(0.42, 0.58), random.between(0.1, 0.28)];
  const [top, bottom] = [random.between(0.08, 0.3), random.between(0.75, 0.95)];
  const neck = random.between(0.25, 0.5);
  const kinds: ((x: number, y: number) => boolean)[] = [
    (x, y) => Math.abs(x) < (y < neck * 0.6 ? half * neck : half),
    (x, y) => Math.abs(x) < half || (Math.hypot(x - half, y - 0.5) < 0.2 && Math.hypot(x - half, y - 0.5) > 0.12),
    (x, y) => Math.abs(x) < half && (y < neck * 0.6 || Math.abs(x) > half * neck * y),
  ];
  const inside = kinds[Math.floor(random.between(0, kinds.length))]!;
  return (x, y) => (y > top && y < bottom && inside(x - cx, (y - top) / (bottom - top)) ? fill : undefined);
}
