// Runs one input through a target and says what is wrong with the outcome.
import { GleanerError } from '../../src/contract/error';
import { FormatError } from '../../src/formats/format-error';
import type { Input, Target } from './target';

/** Milliseconds an input may take: some for being a run at all, and some for each of its characters. */
export function allowedMs(length: number): number {
  return 2000 + length * 0.004;
}

export interface Outcome {
  ms: number;
  fault?: string;
}

/** @param started  called when the time begins, after the input was made ready */
export async function judge(target: Target, input: Input, started: () => void = () => undefined): Promise<Outcome> {
  // Each target takes inputs of its own kind only; the two kinds cannot be told apart by types here.
  const own = target as { [K in keyof Target]: Target[K] } & {
    prepare: (input: Input) => unknown;
    fault?: (result: unknown, input: Input) => string | undefined;
  };
  const ready = await own.prepare(input);
  started();
  const start = performance.now();
  try {
    const result = await target.run(ready);
    const ms = performance.now() - start;
    const fault = own.fault?.(result, input);
    return fault === undefined ? { ms } : { ms, fault };
  } catch (error) {
    const ms = performance.now() - start;
    const refusal =
      error instanceof GleanerError ? error.code : error instanceof FormatError ? error.reason : undefined;
    if (refusal !== undefined && target.refusals?.test(refusal)) return { ms };
    return {
      ms,
      fault: error instanceof Error ? `threw ${error.name}: ${error.message}`.slice(0, 300) : 'threw no error',
    };
  }
}
