// Puts the parts of a file together.

/** The parts as one: a view of what they were cut from, without a copy, where nothing between them was left out. */
export function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const [first, last] = [parts[0], parts.at(-1)];
  const inPlace = first && parts.every((part, n) => follows(part, parts[n - 1]));
  if (first && last && inPlace) return new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, length);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function follows(part: Uint8Array, before: Uint8Array | undefined): boolean {
  return !before || (part.buffer === before.buffer && part.byteOffset === before.byteOffset + before.length);
}
