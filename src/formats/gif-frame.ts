// The first frame of a GIF, as forgiving of too few pixels as most readers: the rest of the frame stays transparent.
import { Bytes } from './bytes';
import { beginsAsGif, gifHeader } from './gif';

/** Opaque or fully transparent pixels, RGBA, row-major. */
export interface GifFrame {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

const LONGEST_CODE = 12;

/**
 * Undefined for what is no GIF, has no whole first frame, no pixel in it, or more pixels than `most`. Colour tables, interlacing, transparency and
 * LZW are those of the GIF89a specification.
 */
export function firstGifFrame(body: Uint8Array, most: number): GifFrame | undefined {
  const bytes = new Bytes(body);
  const header = beginsAsGif(bytes) ? gifHeader(bytes) : undefined;
  if (!header || header.width * header.height > most) return undefined;
  const global = tableAt(bytes, 13, bytes.u8(10));
  let transparent = -1;
  for (let at = 13 + global.length; bytes.has(at, 11); ) {
    const block = bytes.u8(at);
    if (block === 0x21) {
      if (bytes.u8(at + 1) === 0xf9 && bytes.has(at, 8)) transparent = bytes.u8(at + 3) & 1 ? bytes.u8(at + 6) : -1;
      at = subBlocks(bytes, at + 2)?.next ?? bytes.length;
    } else if (block === 0x2c) {
      const [left, top, width, height] = [1, 3, 5, 7].map(offset => bytes.u16(at + offset, true)) as [
        number,
        number,
        number,
        number,
      ];
      const flags = bytes.u8(at + 9);
      const local = tableAt(bytes, at + 10, flags);
      const start = at + 10 + local.length;
      const coded = bytes.has(start, 1) ? subBlocks(bytes, start + 1) : undefined;
      if (!coded) return undefined;
      const indices = unpacked(coded.data, bytes.u8(start), width * height);
      if (indices.length === 0) return undefined;
      const data = new Uint8ClampedArray(header.width * header.height * 4);
      const table = local.length > 0 ? local : global;
      for (const [n, index] of indices.entries()) {
        if (index === transparent) continue;
        const row = flags & 0x40 ? interlaced(Math.floor(n / width), height) : Math.floor(n / width);
        const to = ((top + row) * header.width + left + (n % width)) * 4;
        data.set(table.subarray(index * 3, index * 3 + 3), to);
        data[to + 3] = 255;
      }
      return { data, width: header.width, height: header.height };
    } else return undefined;
  }
  return undefined;
}

function tableAt(bytes: Bytes, at: number, flags: number): Uint8Array {
  const length = flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
  return bytes.all.subarray(at, at + length);
}

/** What the blocks hold, and what follows them; undefined when the file ends within. */
function subBlocks(bytes: Bytes, from: number): { data: Uint8Array; next: number } | undefined {
  let total = 0;
  let end = from;
  for (; bytes.has(end, 1) && bytes.u8(end) > 0; end += 1 + bytes.u8(end)) total += bytes.u8(end);
  if (!bytes.has(end, 1)) return undefined;
  const data = new Uint8Array(total);
  let filled = 0;
  for (let at = from; at < end; at += 1 + bytes.u8(at)) {
    data.set(bytes.all.subarray(at + 1, at + 1 + bytes.u8(at)), filled);
    filled += bytes.u8(at);
  }
  return { data, next: end + 1 };
}

/** The row in the image of the n-th row that is stored, of an interlaced one: every eighth first, then those between. */
function interlaced(n: number, height: number): number {
  let before = 0;
  for (const [first, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const) {
    const rows = Math.ceil(Math.max(0, height - first) / step);
    if (n < before + rows) return first + (n - before) * step;
    before += rows;
  }
  return n;
}

/** At most `count` colours; fewer where the codes end early or make no sense. */
function unpacked(data: Uint8Array, codeSize: number, count: number): Uint8Array {
  if (codeSize < 1 || codeSize > 8) return new Uint8Array();
  const [clear, end] = [1 << codeSize, (1 << codeSize) + 1];
  const out = new Uint8Array(count);
  /** Where in the output each code's colours stand, and how many they are. */
  const starts = new Int32Array(1 << LONGEST_CODE);
  const lengths = new Int32Array(1 << LONGEST_CODE);
  let [size, next, before, written, bits, held] = [codeSize + 1, end + 1, -1, 0, 0, 0];
  for (let at = 0; written < count; ) {
    while (held < size && at < data.length) {
      bits |= (data[at++] ?? 0) << held;
      held += 8;
    }
    if (held < size) break;
    const code = bits & ((1 << size) - 1);
    bits >>>= size;
    held -= size;
    if (code === end) break;
    if (code === clear) {
      [size, next, before] = [codeSize + 1, end + 1, -1];
      continue;
    }
    if (code > next || (code === next && before < 0)) break;
    const from = written;
    // A code that is made by this very step repeats the colours before it, and the first of them.
    const [start, length] =
      code < clear ? [-1, 1] : code < next ? [starts[code] ?? 0, lengths[code] ?? 0] : [before, from - before + 1];
    for (let i = 0; i < length && written < count; i++) out[written++] = start < 0 ? code : (out[start + i] ?? 0);
    if (before >= 0 && next < 1 << LONGEST_CODE) {
      // The colours of the code before and the first of these stand side by side already.
      starts[next] = before;
      lengths[next] = from - before + 1;
      next++;
      if (next === 1 << size && size < LONGEST_CODE) size++;
    }
    before = from;
  }
  return out.subarray(0, written);
}
