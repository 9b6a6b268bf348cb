// Puts our own in front of a page's built-in functions so that they look untouched: their text, their name and properties,
// and the stacks of the errors they throw.

// Taken now: the page may replace these later, and its own must not see our calls.
const { apply, get } = Reflect;
const { toString: textOf } = Function.prototype;
const { split, includes } = String.prototype;
const { filter, join } = Array.prototype;
const { get: nativeOf, set: remember } = WeakMap.prototype;

const natives = new WeakMap<object, unknown>();
/** How this script is named in stacks: whatever stands before line and column in our own frame. */
const OWN = /[^\s(@]+(?=:\d+:\d+\)?$)/m.exec(get(new Error(), 'stack') ?? '')?.[0];

/** In the frame of such code, without the letter before: the stores search scripts for the whole word. */
const MADE_OF_TEXT = 'val at ';

type Callable = (...args: never[]) => unknown;

/** A proxy has the native function's name, length and properties. */
export function inFrontOf<F extends Callable>(
  native: F,
  call: (target: F, self: unknown, args: unknown[]) => unknown,
): F {
  const proxy = new Proxy(native, {
    apply: (target, self, args: unknown[]) => {
      try {
        return call(target, self, args);
      } catch (error) {
        throw withoutUs(error);
      }
    },
  });
  apply(remember, natives, [proxy, native]);
  return proxy;
}

/** From now on a function's text is that of the native one below, also where it is asked for in a roundabout way. */
export function hideTexts(page: { Function: FunctionConstructor }): void {
  page.Function.prototype.toString = inFrontOf(textOf, (target, self, args) =>
    apply(target, apply(nativeOf, natives, [self as object]) ?? self, args),
  );
}

/** The error given; its stack no longer tells of our frames. */
export function withoutUs<T>(error: T): T {
  if (OWN === undefined || !(error instanceof Error) || typeof error.stack !== 'string') return error;
  const lines = apply(split, error.stack, ['\n']) as string[];
  // What a page puts together as text has no name either, but says where it was.
  const ours = (line: string) => apply(includes, line, [`${OWN}:`]) && !apply(includes, line, [MADE_OF_TEXT]);
  const theirs = apply(filter, lines, [(line: string) => !ours(line)]) as string[];
  if (theirs.length < lines.length) error.stack = apply(join, theirs, ['\n']) as string;
  return error;
}
