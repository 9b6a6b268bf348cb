// JSON in answers and scripts, and looking for records in it by their shape instead of by a path.
import { literalAfter } from './js-literal';
import { isModest } from './nesting';

const MAX_BODY = 20_000_000;
const MAX_NODES = 500_000;
const MAX_DEPTH = 64;
/** Above this an answer is not parsed at all. Real ones have some tens of thousands of values in a dozen levels. */
const MODEST = { depth: 100, values: MAX_NODES };

export type Shape = Record<string, unknown>;

/**
 * The value of a JSON answer: guards such as `)]}'` and `for(;;);` and a JSONP call are stepped over, and JSON with
 * JavaScript's escapes (`\'`) is read too. Undefined when it is none, or larger than 20 million characters, 500,000 values
 * or 100 levels: parsing millions of brackets would hold the page for seconds.
 */
export function parseAnswer(body: string): unknown {
  if (body.length > MAX_BODY) return undefined;
  // A guard or a callback's name is short; text before the first bracket that is longer is no JSON answer.
  const start = body.slice(0, 200).search(/[[{]/);
  if (start === -1 || !isModest(body, MODEST)) return undefined;
  const guard = /^\s*\)\]\}'?,?\s*/.exec(body)?.[0].length ?? 0;
  try {
    return JSON.parse(guard > 0 ? body.slice(guard) : body);
  } catch {
    return literalAfter(body, guard > 0 ? guard : start);
  }
}

/** Every object in the value, outermost first and in order, within 500,000 nodes and 64 levels. */
export function* objectsIn(value: unknown): Generator<Shape> {
  for (const node of nodesIn(value)) {
    if (typeof node === 'object' && node !== null && !Array.isArray(node)) yield node as Shape;
  }
}

/** Every string in the value, such as the HTML some answers carry. */
export function* stringsIn(value: unknown): Generator<string> {
  for (const node of nodesIn(value)) {
    if (typeof node === 'string') yield node;
  }
}

function* nodesIn(value: unknown): Generator<unknown> {
  // A stack of its own: recursion as deep as a hostile answer would end the stack.
  const stack: { node: unknown; depth: number }[] = [{ node: value, depth: 0 }];
  for (let seen = 0; seen < MAX_NODES; seen++) {
    const next = stack.pop();
    if (next === undefined) return;
    yield next.node;
    if (typeof next.node !== 'object' || next.node === null || next.depth >= MAX_DEPTH) continue;
    const children = Object.values(next.node);
    for (let i = Math.min(children.length, MAX_NODES) - 1; i >= 0; i--) {
      stack.push({ node: children[i], depth: next.depth + 1 });
    }
  }
}

/** The value as an object to look into; an empty one when it is none. */
export function shape(value: unknown): Shape {
  return typeof value === 'object' && value !== null ? (value as Shape) : {};
}

/** A number, or a string that spells one; NaN for anything else. `Number` itself throws for objects that fake a conversion. */
export function toNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

/** What tells one value of the page from another; objects are all alike, and none of them is asked to describe itself. */
export function toKey(value: unknown): string {
  return typeof value === 'object' || typeof value === 'function' ? typeof value : String(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
