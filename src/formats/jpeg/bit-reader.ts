// Reads the bits of a JPEG's scan, one interval between restart marks at a time.
import type { Codes } from './huffman';

/** Codes up to this many bits, nearly all of an image, are looked up at once. */
const QUICK = 8;
const tables = new WeakMap<Codes, Uint16Array>();

export class BitReader {
  /** The interval's bytes without the zeros stuffed behind 0xff. */
  readonly #bytes: Uint8Array;
  #length = 0;
  #at = 0;
  #next = 0;

  constructor(private readonly data: Uint8Array) {
    this.#bytes = new Uint8Array(data.length);
  }

  /** Goes on to what follows the last mark; false unless this one ends it, or, where none is given, the data does. */
  nextInterval(mark: number | undefined): boolean {
    const { data } = this;
    this.#at = 0;
    this.#length = 0;
    while (this.#next < data.length) {
      const byte = data[this.#next++] ?? 0;
      if (byte === 0xff) {
        const stuffed = data[this.#next] === 0;
        // Any number of fill bytes may stand before a marker.
        while (data[this.#next] === 0xff) this.#next++;
        if (!stuffed) return data[this.#next++] === mark;
        this.#next++;
      }
      this.#bytes[this.#length++] = byte;
    }
    return mark === undefined;
  }

  get isPastEnd(): boolean {
    return this.#at > 8 * this.#length;
  }

  /** Only the bits that fill the last byte may be left; some encoders fill one more when none is open, with ones. */
  get isAtEnd(): boolean {
    const left = 8 * this.#length - this.#at;
    return left >= 0 && (left < 8 || (left === 8 && this.#bytes[this.#length - 1] === 0xff));
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Up to 16 bits as a number. */
  take(count: number): number {
    const bits = this.#peek() >> (16 - count);
    this.#at += count;
    return bits;
  }

  /** The symbol of the code that follows, -1 when there is none. */
  symbol(codes: Codes | undefined): number {
    if (!codes) return -1;
    const bits = this.#peek();
    const quick = quickTable(codes)[bits >> (16 - QUICK)] ?? 0;
    if (quick > 0) {
      this.#at += quick >> 8;
      return quick & 255;
    }
    for (let i = QUICK; i < 16; i++) {
      const n = (bits >> (15 - i)) - (codes.first[i] ?? 0);
      if (n >= (codes.counts[i] ?? 0)) continue;
      this.#at += i + 1;
      return codes.symbols[(codes.starts[i] ?? 0) + n] ?? -1;
    }
    return -1;
  }

  /** The next 16 bits; zeros behind the end. */
  #peek(): number {
    const byte = this.#at >>> 3;
    const bytes = this.#bytes;
    const three =
      byte + 2 < this.#length
        ? ((bytes[byte] as number) << 16) | ((bytes[byte + 1] as number) << 8) | (bytes[byte + 2] as number)
        : this.#lastBytes(byte);
    return (three >> (8 - (this.#at & 7))) & 0xffff;
  }

  #lastBytes(byte: number): number {
    return [0, 1, 2].reduce(
      (value, i) => (value << 8) | (byte + i < this.#length ? (this.#bytes[byte + i] ?? 0) : 0),
      0,
    );
  }
}

/** By the next bits: the code's length, times 256, and its symbol; 0 where the code is longer or there is none. */
function quickTable(codes: Codes): Uint16Array {
  let table = tables.get(codes);
  if (!table) {
    table = new Uint16Array(1 << QUICK);
    for (let i = 0; i < QUICK; i++) {
      for (let n = 0; n < (codes.counts[i] ?? 0); n++) {
        const from = ((codes.first[i] ?? 0) + n) << (QUICK - 1 - i);
        const symbol = codes.symbols[(codes.starts[i] ?? 0) + n] ?? 0;
        table.fill(((i + 1) << 8) | symbol, from, from + (1 << (QUICK - 1 - i)));
      }
    }
    tables.set(codes, table);
  }
  return table;
}
