// Waits for what the screens come to, telling what was seen last when it does not come.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is no longer undefined, and gives it. Rejects after `timeoutMs` with `what` and the last words
 * of `seen`.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  timeoutMs: number,
  seen: () => Promise<string> = async () => '',
): Promise<T> {
  const end = Date.now() + timeoutMs;
  // Most things are there in a moment; what is not need not be asked for so often.
  for (let next = 40; ; next = Math.min(200, next * 1.5)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}. ${await seen()}`);
    await pause(next);
  }
}
