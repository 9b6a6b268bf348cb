// Bytes as text of 64 letters and back, a piece at a time, so that a network is never there as one text of numbers.

/** Bytes a piece: a multiple of 3, so that no piece but the last is filled up, and few enough to be a function's arguments. */
const PIECE = 3 * 8192;

/** Yields the text of the arrays, which stand end to end. */
export function* toBase64(arrays: Iterable<Uint8Array>): Generator<string> {
  let waiting = new Uint8Array(PIECE);
  let filled = 0;
  for (const bytes of arrays) {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + PIECE - filled);
      waiting.set(piece, filled);
      at += piece.length;
      filled += piece.length;
      if (filled < PIECE) continue;
      yield btoa(String.fromCharCode(...waiting));
      waiting = new Uint8Array(PIECE);
      filled = 0;
    }
  }
  if (filled > 0) yield btoa(String.fromCharCode(...waiting.subarray(0, filled)));
}

/** The bytes of such a text; undefined for what is none, or not of this length. */
export function fromBase64(text: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  // No room is made for what cannot be there.
  if (length > text.length) return undefined;
  const bytes = new Uint8Array(length);
  const letters = (PIECE / 3) * 4;
  let to = 0;
  try {
    for (let at = 0; at < text.length; at += letters) {
      const piece = atob(text.slice(at, at + letters));
      if (to + piece.length > length) return undefined;
      for (let i = 0; i < piece.length; i++) bytes[to++] = piece.charCodeAt(i);
    }
  } catch {
    return undefined;
  }
  return to === length ? bytes : undefined;
}
