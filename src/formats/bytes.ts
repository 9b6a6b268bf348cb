// Reads numbers and short texts out of bytes; beyond the end everything is undefined or zero, nothing throws.

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
