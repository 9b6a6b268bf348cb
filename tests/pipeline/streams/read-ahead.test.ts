// Work done ahead comes out in order, with a bound, and leaves nothing running behind.
import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../src/pipeline/streams/read-ahead';

async function* numbers(count: number) {
  for (let i = 0; i < count; i++) yield i;
}

describe('readAhead', () => {
  it('keeps the order and never more than its count at once', async () => {
    let running = 0;
    let most = 0;
    const work = async (n: number) => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setTimeout(resolve, (n * 7) % 5));
      running--;
      return n * 2;
    };
    const seen: number[] = [];
    for await (const value of readAhead(numbers(20), 4, work)) seen.push(value);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i * 2));
    expect(most).toBe(4);
  });

  it('waits for what is running when it is left early or fails', async () => {
    let running = 0;
    const work = async (n: number) => {
      running++;
      await new Promise(resolve => setTimeout(resolve, 2));
      running--;
      if (n === 3) throw new Error('third');
      return n;
    };
    for await (const value of readAhead(numbers(20), 4, work)) if (value === 1) break;
    expect(running).toBe(0);
    const all = async () => {
      for await (const _ of readAhead(numbers(20), 4, work));
    };
    await expect(all()).rejects.toThrow('third');
    expect(running).toBe(0);
  });
});
