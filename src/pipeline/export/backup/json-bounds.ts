// Looks at the text of a value before it is parsed: a few kilobytes of brackets would otherwise become gigabytes of objects.
import { refuse } from './shape';

/** What one value may hold at most. */
export interface JsonBounds {
  /** Objects and lists inside each other. */
  depth: number;
  /** Names of one object, and items of one list. */
  members: number;
  items: number;
  /** Values of all kinds together. */
  values: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = { list: 0x5b, object: 0x7b };
const CLOSING = { list: 0x5d, object: 0x7d };

/**
 * Passes once over the bytes and counts what is outside of strings; whether it is JSON at all is the parser's to say. Throws
 * `backup_field` as soon as a bound is exceeded.
 * @param text  UTF-8
 */
export function checkBounds(text: Uint8Array, bounds: JsonBounds, at: string): void {
  const counts = new Int32Array(bounds.depth + 1);
  const most = new Int32Array(bounds.depth + 1);
  let [depth, values] = [0, 1];
  for (let i = 0; i < text.length; i++) {
    const byte = text[i];
    if (byte === QUOTE) {
      i = endOfString(text, i);
    } else if (byte === COMMA) {
      if (++counts[depth]! >= most[depth]! || ++values > bounds.values) refuse(at);
    } else if (byte === OPENING.list || byte === OPENING.object) {
      if (++depth > bounds.depth || ++values > bounds.values) refuse(at);
      counts[depth] = 0;
      most[depth] = byte === OPENING.list ? bounds.items : bounds.members;
    } else if ((byte === CLOSING.list || byte === CLOSING.object) && --depth < 0) {
      refuse(at);
    }
  }
}

/** Where the string that begins here ends, or the text does. */
function endOfString(text: Uint8Array, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === QUOTE) return i;
    if (text[i] === BACKSLASH) i++;
  }
  return text.length;
}
