// Whether bytes are an ICC colour profile of tags that all readers know, with nothing between or behind them.

const HEADER = 128;
const ENTRY = 12;
/** The tags of ICC.1 that say what colours mean, and those that name the profile and the device. */
const TAGS = new Set(
  (
    'rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad lumi chrm cicp A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt pre0 pre1 pre2 ' +
    'D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 desc cprt dmnd dmdd vued view meas tech calt targ ciis rig0 rig2 resp'
  ).split(' '),
);

/** Whether they are as long as they say, of RGB or grey, and every byte belongs to a known tag or fills up its last word. */
export function isColourProfile(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER + 4 || view.getUint32(0) !== bytes.length) return false;
  if (name(bytes, 36) !== 'acsp' || !['RGB ', 'GRAY'].includes(name(bytes, 16))) return false;
  // Reserved: the last 28 bytes of the header.
  if (!bytes.subarray(100, HEADER).every(byte => byte === 0)) return false;
  const count = view.getUint32(HEADER);
  const tableEnd = HEADER + 4 + ENTRY * count;
  if (count > TAGS.size || tableEnd > bytes.length) return false;
  const seen = new Set<string>();
  const ranges: [number, number][] = [];
  for (let at = HEADER + 4; at < tableEnd; at += ENTRY) {
    const tag = name(bytes, at);
    if (!TAGS.has(tag) || seen.has(tag)) return false;
    seen.add(tag);
    const start = view.getUint32(at + 4);
    ranges.push([start, start + view.getUint32(at + 8)]);
  }
  return areSeamless(bytes, tableEnd, ranges);
}

/** Tags may share their data; else each begins where the one before ends, but for zeros up to the next word. */
function areSeamless(bytes: Uint8Array, from: number, ranges: [number, number][]): boolean {
  let at = from;
  let before = -1;
  for (const [start, end] of ranges.sort(([a, b], [c, d]) => a - c || b - d)) {
    if (start === before && end === at) continue;
    if (start < at || end < start + 8 || end > bytes.length || !isPadding(bytes.subarray(at, start))) return false;
    [before, at] = [start, end];
  }
  return isPadding(bytes.subarray(at));
}

function isPadding(bytes: Uint8Array): boolean {
  return bytes.length < 4 && bytes.every(byte => byte === 0);
}

function name(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
