// The memory that the fuzzer's thread and its watcher share: the input in hand, and whether it is being run.
import type { Input } from './target';

/** Numbers at the beginning of the memory. */
export const CELLS = { running: 0, kind: 1, length: 2 } as const;
const HEAD = 16;
/** Bytes of the longest input that is kept whole. */
const ROOM = 16_000_000;

/** What the thread is to do. */
export interface Task {
  name: string;
  seed: number;
  ms: number;
}

export interface Report {
  runs: number;
  /** Milliseconds. */
  slowest: number;
  faults: { what: string; input: Input }[];
}

export function shareMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD + ROOM);
}

export function writeInput(memory: SharedArrayBuffer, input: Input): void {
  const cells = new Int32Array(memory, 0, 3);
  const isText = typeof input === 'string';
  const length = Math.min(input.length, isText ? ROOM / 2 : ROOM);
  if (isText) {
    const units = new Uint16Array(memory, HEAD);
    for (let i = 0; i < length; i++) units[i] = input.charCodeAt(i);
  } else new Uint8Array(memory, HEAD).set(input.subarray(0, length));
  Atomics.store(cells, CELLS.kind, isText ? 1 : 0);
  Atomics.store(cells, CELLS.length, length);
}

export function readInput(memory: SharedArrayBuffer): Input {
  const cells = new Int32Array(memory, 0, 3);
  const length = Atomics.load(cells, CELLS.length);
  if (Atomics.load(cells, CELLS.kind) === 0) return Uint8Array.from(new Uint8Array(memory, HEAD, length));
  const units = new Uint16Array(memory, HEAD, length);
  let text = '';
  for (let at = 0; at < length; at += 10_000) text += String.fromCharCode(...units.subarray(at, at + 10_000));
  return text;
}
