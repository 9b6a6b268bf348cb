// Inflates what a PNG holds compressed, and knows whether anything hides behind it.
import { joined } from './bytes';

/**
 * Whether bytes are one zlib stream from the first to the last. Its contents go to `take` piece by piece, which stops it with
 * false, so that a bomb ends at the length its caller expects.
 */
export async function isOneStream(bytes: Uint8Array, take: (piece: Uint8Array) => boolean): Promise<boolean> {
  // Not every inflater tells of bytes behind the stream's end; but none finds the end before it has come.
  return (await inflates(bytes, take)) && !(await inflates(bytes.subarray(0, -1), () => true));
}

/** The contents of what is one zlib stream of so many bytes at most; else undefined. */
export async function inflated(bytes: Uint8Array, most: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const whole = await isOneStream(bytes, piece => {
    pieces.push(piece);
    length += piece.length;
    return length <= most;
  });
  return whole ? joined(pieces) : undefined;
}

async function inflates(bytes: Uint8Array, take: (piece: Uint8Array) => boolean): Promise<boolean> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      if (take(value)) continue;
      await reader.cancel();
      return false;
    }
  } catch {
    // The inflater's word for data that is no zlib stream, or not all of one.
    return false;
  }
}
