// What a reader of foreign text or bytes is to the fuzzer and to the test of linear time: one entry for each in `targets/`.
import type { Random } from '../../src/pipeline/head/random';

export type Input = string | Uint8Array<ArrayBuffer>;

interface Common<I extends Input, Ready, Result> {
  name: string;
  /** Files below `src` whose reading this is, without their endings. */
  of: string[];
  /** What a hostile writer would repeat: literals of the reader's own, beside those that are tried everywhere. */
  tokens?: I[];
  /** Sound inputs, to be mutated. */
  samples: () => I[] | Promise<I[]>;
  /** Puts a repetition where the reader meets it; it is given as it stands when not said. */
  around?: (repeated: I) => I;
  /** Another way to alter a sample than by characters or bytes. */
  mutate?: (sample: I, random: Random) => I;
  /** The longest input that the product hands to the reader; a million when not said. */
  longest?: number;
  /** Makes an input ready, outside the time that is measured: a document, an archive. */
  prepare: (input: I) => Ready | Promise<Ready>;
  run: (ready: Ready) => Result | Promise<Result>;
  /** What is wrong with a result; undefined when nothing is. */
  fault?: (result: Result, input: I) => string | undefined;
  /** Codes of the errors, or reasons of a format's, that are an answer. */
  refusals?: RegExp;
  /** Set where it is made of readers with entries of their own and costs much to make ready: few repetitions will do. */
  whole?: boolean;
  /** Set where one run takes a library's own time, so that growth is not ours to judge. */
  slow?: boolean;
}

export type TextTarget = Common<string, unknown, unknown> & { kind: 'text' };
export type BytesTarget = Common<Uint8Array<ArrayBuffer>, unknown, unknown> & { kind: 'bytes' };
export type Target = TextTarget | BytesTarget;

type Given<I extends Input, Ready, Result> = Omit<Common<I, Ready, Result>, 'prepare'>;

/** A reader of text. */
export function text<Result>(target: Given<string, string, Result>): TextTarget {
  return { kind: 'text', prepare: (input: string) => input, ...target } as TextTarget;
}

/** A reader of text that stands in something else. */
export function textIn<Ready, Result>(target: Common<string, Ready, Result>): TextTarget {
  return { kind: 'text', ...target } as TextTarget;
}

/** A reader of bytes. */
export function bytes<Result>(target: Given<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Result>): BytesTarget {
  return { kind: 'bytes', prepare: (input: Uint8Array<ArrayBuffer>) => input, ...target } as BytesTarget;
}

/** A reader of bytes that stand in something else, such as a file. */
export function bytesIn<Ready, Result>(target: Common<Uint8Array<ArrayBuffer>, Ready, Result>): BytesTarget {
  return { kind: 'bytes', ...target } as BytesTarget;
}
