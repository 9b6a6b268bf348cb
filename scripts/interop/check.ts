// One check of the interop test: it passes with a word of what was seen, fails, or is skipped for a named reason.
import { join } from 'node:path';

/** Environments and packages of other programs; git ignores it. */
export const INTEROP_CACHE = join(import.meta.dirname, '../../.cache/interop');

/** Why a check could not be made: a client or material that is not to be had here. */
export class Skip extends Error {}

export interface Outcome {
  name: string;
  verdict: 'passed' | 'FAILED' | 'skipped';
  words: string;
}

/** Runs the checks' bodies one after the other and keeps what became of each. */
export class Checks {
  readonly outcomes: Outcome[] = [];

  /** `body` returns what was seen. Gives whether it passed. */
  async check(name: string, body: () => string | Promise<string>): Promise<boolean> {
    console.log(`\n== ${name}`);
    const outcome = await Promise.resolve()
      .then(body)
      .then(
        (words): Outcome => ({ name, verdict: 'passed', words }),
        (error: unknown): Outcome => {
          const words = error instanceof Error ? error.message : String(error);
          return { name, verdict: error instanceof Skip ? 'skipped' : 'FAILED', words };
        },
      );
    console.log(`${outcome.verdict}: ${outcome.words}`);
    this.outcomes.push(outcome);
    return outcome.verdict === 'passed';
  }

  /** Prints the table; 0 when something ran and nothing failed. */
  conclude(): number {
    console.log();
    for (const { name, verdict, words } of this.outcomes) {
      console.log(`${verdict.padEnd(7)}  ${name}${verdict === 'passed' ? '' : `: ${words.split('\n')[0]}`}`);
    }
    const count = (verdict: Outcome['verdict']) => this.outcomes.filter(one => one.verdict === verdict).length;
    console.log(`${count('passed')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped`);
    if (count('passed') === 0) console.log('Nothing ran, which counts as a failure.');
    return count('FAILED') === 0 && count('passed') > 0 ? 0 : 1;
  }
}

/** Largest difference, relative to the largest expected value. NaN when a number is missing. */
export function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [scale, worst] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((found[i] ?? Number.NaN) - expected[i]!);
    if (Number.isNaN(difference)) return Number.NaN;
    scale = Math.max(scale, Math.abs(expected[i]!));
    worst = Math.max(worst, difference);
  }
  return worst / scale;
}
