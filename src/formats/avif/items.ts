// The coded images and grids among the items of an AVIF, and how large decoding makes them (ISO/IEC 23008-12).
import { Bytes, joined } from '../bytes';
import { Steps } from '../steps';
import { type BoxReading, larger, largestFrame, type Size } from './av1';
import { type Box, boxes, CONFIG, MOST_BOXES, within } from './boxes';

/** Pixels of all coded images together, as many times those one may have: thumbnails and transparency included; a grid's parts add up to the whole. */
const MOST_CODED = 4;

/**
 * The larger of each side over all coded images and grids, whatever `ispe` says of them: decoders decode what lies
 * there and scale it. Undefined when a coded image cannot be found or read, or when there is too much of it. A file
 * without a list of items gives nothing.
 */
export function codedSize(bytes: Bytes, meta: Box[], reading: BoxReading): Size | undefined {
  let largest: Size = { width: 0, height: 0 };
  const list = meta.find(box => box.type === 'iinf');
  if (!list) return largest;
  for (const size of configured(bytes, meta, reading)) largest = larger(largest, size);
  const parts = extents(bytes, meta);
  let pixels = 0;
  let read = 0;
  for (const [id, type] of itemTypes(bytes, list)) {
    if (type !== 'av01' && type !== 'grid') continue;
    const payload = join(bytes, parts.get(id) ?? []);
    // Items may share bytes; a file whose tables have them read again and again is none of a camera's.
    read += payload?.length ?? 0;
    if (read > 2 * bytes.length) return undefined;
    const size = payload && (type === 'grid' ? gridSize(payload) : largestFrame(payload, reading));
    if (!size) return undefined;
    largest = larger(largest, size);
    if (type === 'av01') pixels += size.width * size.height;
  }
  // One that is too large by itself is told by its size.
  return pixels > MOST_CODED * reading.most.pixels && largest.width * largest.height <= reading.most.pixels
    ? undefined
    : largest;
}

/** Sequence headers that stand beside the images, for decoders that are set up before they see one. */
function configured(bytes: Bytes, meta: Box[], reading: BoxReading): Size[] {
  const properties = meta.find(box => box.type === 'iprp');
  const list = properties && within(bytes, properties, 'ipco');
  if (!list) return [];
  return boxes(bytes, list.at, list.length)
    .filter(({ type }) => type === 'av1C')
    .map(box => largestFrame(bytes.slice(box.at + CONFIG, box.length - CONFIG), reading))
    .filter(size => size !== undefined);
}

function gridSize(grid: Bytes): Size | undefined {
  const wide = (grid.u8(1) & 1) === 1;
  if (!grid.has(0, wide ? 12 : 8)) return undefined;
  return wide ? { width: grid.u32(4), height: grid.u32(8) } : { width: grid.u16(4), height: grid.u16(6) };
}

function itemTypes(bytes: Bytes, list: Box): [id: number, type: string][] {
  const head = bytes.u8(list.at) === 0 ? 6 : 8;
  return boxes(bytes, list.at + head, list.length - head)
    .filter(({ type }) => type === 'infe')
    .map(({ at }) =>
      bytes.u8(at) < 3 ? [bytes.u16(at + 4), bytes.text(at + 8, 4)] : [bytes.u32(at + 4), bytes.text(at + 10, 4)],
    );
}

interface Extent {
  at: number;
  length: number;
}

/** Where the bytes of each item lie. */
function extents(bytes: Bytes, meta: Box[]): Map<number, Extent[]> {
  const found = new Map<number, Extent[]>();
  const table = meta.find(box => box.type === 'iloc');
  if (!table) return found;
  const data = meta.find(box => box.type === 'idat');
  const version = bytes.u8(table.at);
  const sizes = bytes.u16(table.at + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  let at = table.at + 6;
  const read = (size: number) => {
    at += size;
    return size === 8
      ? bytes.u32(at - 8) * 2 ** 32 + bytes.u32(at - 4)
      : size === 4
        ? bytes.u32(at - 4)
        : size === 2
          ? bytes.u16(at - 2)
          : size === 1
            ? bytes.u8(at - 1)
            : 0;
  };
  const end = table.at + table.length;
  const steps = new Steps(MOST_BOXES);
  for (let items = read(version < 2 ? 2 : 4); items > 0 && at < end; items--) {
    const id = read(version < 2 ? 2 : 4);
    const inData = version > 0 && (read(2) & 15) === 1;
    read(2);
    const base = read(baseSize) + (inData ? (data?.at ?? bytes.length) : 0);
    const parts: Extent[] = [];
    for (let count = read(2); count > 0 && at < end; count--) {
      steps.take();
      read(indexSize);
      const from = base + read(offsetSize);
      // No length: all there is.
      parts.push({ at: from, length: read(lengthSize) || bytes.length - from });
    }
    found.set(id, parts);
  }
  return found;
}

/** An item's bytes; undefined when there are none, or more than the file has. */
function join(bytes: Bytes, parts: Extent[]): Bytes | undefined {
  const pieces = parts.map(({ at, length }) => bytes.slice(at, length).all);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length === 0 || length > bytes.length) return undefined;
  return new Bytes(joined(pieces));
}
