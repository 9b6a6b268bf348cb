// Numbers and short texts out of bytes, and bytes put together; beyond the end everything is undefined or zero, nothing throws.

export class Bytes {
  private readonly view: DataView;

  constructor(readonly all: Uint8Array) {
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }

  get length(): number {
    return this.all.length;
  }

  has(offset: number, count: number): boolean {
    return offset >= 0 && offset + count <= this.all.length;
  }

  u8(offset: number): number {
    return this.all[offset] ?? 0;
  }

  u16(offset: number, little = false): number {
    return this.has(offset, 2) ? this.view.getUint16(offset, little) : 0;
  }

  u24(offset: number): number {
    return this.u8(offset) | (this.u8(offset + 1) << 8) | (this.u8(offset + 2) << 16);
  }

  u32(offset: number, little = false): number {
    return this.has(offset, 4) ? this.view.getUint32(offset, little) : 0;
  }

  i32(offset: number, little = false): number {
    return this.has(offset, 4) ? this.view.getInt32(offset, little) : 0;
  }

  /** Bytes as Latin-1 text; shorter at the end of the file. */
  text(offset: number, count: number): string {
    return String.fromCharCode(...this.all.subarray(Math.max(0, offset), Math.max(0, offset + count)));
  }

  slice(offset: number, count: number): Bytes {
    return new Bytes(this.all.subarray(Math.max(0, offset), Math.max(0, Math.min(this.all.length, offset + count))));
  }
}

/** The parts as one array of their own. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The parts as one: a view of what they were cut from, without a copy, where nothing between them was left out. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (!first || !parts.every((part, n) => follows(part, parts[n - 1]))) return concatenated(parts);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, length);
}

function follows(part: Uint8Array, before: Uint8Array | undefined): boolean {
  return !before || (part.buffer === before.buffer && part.byteOffset === before.byteOffset + before.length);
}

/** The bytes of numbers as they lie in memory, without a copy: little-endian on every machine that browsers run on. */
export function bytesOf(numbers: ArrayBufferView): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Two lower-case digits a byte. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
