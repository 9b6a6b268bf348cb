// The order in which classes are numbered, the one that folder readers give them.

/**
 * Compares names by code point, as Python's `sorted` does, and with it Keras, torchvision and Hugging Face: JavaScript's own order
 * goes by UTF-16 units, and puts characters beyond U+FFFF before those from U+E000 on.
 */
export function byCodePoint(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at++) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) return inOrder(a) - inOrder(b);
  }
  return one.length - other.length;
}

/** Surrogates, of which characters beyond U+FFFF are made, behind all other units. */
function inOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
