// Size and frame count of an AVIF, from its boxes (ISO/IEC 14496-12 and 23008-12).
import type { Bytes } from '../bytes';
import type { ImageHeader, Most } from '../image-header';
import { Steps } from '../steps';
import { BoxReading, larger } from './av1';
import { type Box, boxes, MOST_BOXES } from './boxes';
import { codedSize } from './items';
import { sequenceHeader } from './track';

/** Boxes of which a reader takes one and another reader the other: what stands twice is no image. */
const ONCE = ['meta', 'moov', 'pitm', 'iprp', 'ipco', 'iinf', 'iloc', 'idat'];

/**
 * `ispe` says how large the image is meant to be; what decoders make room for is what the coded images say. The larger
 * of the two counts.
 */
export function avifHeader(bytes: Bytes, most: Most): ImageHeader | undefined {
  const file = boxes(bytes, 0, bytes.length);
  const meta = file.find(box => box.type === 'meta');
  const movie = file.find(box => box.type === 'moov');
  const children = meta ? boxes(bytes, meta.at + 4, meta.length - 4) : [];
  if (hasTwice(file) || hasTwice(children)) return undefined;
  const reading = new BoxReading(most);
  const track = movie && sequenceHeader(bytes, movie, reading);
  const shown = (meta && primaryItem(bytes, children)) ?? track;
  const coded = codedSize(bytes, children, reading);
  if (!shown || !coded) return undefined;
  return { ...shown, ...larger(larger(coded, shown), track ?? shown), frames: track?.frames ?? 1 };
}

function hasTwice(side: Box[]): boolean {
  return ONCE.some(type => side.filter(box => box.type === type).length > 1);
}

function primaryItem(bytes: Bytes, children: Box[]): ImageHeader | undefined {
  const pitm = children.find(box => box.type === 'pitm');
  const iprp = children.find(box => box.type === 'iprp');
  if (!iprp) return undefined;
  const parts = boxes(bytes, iprp.at, iprp.length);
  const ipco = parts.find(box => box.type === 'ipco');
  if (!ipco || hasTwice(parts)) return undefined;
  const properties = boxes(bytes, ipco.at, ipco.length);
  const primary = pitm ? (bytes.u8(pitm.at) === 0 ? bytes.u16(pitm.at + 4) : bytes.u32(pitm.at + 4)) : undefined;
  const used = parts
    .filter(box => box.type === 'ipma')
    .flatMap(box => associations(bytes, box, primary))
    .map(index => properties[index - 1])
    .filter(box => box !== undefined);
  const size = used.find(box => box.type === 'ispe');
  if (!size) return undefined;
  return {
    width: bytes.u32(size.at + 4),
    height: bytes.u32(size.at + 8),
    frames: 1,
  };
}

/** 1-based indexes of the properties of the primary item. */
function associations(bytes: Bytes, ipma: Box, primary: number | undefined): number[] {
  const wideIds = bytes.u8(ipma.at) >= 1;
  const wideIndexes = (bytes.u8(ipma.at + 3) & 1) === 1;
  const end = ipma.at + ipma.length;
  const entries = bytes.u32(ipma.at + 4);
  const steps = new Steps(MOST_BOXES);
  let at = ipma.at + 8;
  for (let entry = 0; entry < entries && at < end; entry++) {
    steps.take();
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
