// Work in slices: never much more than 50 ms at a time, in order, and one failure stops nothing.
import { describe, expect, it } from 'vitest';
import { IdleWork, SLICE_MS } from '../../src/entries/content/reading/idle-work';

/** A clock that pieces push forward, and an idle callback that is called by hand. */
function bench() {
  let time = 0;
  const idle: (() => void)[] = [];
  const failures: unknown[] = [];
  const work = new IdleWork(
    error => failures.push(error),
    run => idle.push(run),
    () => time,
  );
  return {
    work,
    failures,
    spend: (ms: number) => {
      time += ms;
    },
    /** Runs one slice and says how long it took. */
    slice: () => {
      const start = time;
      idle.shift()?.();
      return time - start;
    },
    get waiting() {
      return idle.length;
    },
  };
}

describe('idle work', () => {
  it('gives the thread back after 50 ms and one piece more at most', () => {
    const { work, slice, spend } = bench();
    let done = 0;
    for (let i = 0; i < 100; i++) {
      work.add(() => {
        spend(8);
        done++;
      });
    }
    const slices: number[] = [];
    while (work.size > 0) slices.push(slice());
    expect(done).toBe(100);
    expect(Math.max(...slices)).toBeLessThan(SLICE_MS + 8);
    expect(slices.length).toBeGreaterThan(10);
  });

  it('keeps the order, and asks for one slice only', () => {
    const b = bench();
    const seen: number[] = [];
    for (const n of [1, 2, 3]) b.work.add(() => seen.push(n));
    expect(b.waiting).toBe(1);
    b.slice();
    expect(seen).toEqual([1, 2, 3]);
    expect(b.waiting).toBe(0);
  });

  it('goes on after a piece that throws, and after pieces added by pieces', () => {
    const b = bench();
    const seen: string[] = [];
    b.work.add(() => {
      throw new Error('hostile getter');
    });
    b.work.add(() => b.work.add(() => seen.push('inner')));
    b.slice();
    expect(seen).toEqual(['inner']);
    expect(b.failures).toHaveLength(1);
  });
});
