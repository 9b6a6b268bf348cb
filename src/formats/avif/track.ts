// Size and frame count of an AVIF image sequence, from its tracks and from the images they lead to.
import type { Bytes } from '../bytes';
import type { ImageHeader } from '../image-header';
import { GivenUp, Steps } from '../steps';
import { type BoxReading, larger, largestFrame, type Size } from './av1';
import { type Box, boxes, CONFIG, MOST_BOXES, within } from './boxes';

/** Of what a sample entry has before its own boxes; width and height are among it. */
const ENTRY = 78;

/** The larger of each side over all image tracks, and the frames of the longest; undefined when one cannot be read. */
export function sequenceHeader(bytes: Bytes, movie: Box, reading: BoxReading): ImageHeader | undefined {
  let size: Size | undefined;
  let frames = 1;
  for (const track of boxes(bytes, movie.at, movie.length).filter(box => box.type === 'trak')) {
    const head = within(bytes, track, 'tkhd');
    const table = ['mdia', 'minf', 'stbl'].reduce<Box | undefined>(
      (box, type) => box && within(bytes, box, type),
      track,
    );
    const sizes = table && within(bytes, table, 'stsz');
    if (!head || !sizes) continue;
    // Width and height are the last two fields, 16.16 fixed point.
    const end = head.at + head.length;
    const shown = { width: bytes.u32(end - 8) >>> 16, height: bytes.u32(end - 4) >>> 16 };
    if (shown.width === 0 || shown.height === 0) continue;
    size = larger(size, shown);
    frames = Math.max(frames, bytes.u32(sizes.at + 8));
    const entry = av1Entry(bytes, table);
    if (!entry) continue;
    size = larger(size, { width: bytes.u16(entry.at + 24), height: bytes.u16(entry.at + 26) });
    const config = boxes(bytes, entry.at + ENTRY, entry.length - ENTRY).find(({ type }) => type === 'av1C');
    const streams = config ? [bytes.slice(config.at + CONFIG, config.length - CONFIG)] : [];
    for (const sample of [...streams, ...samples(bytes, table, sizes, reading.most.frames)]) {
      const coded = largestFrame(sample, reading);
      // Only a sample others build on begins with a sequence header.
      if (coded) size = larger(size, coded);
    }
  }
  return size && { ...size, frames };
}

function av1Entry(bytes: Bytes, table: Box): Box | undefined {
  const list = within(bytes, table, 'stsd');
  return (
    list && boxes(bytes, list.at + 8, list.length - 8).find(({ type, length }) => type === 'av01' && length >= ENTRY)
  );
}

/** The samples' bytes, of no more than an animation may have. */
function* samples(bytes: Bytes, table: Box, sizes: Box, most: number): Generator<Bytes> {
  const narrow = within(bytes, table, 'stco');
  const broad = within(bytes, table, 'co64');
  if (narrow && broad) throw new GivenUp();
  const chunkList = narrow ?? broad;
  const runs = within(bytes, table, 'stsc');
  if (!chunkList || !runs) return;
  const wide = chunkList.type === 'co64';
  const fixed = bytes.u32(sizes.at + 4);
  const count = Math.min(bytes.u32(sizes.at + 8), most);
  const chunks = bytes.u32(chunkList.at + 4);
  const runCount = bytes.u32(runs.at + 4);
  // A table shorter than it says would be read on in what lies behind it, for as long as it says.
  if (8 + 12 * runCount > runs.length) throw new GivenUp();
  const steps = new Steps(MOST_BOXES);
  let sample = 0;
  let run = 0;
  for (let chunk = 0; chunk < chunks && sample < count; chunk++) {
    steps.take();
    const entry = chunkList.at + 8 + chunk * (wide ? 8 : 4);
    let at = wide ? bytes.u32(entry) * 2 ** 32 + bytes.u32(entry + 4) : bytes.u32(entry);
    while (run + 1 < runCount && bytes.u32(runs.at + 8 + (run + 1) * 12) <= chunk + 1) run++;
    const perChunk = bytes.u32(runs.at + 8 + run * 12 + 4);
    for (let n = 0; n < perChunk && sample < count; n++, sample++) {
      const length = fixed || bytes.u32(sizes.at + 12 + sample * 4);
      yield bytes.slice(at, length);
      at += length;
    }
  }
}
