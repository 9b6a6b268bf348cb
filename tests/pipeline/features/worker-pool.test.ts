// A pool of workers that fail: everything is done once, whoever fails and whenever.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GleanerError } from '../../../src/contract/error';
import { runPool } from '../../../src/pipeline/features/worker-pool';

const tasks = (count: number) => Array.from({ length: count }, (_, i) => i);
const idle = new AbortController().signal;

/** Workers that fail at given batches: `dies[i]` is the batch at which worker i dies; beyond the list none does. */
function crew(dies: number[]) {
  const done: number[] = [];
  const closed: number[] = [];
  let hired = 0;
  const open = async () => {
    const me = hired++;
    let batches = 0;
    if (dies[me] === 0) throw new Error(`worker ${me} does not start`);
    return {
      async run(batch: number[]) {
        const mine = ++batches;
        await new Promise(resolve => setTimeout(resolve, mine % 2));
        if (dies[me] !== undefined && mine >= dies[me]) throw new Error(`worker ${me} died`);
        return batch.length;
      },
      close: () => closed.push(me),
    };
  };
  return { open, done, closed, hired: () => hired, onBatch: (batch: number[]) => void done.push(...batch) };
}

describe('a pool of workers', () => {
  it('does every task once, whichever workers die midway; what is left is left by all of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat({ max: 6 }), { maxLength: 4 }),
        async (count, workers, size, dies) => {
          const { open, done, onBatch, closed, hired } = crew(dies);
          const left = await runPool(tasks(count), { workers, batchSize: size, open, onBatch, signal: idle });
          expect([...done, ...left].sort((a, b) => a - b)).toEqual(tasks(count));
          if (dies.length < Math.min(workers, count)) expect(left).toEqual([]);
          expect(closed.length).toBe(hired() - dies.slice(0, hired()).filter(at => at === 0).length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the batch of a worker that dies last to one that had gone home', async () => {
    const held: (() => void)[] = [];
    const done: number[] = [];
    let opened = 0;
    const open = async () => {
      const slow = opened++ === 0;
      return {
        async run(batch: number[]) {
          if (slow) {
            await new Promise<void>(resolve => held.push(resolve));
            throw new Error('the slow one died');
          }
          return batch;
        },
        close: () => undefined,
      };
    };
    const sharing = runPool(tasks(8), {
      workers: 2,
      batchSize: 1,
      open,
      onBatch: batch => void done.push(...batch),
      signal: idle,
    });
    // The slow one has its two batches in hand; it dies once the other has done the rest.
    while (done.length < 6) await new Promise(resolve => setTimeout(resolve, 1));
    for (const die of held) die();
    expect(await sharing).toEqual([]);
    expect(done.sort((a, b) => a - b)).toEqual(tasks(8));
    expect(opened).toBe(3);
  });

  it('rejects with an error that has a name of ours, for no other worker would be spared it', async () => {
    const open = async () => ({
      run: async () => {
        throw new GleanerError('storage_full');
      },
      close: () => undefined,
    });
    const sharing = { workers: 2, batchSize: 2, open, onBatch: () => undefined, signal: idle };
    await expect(runPool(tasks(5), sharing)).rejects.toMatchObject({ code: 'storage_full' });
  });

  it('rejects at once when stopped; what is under way still ends and is told', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const open = async () => ({
      run: (batch: number[]) => new Promise<number>(resolve => setTimeout(() => resolve(batch.length), 20)),
      close: () => undefined,
    });
    const run = runPool(tasks(10), {
      workers: 1,
      batchSize: 2,
      open,
      onBatch: batch => void told.push(...batch),
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('enough')), 5);
    await expect(run).rejects.toThrow('enough');
    expect(told).toEqual([]);
    await new Promise(resolve => setTimeout(resolve, 40));
    expect(told).toEqual([0, 1, 2, 3]);
  });
});
