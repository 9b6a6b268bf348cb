// How large the images of an AV1 stream are, from its sequence and frame headers (AV1 specification, 5.5 and 5.9).
import type { Bytes } from '../bytes';
import type { Most } from '../image-header';
import { Steps } from '../steps';

export interface Size {
  width: number;
  height: number;
}

/** What is read of one file, whatever its tables say how often a part is to be read. */
export class BoxReading {
  readonly units = new Steps(100_000);
  /** What the frames of this part and of the ones after it are made by, until another stands before them. */
  sequence?: Sequence;

  constructor(readonly most: Most) {}
}

const SEQUENCE = 1;
const FRAME_HEADERS = [3, 6, 7];
const SWITCH_FRAME = 3;
/** "The frame says it itself". */
const SELECT = 2;

interface Sequence extends Size {
  /** What a frame may ask for that has a size of its own: decoders do not compare it with the sequence's. */
  most: Size;
  reduced: boolean;
  timeBits: number;
  idBits: number;
  screenTools: number;
  integerMv: number;
}

/** The largest size any header of the stream asks for; undefined when it has none. @throws GivenUp */
export function largestFrame(stream: Bytes, reading: BoxReading): Size | undefined {
  let largest: Size | undefined;
  for (let at = 0; at < stream.length; ) {
    reading.units.take();
    const head = stream.u8(at++);
    if (head & 4) at++;
    let length = stream.length - at;
    if (head & 2) {
      length = 0;
      for (let n = 0; n < 8; n++) {
        const byte = stream.u8(at++);
        length += (byte & 127) * 128 ** n;
        if (byte < 128) break;
      }
    }
    const unit = new Bits(stream.slice(at, length));
    const type = (head >> 3) & 15;
    if (type === SEQUENCE) {
      reading.sequence = sequenceOf(unit);
      largest = larger(largest, reading.sequence);
    } else if (reading.sequence && FRAME_HEADERS.includes(type) && hasOwnSize(unit, reading.sequence)) {
      largest = larger(largest, reading.sequence.most);
    }
    at += length;
  }
  return largest;
}

/** The larger of each side. */
export function larger(a: Size | undefined, b: Size): Size {
  return { width: Math.max(a?.width ?? 0, b.width), height: Math.max(a?.height ?? 0, b.height) };
}

function sequenceOf(bits: Bits): Sequence {
  bits.skip(4);
  const reduced = bits.flag();
  let timeBits = 0;
  if (reduced) bits.skip(5);
  else timeBits = operatingPoints(bits);
  const widthBits = bits.read(4) + 1;
  const heightBits = bits.read(4) + 1;
  const width = bits.read(widthBits) + 1;
  const height = bits.read(heightBits) + 1;
  const most = { width: 2 ** widthBits, height: 2 ** heightBits };
  const idBits = !reduced && bits.flag() ? bits.read(4) + bits.read(3) + 3 : 0;
  bits.skip(3);
  if (reduced) return { width, height, most, reduced, timeBits, idBits, screenTools: SELECT, integerMv: SELECT };
  bits.skip(4);
  if (bits.flag()) bits.skip(2);
  const screenTools = bits.flag() ? SELECT : bits.read(1);
  const integerMv = screenTools === 0 || bits.flag() ? SELECT : bits.read(1);
  return { width, height, most, reduced, timeBits, idBits, screenTools, integerMv };
}

/** Gives the bits of a frame's presentation time, 0 where frames have none. */
function operatingPoints(bits: Bits): number {
  let timeBits = 0;
  let delayBits = 0;
  if (bits.flag()) {
    bits.skip(64);
    const equalIntervals = bits.flag();
    if (equalIntervals) bits.skipUvlc();
    if (bits.flag()) {
      delayBits = bits.read(5) + 1;
      bits.skip(37);
      const presentation = bits.read(5) + 1;
      timeBits = equalIntervals ? 0 : presentation;
    }
  }
  const hasDisplayDelay = bits.flag();
  for (let points = bits.read(5) + 1; points > 0; points--) {
    bits.skip(12);
    if (bits.read(5) > 7) bits.skip(1);
    if (delayBits > 0 && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasDisplayDelay && bits.flag()) bits.skip(4);
  }
  return timeBits;
}

/** Whether a frame header says that the frame's size is not the sequence's. */
function hasOwnSize(bits: Bits, { reduced, timeBits, idBits, screenTools, integerMv }: Sequence): boolean {
  if (reduced || bits.flag()) return false;
  const type = bits.read(2);
  const shown = bits.flag();
  bits.skip(shown ? timeBits : 1);
  if (type === SWITCH_FRAME) return true;
  if (type !== 0 || !shown) bits.skip(1);
  bits.skip(1);
  const tools = screenTools === SELECT ? bits.read(1) : screenTools;
  if (tools && integerMv === SELECT) bits.skip(1);
  bits.skip(idBits);
  return bits.flag();
}

/** Bits from the highest of each byte; zeros beyond the end. */
class Bits {
  private at = 0;
  constructor(private readonly bytes: Bytes) {}

  read(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n++, this.at++)
      value = value * 2 + ((this.bytes.u8(this.at >> 3) >> (7 - (this.at & 7))) & 1);
    return value;
  }

  flag(): boolean {
    return this.read(1) === 1;
  }

  skip(count: number): void {
    this.at += count;
  }

  skipUvlc(): void {
    let zeros = 0;
    while (zeros < 32 && !this.flag()) zeros++;
    if (zeros < 32) this.skip(zeros);
  }
}
