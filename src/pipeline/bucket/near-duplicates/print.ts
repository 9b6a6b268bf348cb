// Whether two images are near-duplicates: copies that were re-encoded, scaled, mirrored, marked or cropped a little. Measured on
// photographs, things on white, icons, digits, flags and logos: no false pair among 100,000 of each.
import { COLOUR_SIDE, coarseOf, isFlat, mirroredSketch, SIDE, sketchBytes, variationOf } from './sketch';

/** Hashes at most so many bits apart may be near-duplicates (256-bit dHash, the smaller of plain and mirrored). */
export const NEAR_BITS = 25;
/**
 * A hash has ones where neighbours differ. Where two have fewer between them than this they are of flat images and prove
 * nothing: all icons on white are near one another. Photographs have 120 and more.
 */
const TELLING_ONES = 104;
/** What it takes where a sketch says that an image is flat: JPEG's noise makes ones as well. */
const TELLING_ONES_OF_FLAT = 120;
/** What differs between two sketches, in shares of what varies within them: copies reach 0.01, slightly cropped ones 0.06. */
export const NEAR_SKETCHES = 0.06;
/** The share for flat images, whose copies reach 0.005; two icons of one shape that nearly cover each other have 0.009. */
const NEAR_FLAT_SKETCHES = 0.008;
/** Grey levels by which no cell of a flat image differs from a copy's, which reach 20: one stroke of a sign's number makes a hundred. */
const MOST_IN_A_CELL = 40;
/** Hashes are believed where the brightness of the sketches goes together, as it does in copies made darker or grey. */
const NEAR_CORRELATION = 0.95;
/** What varies within a sketch is never less than the noise of a JPEG, else nothing would be near an image of one colour. */
const NOISE = 4 * SIDE * SIDE;
/** Squared colours that differ by so much differ by noise, 3 levels in each, and an image with no more has no colour. */
const COLOUR_NOISE = 2 * COLOUR_SIDE * COLOUR_SIDE * 3 ** 2;
/** What may differ between the colours of copies, in shares of the fainter one's. */
const NEAR_COLOURS = 0.25;

/** Words of 32 bits in a dHash. */
export const WORDS = 8;

/** What an image is compared by. Rows of earlier versions have no sketch. */
export interface Fingerprint {
  /** 64 hex digits. */
  dHash: string;
  /** As `sketchOf` makes it. */
  sketch?: string;
}

/** A fingerprint taken apart for comparing. */
export interface Print {
  /** The dHash in words of 32 bits. */
  words: Uint32Array;
  sketch?: Uint8Array;
  /** Brightness of blocks of the sketch, for a first look; empty without one. */
  coarse: Float32Array;
  /** How much varies within the sketch. */
  variation: number;
  flat: boolean;
}

export function printOf({ dHash, sketch }: Fingerprint): Print {
  const words = wordsOf(dHash);
  if (sketch === undefined) return { words, coarse: new Float32Array(), variation: 0, flat: false };
  const bytes = sketchBytes(sketch);
  return { words, sketch: bytes, coarse: coarseOf(bytes), variation: variationOf(bytes) + NOISE, flat: isFlat(bytes) };
}

/** The print of the mirrored image, whose dHash cannot be told from the plain one. */
export function mirrorOf(print: Print, mirroredDHash: string): Print {
  const words = wordsOf(mirroredDHash);
  if (!print.sketch) return { ...print, words };
  const sketch = mirroredSketch(print.sketch);
  return { ...print, words, sketch, coarse: coarseOf(sketch) };
}

/** Whether two images, as they lie here, are near-duplicates. */
export function isNear(a: Print, b: Print): boolean {
  // Without a sketch, as rows of earlier versions are, only hashes with much in them are believed.
  if (!a.sketch || !b.sketch) return hashesAreNear(a.words, b.words, TELLING_ONES);
  const flat = a.flat || b.flat;
  if (flat && !cellsAgree(a.sketch, b.sketch)) return false;
  const most = (flat ? NEAR_FLAT_SKETCHES : NEAR_SKETCHES) * Math.min(a.variation, b.variation);
  if (difference(a.sketch, b.sketch, most) <= most) return true;
  if (!hashesAreNear(a.words, b.words, flat ? TELLING_ONES_OF_FLAT : 0)) return false;
  return correlation(a.sketch, b.sketch) >= NEAR_CORRELATION && coloursAgree(a.sketch, b.sketch);
}

function cellsAgree(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < SIDE * SIDE; i++) if (Math.abs(a[i]! - b[i]!) > MOST_IN_A_CELL) return false;
  return true;
}

/** Whether the colours of two sketches are much the same, or one has none: a copy in grey. */
function coloursAgree(a: Uint8Array, b: Uint8Array): boolean {
  let [apart, ofA, ofB] = [0, 0, 0];
  for (let i = SIDE * SIDE; i < a.length; i++) {
    apart += (a[i]! - b[i]!) ** 2;
    ofA += (a[i]! - 128) ** 2;
    ofB += (b[i]! - 128) ** 2;
  }
  const least = Math.min(ofA, ofB);
  return least <= COLOUR_NOISE || apart <= COLOUR_NOISE + NEAR_COLOURS * least;
}

function hashesAreNear(a: Uint32Array, b: Uint32Array, telling: number): boolean {
  let apart = 0;
  let either = 0;
  // Unlike images differ in half their bits, so most comparisons end after two or three words.
  for (let word = 0; word < a.length; word++) {
    apart += onesOf(a[word]! ^ b[word]!);
    if (apart > NEAR_BITS) return false;
    either += onesOf(a[word]! | b[word]!);
  }
  return either >= telling;
}

/** Squared differences of two sketches, each colour counting for the four cells it covers. Ends early beyond `enough`. */
function difference(a: Uint8Array, b: Uint8Array, enough: number): number {
  let sum = 0;
  for (let i = 0; i < SIDE * SIDE && sum <= enough; i++) sum += (a[i]! - b[i]!) ** 2;
  for (let i = SIDE * SIDE; i < a.length && sum <= enough; i++) sum += 4 * (a[i]! - b[i]!) ** 2;
  return sum;
}

/** Pearson's correlation of the brightness of two sketches; 0 where one has none to speak of. */
function correlation(a: Uint8Array, b: Uint8Array): number {
  const count = SIDE * SIDE;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
    products += a[i]! * b[i]!;
  }
  const within = (squaresA - sumA ** 2 / count) * (squaresB - sumB ** 2 / count);
  return within > 0 ? (products - (sumA * sumB) / count) / Math.sqrt(within) : 0;
}

/** Bits in which two dHashes differ. */
export function bitsApart(a: string, b: string): number {
  const other = wordsOf(b);
  return wordsOf(a).reduce((sum, word, i) => sum + onesOf(word ^ other[i]!), 0);
}

/** Ones in a dHash: neighbours of which the right one is brighter. */
export function onesInHash(dHash: string): number {
  return wordsOf(dHash).reduce((sum, word) => sum + onesOf(word), 0);
}

function wordsOf(hex: string): Uint32Array {
  return Uint32Array.from({ length: WORDS }, (_, word) => Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16));
}

/** Bits set in a 32-bit word (Hacker's Delight, 5-1). */
export function onesOf(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
