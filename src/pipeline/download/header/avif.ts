// Size, rotation and frame count of an AVIF, from its boxes (ISO/IEC 14496-12 and 23008-12).
import type { Bytes } from '../bytes';
import type { Header } from './header';

const MOST_BOXES = 4096;
/** EXIF orientation that turns as `irot` does: 0, 90, 180, 270 degrees counter-clockwise. */
const IROT_ORIENTATION = [1, 8, 3, 6];

interface Box {
  type: string;
  /** Offset and length of the contents. */
  at: number;
  length: number;
}

export function avifHeader(bytes: Bytes): Header | undefined {
  const file = boxes(bytes, 0, bytes.length);
  const meta = file.find(box => box.type === 'meta');
  const still = meta && primaryItem(bytes, meta);
  const movie = file.find(box => box.type === 'moov');
  const track = movie && firstTrack(bytes, movie);
  if (!still) return track;
  return { ...still, frames: Math.max(1, track?.frames ?? 1) };
}

function primaryItem(bytes: Bytes, meta: Box): Header | undefined {
  const children = boxes(bytes, meta.at + 4, meta.length - 4);
  const pitm = children.find(box => box.type === 'pitm');
  const iprp = children.find(box => box.type === 'iprp');
  if (!iprp) return undefined;
  const parts = boxes(bytes, iprp.at, iprp.length);
  const ipco = parts.find(box => box.type === 'ipco');
  if (!ipco) return undefined;
  const properties = boxes(bytes, ipco.at, ipco.length);
  const primary = pitm ? (bytes.u8(pitm.at) === 0 ? bytes.u16(pitm.at + 4) : bytes.u32(pitm.at + 4)) : undefined;
  const used = parts
    .filter(box => box.type === 'ipma')
    .flatMap(box => associations(bytes, box, primary))
    .map(index => properties[index - 1])
    .filter(box => box !== undefined);
  const size = used.find(box => box.type === 'ispe');
  if (!size) return undefined;
  const rotation = used.find(box => box.type === 'irot');
  return {
    width: bytes.u32(size.at + 4),
    height: bytes.u32(size.at + 8),
    orientation: rotation ? (IROT_ORIENTATION[bytes.u8(rotation.at) & 3] ?? 1) : 1,
    frames: 1,
  };
}

/** 1-based indexes of the properties of the primary item. */
function associations(bytes: Bytes, ipma: Box, primary: number | undefined): number[] {
  const wideIds = bytes.u8(ipma.at) >= 1;
  const wideIndexes = (bytes.u8(ipma.at + 3) & 1) === 1;
  const end = ipma.at + ipma.length;
  const entries = Math.min(bytes.u32(ipma.at + 4), MOST_BOXES);
  let at = ipma.at + 8;
  for (let entry = 0; entry < entries && at < end; entry++) {
    const item = wideIds ? bytes.u32(at) : bytes.u16(at);
    at += wideIds ? 4 : 2;
    const count = bytes.u8(at++);
    const indexes: number[] = [];
    for (let n = 0; n < count && at < end; n++) {
      indexes.push(wideIndexes ? bytes.u16(at) & 0x7fff : bytes.u8(at) & 0x7f);
      at += wideIndexes ? 2 : 1;
    }
    if (primary === undefined || item === primary) return indexes;
  }
  return [];
}

/** Size and sample count of the first picture track of an image sequence. */
function firstTrack(bytes: Bytes, movie: Box): Header | undefined {
  const within = (box: Box, type: string) => boxes(bytes, box.at, box.length).find(child => child.type === type);
  for (const track of boxes(bytes, movie.at, movie.length).filter(box => box.type === 'trak')) {
    const head = within(track, 'tkhd');
    const table = ['mdia', 'minf', 'stbl'].reduce<Box | undefined>((box, type) => box && within(box, type), track);
    const sizes = table && within(table, 'stsz');
    if (!head || !sizes) continue;
    // Width and height are the last two fields, 16.16 fixed point.
    const end = head.at + head.length;
    const width = bytes.u32(end - 8) >>> 16;
    const height = bytes.u32(end - 4) >>> 16;
    if (width > 0 && height > 0) return { width, height, orientation: 1, frames: Math.max(1, bytes.u32(sizes.at + 8)) };
  }
  return undefined;
}

function boxes(bytes: Bytes, from: number, length: number): Box[] {
  const found: Box[] = [];
  const end = Math.min(bytes.length, from + length);
  let at = from;
  while (at + 8 <= end && found.length < MOST_BOXES) {
    const short = bytes.u32(at);
    // 1: a 64-bit size follows; 0: to the end of the file.
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? bytes.u32(at + 8) * 2 ** 32 + bytes.u32(at + 12) : short === 0 ? end - at : short;
    if (size < head) break;
    found.push({ type: bytes.text(at + 4, 4), at: at + head, length: Math.min(size, end - at) - head });
    at += size;
  }
  return found;
}
