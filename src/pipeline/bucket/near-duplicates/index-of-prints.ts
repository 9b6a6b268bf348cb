// Finds near-duplicates among the images of a collection: each is looked at, which takes about a millisecond among 10,000.
import {
  type Fingerprint,
  isNear,
  mirrorOf,
  NEAR_BITS,
  NEAR_SKETCHES,
  onesOf,
  type Print,
  printOf,
  WORDS,
} from './print';
import { COARSE, SIDE } from './sketch';

export type { Fingerprint } from './print';

/** Cells of the sketch that each of its blocks is the mean of. */
const CELLS = (SIDE * SIDE) / COARSE;

/** Holds what the images of a collection are compared by, in about a kilobyte each. */
export class NearDuplicateIndex {
  private readonly names: string[] = [];
  private readonly prints: Print[] = [];
  private readonly places = new Map<string, number>();
  // What a first look goes by lies side by side: following an object for each image takes ten times as long.
  private words = new Uint32Array(1024 * WORDS);
  private coarse = new Float32Array(1024 * COARSE);
  /** How far from an image a near one can be, by its sketch; less than nothing without one. */
  private reach = new Float32Array(1024);

  get size(): number {
    return this.prints.length;
  }

  /** Adds a sample; one that is there already keeps its place. */
  add(sha256: string, fingerprint: Fingerprint): void {
    const print = printOf(fingerprint);
    const place = this.places.get(sha256) ?? this.names.push(sha256) - 1;
    this.places.set(sha256, place);
    this.prints[place] = print;
    if (place >= this.reach.length) this.grow();
    this.words.set(print.words, place * WORDS);
    this.coarse.set(print.coarse, place * COARSE);
    this.reach[place] = print.sketch ? NEAR_SKETCHES * print.variation : -1;
  }

  /** Samples near an image, given its fingerprint and the dHash of its mirror image. */
  near(fingerprint: Fingerprint, mirroredDHash: string): string[] {
    const plain = printOf(fingerprint);
    const mirror = mirrorOf(plain, mirroredDHash);
    return this.names.filter((_, place) => this.isNear(place, plain) || this.isNear(place, mirror));
  }

  private isNear(place: number, print: Print): boolean {
    return (this.mayBeNear(place, print) || this.hashIsNear(place, print.words)) && isNear(this.prints[place]!, print);
  }

  /** By the means of blocks, whose squared difference, times what they are the means of, is never more than the sketches'. */
  private mayBeNear(place: number, { coarse }: Print): boolean {
    const reach = this.reach[place]! / CELLS;
    const from = place * COARSE;
    let apart = 0;
    for (let i = 0; i < coarse.length && apart <= reach; i++) apart += (this.coarse[from + i]! - coarse[i]!) ** 2;
    return apart <= reach;
  }

  private hashIsNear(place: number, words: Uint32Array): boolean {
    let apart = 0;
    const from = place * WORDS;
    // Unlike images differ in half their bits, so most comparisons end after two or three words.
    for (let i = 0; i < WORDS && apart <= NEAR_BITS; i++) apart += onesOf(this.words[from + i]! ^ words[i]!);
    return apart <= NEAR_BITS;
  }

  private grow(): void {
    this.words = doubled(this.words);
    this.coarse = doubled(this.coarse);
    this.reach = doubled(this.reach);
  }
}

function doubled<T extends Uint32Array | Float32Array>(values: T): T {
  const more = new (values.constructor as new (length: number) => T)(values.length * 2);
  more.set(values);
  return more;
}
