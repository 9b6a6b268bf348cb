// Whether a text begins as an SVG drawing does: what may stand before `<svg` is stepped over once, piece by piece.

/** What may stand before the first element, in lower case, and what each ends with. */
const BEFORE = [
  ['<!--', '-->'],
  ['<?xml', '>'],
  ['<!doctype svg', '>'],
] as const;

/** Takes time in proportion to the text, whatever is repeated in it: no piece is read twice. */
export function beginsAsSvg(text: string): boolean {
  const lower = text.toLowerCase();
  let at = lower.startsWith('\xef\xbb\xbf') ? 3 : 0;
  for (;;) {
    at = afterBlanks(lower, at);
    const piece = BEFORE.find(([start]) => lower.startsWith(start, at));
    if (!piece) return /^<svg[\s/>]/.test(lower.slice(at, at + 5));
    const [start, end] = piece;
    const found = lower.indexOf(end, at + start.length);
    if (found < 0) return false;
    at = found + end.length;
  }
}

function afterBlanks(text: string, from: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}
