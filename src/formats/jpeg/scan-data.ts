// Whether the compressed data of a JPEG's scan is all image: it is read as a decoder does, without making pixels of it.
import { BitReader } from './bit-reader';
import type { Component } from './frame';
import type { Scan } from './structure';

/** Coefficients of a progressive component whose history is kept, a byte each; larger images are encoded anew. */
const MOST_COEFFICIENTS = 1 << 25;
const BLOCK = 64;

/** Reads one unit's data; false when it is none. */
type ReadUnit = (bits: BitReader, unit: number) => boolean;

/**
 * Whether the data ends with its last unit, and before each restart mark with the last of its interval, so that no byte is left
 * that decoders pass over. The restart marks are counted too.
 * @param data  from behind the scan's header to the next marker that is not a restart
 */
export function isWholeScan(data: Uint8Array, scan: Scan): boolean {
  const reader = readerOf(scan);
  if (!reader) return false;
  const { units } = scan;
  const interval = scan.interval === 0 ? units : scan.interval;
  const bits = new BitReader(data);
  for (let from = 0, mark = 0; from < units; from += interval, mark = (mark + 1) % 8) {
    const last = from + interval >= units;
    if (!bits.nextInterval(last ? undefined : 0xd0 + mark)) return false;
    const end = last ? units : from + interval;
    for (let unit = from; unit < end; unit++) if (!reader.read(bits, unit) || bits.isPastEnd) return false;
    if (!bits.isAtEnd || reader.isRunning()) return false;
  }
  return true;
}

function readerOf(scan: Scan): { read: ReadUnit; isRunning: () => boolean } | undefined {
  const still = () => false;
  if (!scan.progressive) return { read: whole(scan), isRunning: still };
  if (scan.first === 0) return { read: scan.refines ? dcBits(scan) : dcOnly(scan), isRunning: still };
  const [part] = scan.components;
  const component = part?.component;
  if (!component || !hasHistory(component)) return undefined;
  const bands = new Bands(scan, component.shown);
  return { read: scan.refines ? bands.refine : bands.begin, isRunning: () => bands.run > 0 };
}

/** Makes room for which coefficients are not zero, once the scan before it has shown that there is data for all blocks. */
function hasHistory(component: Component): component is Component & { shown: Uint8Array } {
  const length = component.columns * component.rows * BLOCK;
  if (length > MOST_COEFFICIENTS) return false;
  component.shown ??= new Uint8Array(length);
  return true;
}

/** Blocks of each component in one unit. */
function blocksOf({ components }: Scan): { dc: BitCodes; ac: BitCodes; count: number }[] {
  return components.map(({ component, dc, ac }) => ({
    dc,
    ac,
    count: components.length === 1 ? 1 : component.across * component.down,
  }));
}
type BitCodes = Scan['components'][number]['dc'];

function whole(scan: Scan): ReadUnit {
  const parts = blocksOf(scan);
  return bits => {
    for (const { dc, ac, count } of parts) for (let n = 0; n < count; n++) if (!wholeBlock(bits, dc, ac)) return false;
    return true;
  };
}

function wholeBlock(bits: BitReader, dc: BitCodes, ac: BitCodes): boolean {
  const size = bits.symbol(dc);
  if (size < 0) return false;
  bits.skip(size);
  for (let k = 1; k < BLOCK; k++) {
    const symbol = bits.symbol(ac);
    if (symbol === 0) return true;
    const value = symbol & 15;
    if (symbol < 0 || (value === 0 && symbol !== 0xf0)) return false;
    k += symbol >> 4;
    if (k >= BLOCK) return false;
    bits.skip(value);
  }
  return true;
}

function dcOnly(scan: Scan): ReadUnit {
  const parts = blocksOf(scan);
  return bits => {
    for (const { dc, count } of parts) {
      for (let n = 0; n < count; n++) {
        const size = bits.symbol(dc);
        if (size < 0) return false;
        bits.skip(size);
      }
    }
    return true;
  };
}

function dcBits(scan: Scan): ReadUnit {
  const count = blocksOf(scan).reduce((sum, part) => sum + part.count, 0);
  return bits => {
    bits.skip(count);
    return true;
  };
}

/** Scans of a progressive image's other coefficients, of one component each: a code may end many blocks at once. */
class Bands {
  /** Blocks that hold nothing new, of those that a code counted. */
  run = 0;
  readonly #codes: BitCodes;
  readonly #first: number;
  readonly #last: number;
  readonly #shown: Uint8Array;

  constructor({ components, first, last }: Scan, shown: Uint8Array) {
    this.#codes = components[0]?.ac;
    this.#first = first;
    this.#last = last;
    this.#shown = shown;
  }

  begin = (bits: BitReader, unit: number): boolean => {
    if (this.run > 0) {
      this.run--;
      return true;
    }
    for (let k = this.#first; k <= this.#last; k++) {
      const symbol = bits.symbol(this.#codes);
      if (symbol < 0) return false;
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0 && zeros < 15) {
        this.run = (1 << zeros) + bits.take(zeros) - 1;
        return true;
      }
      k += zeros;
      if (k > this.#last) return false;
      if (size > 0) this.#show(unit, k);
      bits.skip(size);
    }
    return true;
  };

  refine = (bits: BitReader, unit: number): boolean => {
    let k = this.#first;
    for (; this.run === 0 && k <= this.#last; k++) {
      const symbol = bits.symbol(this.#codes);
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (symbol < 0 || size > 1) return false;
      if (size === 0 && zeros < 15) {
        this.run = (1 << zeros) + bits.take(zeros);
        break;
      }
      bits.skip(size);
      k = this.#pass(bits, unit, k, zeros);
      if (k > this.#last) return size === 0;
      if (size > 0) this.#show(unit, k);
    }
    if (this.run > 0) {
      this.#pass(bits, unit, k, BLOCK);
      this.run--;
    }
    return true;
  };

  /** The first of a block, which these scans never hold, says that there is another, so that empty blocks cost next to nothing. */
  #show(unit: number, k: number): void {
    this.#shown[unit * BLOCK] = 1;
    this.#shown[unit * BLOCK + k] = 1;
  }

  /** Takes a bit for each coefficient that is not zero, up to the one behind so many zeros; answers where that is. */
  #pass(bits: BitReader, unit: number, from: number, zeros: number): number {
    if (this.#shown[unit * BLOCK] === 0) return Math.min(from + zeros, this.#last + 1);
    let left = zeros;
    let k = from;
    for (; k <= this.#last; k++) {
      if (this.#shown[unit * BLOCK + k] === 1) bits.skip(1);
      else if (left-- === 0) break;
    }
    return k;
  }
}
