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

/** Objects and lists cost many times what their text does: so many go into a text of any length, and one more for so many bytes. */
const CONTAINERS = { few: 1000, bytes: 32 };
/**
 * Ways in which names follow each other in objects. An engine keeps each for itself and it costs more than the object does; a
 * table of our own has some dozen, and one for each class of a model.
 */
const MOST_ORDERS = 8000;
/** Unknown to whoever makes a file, so that no names can be chosen which look like one. */
const SALT = Math.floor(Math.random() * 2 ** 32) | 1;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING = { list: 0x5b, object: 0x7b };
const CLOSING = { list: 0x5d, object: 0x7d };

/**
 * Passes once over the bytes and counts what is outside of strings; whether it is JSON at all is the parser's to say. Members
 * that nobody knows are counted too: the parser makes them before anything can leave them out. Throws `backup_field` as soon as
 * a bound is exceeded.
 * @param text  UTF-8
 * @param orders  how names were seen to follow each other, in this text and those before it
 */
export function checkBounds(text: Uint8Array, bounds: JsonBounds, at: string, orders = new Set<number>()): void {
  const counts = new Int32Array(bounds.depth + 1);
  const most = new Int32Array(bounds.depth + 1);
  const order = new Int32Array(bounds.depth + 1);
  const containers = CONTAINERS.few + text.length / CONTAINERS.bytes;
  let [depth, values, opened, name] = [0, 1, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const byte = text[i];
    if (byte === QUOTE) {
      name = i;
      i = endOfString(text, i);
    } else if (byte === COMMA) {
      if (++counts[depth]! >= most[depth]! || ++values > bounds.values) refuse(at);
    } else if (byte === COLON) {
      order[depth] = after(order[depth]!, text, name, i);
      if (orders.add(order[depth]!).size > MOST_ORDERS) refuse(at);
    } else if (byte === OPENING.list || byte === OPENING.object) {
      if (++depth > bounds.depth || ++values > bounds.values || ++opened > containers) refuse(at);
      counts[depth] = 0;
      order[depth] = 0;
      most[depth] = byte === OPENING.list ? bounds.items : bounds.members;
    } else if ((byte === CLOSING.list || byte === CLOSING.object) && --depth < 0) {
      refuse(at);
    }
  }
}

/** A number for the names so far and this one after them. */
function after(before: number, text: Uint8Array, start: number, end: number): number {
  let mixed = before ^ SALT;
  for (let i = start; i < end; i++) {
    mixed = Math.imul(mixed ^ text[i]!, SALT);
    mixed ^= mixed >>> 15;
  }
  return mixed;
}

/** Where the string that begins here ends, or the text does. */
function endOfString(text: Uint8Array, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === QUOTE) return i;
    if (text[i] === BACKSLASH) i++;
  }
  return text.length;
}
