// Alters inputs by chance: characters and bytes, and structure, which is what readers are slow or wrong at.
import type { Random } from '../../src/pipeline/head/random';

/** The longest run of repeated structure, as a power of two. */
const MOST_DOUBLINGS = 20;
const NUMBERS = ['0', '-1', '1e999', '65535', '65536', '2147483648', '4294967295', '9007199254740993', '00000001'];

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** How often something is repeated: mostly a few times, seldom very often. */
function often(random: Random, length: number): number {
  const most = 2 ** random.integer(MOST_DOUBLINGS + 1);
  return Math.max(1, Math.floor(most / Math.max(1, length)));
}

/** One token or two in turn, repeated. */
function run(random: Random, tokens: readonly string[]): string {
  const unit = random.integer(2) === 0 ? pick(random, tokens) : pick(random, tokens) + pick(random, tokens);
  return unit.repeat(often(random, unit.length));
}

/** One to four changes of the text; at most `longest` units. */
export function mutateText(text: string, random: Random, tokens: readonly string[], longest: number): string {
  let changed = text;
  for (let change = random.integer(4); change >= 0; change--) {
    const at = random.integer(changed.length + 1);
    const end = Math.min(changed.length, at + 2 ** random.integer(10));
    const [before, part, after] = [changed.slice(0, at), changed.slice(at, end), changed.slice(end)];
    switch (random.integer(8)) {
      case 0:
        changed = before + after;
        break;
      case 1:
        changed = before + part.repeat(often(random, part.length)) + after;
        break;
      case 2:
        changed = before + run(random, tokens) + part + after;
        break;
      case 3:
        changed = before + run(random, tokens) + after;
        break;
      case 4:
        changed = before;
        break;
      case 5:
        changed = before + part.replace(/\d+/, pick(random, NUMBERS)) + after;
        break;
      case 6:
        changed = before + String.fromCharCode(random.integer(0x10000)) + part.slice(1) + after;
        break;
      default:
        changed = before + pick(random, tokens) + part + after;
    }
  }
  return changed.slice(0, longest);
}

/** One to four changes of the bytes; at most `longest`. */
export function mutateBytes(
  bytes: Uint8Array,
  random: Random,
  tokens: readonly Uint8Array[],
  longest: number,
): Uint8Array<ArrayBuffer> {
  let changed = Uint8Array.from(bytes);
  for (let change = random.integer(4); change >= 0; change--) {
    const at = random.integer(changed.length + 1);
    const end = Math.min(changed.length, at + 2 ** random.integer(10));
    const [before, part, after] = [changed.subarray(0, at), changed.subarray(at, end), changed.subarray(end)];
    switch (random.integer(7)) {
      case 0:
        changed = joined(before, after);
        break;
      case 1:
        changed = joined(before, repeated(part, often(random, part.length)), after);
        break;
      case 2:
      case 3: {
        const token = pick(random, tokens);
        changed = joined(before, repeated(token, often(random, token.length)), change % 2 === 0 ? part : [], after);
        break;
      }
      case 4:
        changed = Uint8Array.from(before);
        break;
      default:
        // The commonest: single bytes, which are lengths, markers and types.
        for (let n = random.integer(4); n >= 0 && changed.length > 0; n--)
          changed[random.integer(changed.length)] = pick(random, [0, 1, 2, 0x7f, 0x80, 0xff, random.integer(256)]);
    }
  }
  return changed.slice(0, longest);
}

export function repeated(unit: ArrayLike<number>, times: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(unit.length * times);
  for (let i = 0; i < times; i++) all.set(unit, i * unit.length);
  return all;
}

export function joined(...parts: ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  '',
  ' ',
  '__proto__',
  'constructor',
  '\ud800',
  'javascript:alert(1)',
  'https://a.test/',
  [],
  {},
  [[]],
  { toString: 1, valueOf: 1 },
  'a'.repeat(100_000),
];

/** JSON with some of its values replaced, left out, doubled or moved; text that is no JSON comes back as it is. */
export function mutateJson(json: string, random: Random): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json;
  }
  const root = { value };
  for (let change = random.integer(3); change >= 0; change--) alter(root, random);
  return JSON.stringify(root.value) ?? 'null';
}

/** Walks down by chance and alters what is there. */
function alter(root: { value: unknown }, random: Random): void {
  let parent: Record<string, unknown> = root;
  let key = 'value';
  for (;;) {
    const node = parent[key];
    const keys = typeof node === 'object' && node !== null ? Object.keys(node) : [];
    if (keys.length === 0 || random.integer(5) === 0) break;
    parent = node as Record<string, unknown>;
    key = pick(random, keys);
  }
  const node = parent[key];
  // Copies, so that nothing altered later stands in two places; defined, because assigning `__proto__` does something else.
  const put = (name: string, value: unknown) =>
    Object.defineProperty(parent, name, {
      value: structuredClone(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  switch (random.integer(4)) {
    case 0:
      delete parent[key];
      break;
    case 1:
      put(key, typeof node === 'string' ? node.repeat(2 ** random.integer(12)).slice(0, 200_000) : [node, node]);
      break;
    case 2:
      if (Array.isArray(node) && node.length > 0) put(key, Array(2 ** random.integer(12)).fill(node[0]));
      else if (!Array.isArray(parent)) put(pick(random, ['extra', '__proto__', 'toString', 'id']), node);
      break;
    default:
      put(key, pick(random, ODD_VALUES));
  }
}
