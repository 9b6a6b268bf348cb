// How a queue empties: how much of what came in is done, and how long the rest will take at the pace of late.

import { secondsLeft } from '../../workers/seconds-left';

/** The pace is that of so many milliseconds past. */
const WINDOW = 60_000;
/** By fewer ends a time left would be a guess. */
const HONEST_ENDS = 3;

export interface Pace {
  /** Of what came in since the queue was last empty. */
  done: number;
  /** When the queue was how long, oldest first, ms and entries. */
  seen: readonly { at: number; done: number }[];
  left: number;
}

export const STANDSTILL: Pace = { done: 0, seen: [], left: 0 };

/** The pace after another look at the queue. What came in meanwhile counts as more to do, never as done undone. */
export function paceAfter(before: Pace, left: number, now: number): Pace {
  if (left === 0) return STANDSTILL;
  const done = before.done + Math.max(0, before.left - left);
  const seen = [...before.seen.filter(({ at }) => now - at <= WINDOW), { at: now, done }];
  return { done, seen, left };
}

/** Seconds until the queue is empty; undefined until it can be told honestly. */
export function timeToEmpty({ seen, left, done }: Pace, now: number): number | undefined {
  const [first] = seen;
  if (!first || done - first.done < HONEST_ENDS) return undefined;
  return secondsLeft(done - first.done, left, now - first.at);
}
