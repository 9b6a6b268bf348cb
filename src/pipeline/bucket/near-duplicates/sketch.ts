// A sketch: an image of 16 × 16 brightnesses and 8 × 8 colours, small enough to lie in every row, by which copies are told from lookalikes.
import { areaMeans } from './area-means';

/** Cells a side of the brightness; the colour has half as many, to which the eye is coarser as well. */
export const SIDE = 16;
export const COLOUR_SIDE = SIDE / 2;
/** Bytes of a sketch: luma, blue difference, red difference, each row-major, 0 to 255. */
const SKETCH_BYTES = SIDE * SIDE + 2 * COLOUR_SIDE * COLOUR_SIDE;

/** The sketch, as hex digits, of opaque RGBA pixels (row-major); differences of colour are those of Rec. 601, 128 for grey. */
export function sketchOf(rgba: Uint8ClampedArray, luma: Float64Array, width: number, height: number): string {
  const blue = new Float64Array(luma.length);
  const red = new Float64Array(luma.length);
  for (let i = 0; i < luma.length; i++) {
    blue[i] = 128 + 0.564 * (rgba[i * 4 + 2]! - luma[i]!);
    red[i] = 128 + 0.713 * (rgba[i * 4]! - luma[i]!);
  }
  let hex = '';
  for (const [plane, side] of [[luma, SIDE] as const, [blue, COLOUR_SIDE] as const, [red, COLOUR_SIDE] as const]) {
    for (const value of areaMeans(plane, width, height, side, side)) {
      hex += Math.min(255, Math.max(0, Math.round(value)))
        .toString(16)
        .padStart(2, '0');
    }
  }
  return hex;
}

/** The bytes of a sketch. */
export function sketchBytes(sketch: string): Uint8Array {
  return Uint8Array.from({ length: SKETCH_BYTES }, (_, i) => Number.parseInt(sketch.slice(i * 2, i * 2 + 2), 16));
}

/** The sketch of the mirrored image. */
export function mirroredSketch(sketch: Uint8Array): Uint8Array {
  const mirrored = new Uint8Array(sketch.length);
  for (let i = 0; i < sketch.length; i++) {
    const side = i < SIDE * SIDE ? SIDE : COLOUR_SIDE;
    const column = i % side;
    mirrored[i] = sketch[i - column + (side - 1 - column)]!;
  }
  return mirrored;
}

/** Neighbouring cells count as different from so many grey levels on: less is the noise of a JPEG. */
const STEP = 4;
/** An image in which fewer neighbours differ than this share is flat: an icon, a digit, a flag, a thing on white. */
const LIVELY = 0.55;
/** One in which more neighbours than this are equal is drawn, however much else is on it: a road sign; of photographs one in fifty. */
const DRAWN = 0.2;

/** Whether most of an image is of one tone, or all of it of few, so that what it shares with another says little about it. */
export function isFlat(sketch: Uint8Array): boolean {
  let differing = 0;
  let equal = 0;
  let pairs = 0;
  const compare = (a: number, b: number) => {
    pairs++;
    const apart = Math.abs(sketch[a]! - sketch[b]!);
    if (apart > STEP) differing++;
    if (apart <= 1) equal++;
  };
  for (let at = 0; at < SIDE * SIDE; at++) {
    if (at % SIDE < SIDE - 1) compare(at, at + 1);
    if (at < SIDE * (SIDE - 1)) compare(at, at + SIDE);
  }
  return differing < LIVELY * pairs || equal > DRAWN * pairs;
}

/** Squared deviations of the sketch from its means, each colour counting for the four cells it covers. */
export function variationOf(sketch: Uint8Array): number {
  const [luma, blue, red] = [
    sketch.subarray(0, SIDE * SIDE),
    sketch.subarray(SIDE * SIDE, SIDE * SIDE + COLOUR_SIDE * COLOUR_SIDE),
    sketch.subarray(SIDE * SIDE + COLOUR_SIDE * COLOUR_SIDE),
  ];
  return deviation(luma) + 4 * (deviation(blue) + deviation(red));
}

function deviation(values: Uint8Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value ** 2;
  }
  return squares - sum ** 2 / values.length;
}

/** Blocks of cells a side. */
const BLOCKS = 4;
/** Blocks of a sketch; each is of as many cells. */
export const COARSE = BLOCKS * BLOCKS;

/** The brightness of the blocks, row-major. */
export function coarseOf(sketch: Uint8Array): Float32Array {
  const cells = SIDE / BLOCKS;
  const coarse = new Float32Array(COARSE);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const block = Math.floor(at / SIDE / cells) * BLOCKS + Math.floor((at % SIDE) / cells);
    coarse[block]! += sketch[at]! / cells ** 2;
  }
  return coarse;
}
