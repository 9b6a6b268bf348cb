// How deep and how full a JSON text is, told before it is parsed: a parser makes an object of every bracket.

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;

/** Whether the text has at most so many levels and so many values. One pass; what stands in strings does not count. */
export function isModest(json: string, most: { depth: number; values: number }): boolean {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(json, at);
    } else if (code === COMMA) {
      if (++values > most.values) return false;
      // `[` and `{`, then their closing ones: each two apart from the other in bit 5 alone.
    } else if ((code | 32) === 123) {
      if (++depth > most.depth || ++values > most.values) return false;
    } else if ((code | 32) === 125) depth--;
  }
  return true;
}

/** Position of the quote that ends the string begun at `start`; the text's length when none does. */
function stringEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return json.length;
}
