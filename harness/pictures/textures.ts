// Textures that differ in kind as labels do, and within a kind in colour, scale, angle, place and sharpness.
import type { Random } from './random';

/** How much of the figure's colour stands at a point: 0 ground, 1 figure. Coordinates in pixels; called per pixel. */
export type Texture = (x: number, y: number) => number;

/** Draws the parameters of one texture of the given side length. */
type Kind = (random: Random, side: number) => Texture;

/** The labels of the drawn images. */
export const TEXTURES: Record<string, Kind> = {
  stripes(random, side) {
    const { across } = turned(random);
    const period = random.between(side / 22, side / 6);
    const share = random.between(0.3, 0.65);
    return (x, y) => edge(share * period - mod(across(x, y), period), period);
  },
  dots(random, side) {
    const { across, along } = turned(random);
    const period = random.between(side / 14, side / 5);
    const radius = random.between(0.24, 0.42) * period;
    return (x, y) => {
      const u = mod(across(x, y), period) - period / 2;
      const v = mod(along(x, y), period) - period / 2;
      return edge(radius - Math.sqrt(u * u + v * v), period);
    };
  },
  checks(random, side) {
    const { across, along } = turned(random);
    const period = random.between(side / 9, side / 3.5);
    const half = (value: number) => mod(value, period) < period / 2;
    return (x, y) => (half(across(x, y)) === half(along(x, y)) ? 1 : 0);
  },
  rings(random, side) {
    const [cx, cy] = [random.between(0.2, 0.8) * side, random.between(0.2, 0.8) * side];
    const stretch = random.between(0.7, 1.4);
    const period = random.between(side / 16, side / 5);
    const share = random.between(0.35, 0.6);
    return (x, y) => edge(share * period - mod(Math.sqrt((x - cx) ** 2 + ((y - cy) * stretch) ** 2), period), period);
  },
};

/** The two coordinates of a turned and shifted grid. */
function turned(random: Random): { across: Texture; along: Texture } {
  const angle = random.between(0, Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [dx, dy] = [random.between(0, 500), random.between(0, 500)];
  return {
    across: (x, y) => (x + dx) * cos + (y + dy) * sin,
    along: (x, y) => (y + dy) * cos - (x + dx) * sin,
  };
}

/** A soft edge about a pixel and a half wide, so that the shapes are not jagged. */
function edge(distance: number, period: number): number {
  return Math.min(1, Math.max(0, distance / Math.min(1.5, period / 8) + 0.5));
}

function mod(value: number, period: number): number {
  return ((value % period) + period) % period;
}
