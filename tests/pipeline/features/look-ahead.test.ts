// Features as images arrive: once each, in small batches, out of the way of trainings, and no further once stopped.
import { describe, expect, it } from 'vitest';
import type { FeatureTask } from '../../../src/contract/features';
import { type LookAheadPorts, lookAhead } from '../../../src/pipeline/features/look-ahead';

const task = (n: number): FeatureTask => ({ sha256: `hash ${n}`, variant: '' });

/** A collection whose features are computed by a worker that only takes notes. */
function collection(count: number, change: Partial<LookAheadPorts> = {}) {
  const images = Array.from({ length: count }, (_, n) => task(n));
  const cached = new Set<string>();
  const notes = { batches: [] as string[][], told: [] as string[], rests: [] as number[], opened: 0, closed: 0 };
  const stop = new AbortController();
  let wake = () => {};
  const ports: LookAheadPorts = {
    list: async () => ({ total: images.length, missing: images.filter(({ sha256 }) => !cached.has(sha256)) }),
    held: async () => false,
    busy: async () => false,
    async open() {
      notes.opened++;
      return {
        async run(batch) {
          notes.batches.push(batch.map(({ sha256 }) => sha256));
          for (const { sha256 } of batch) cached.add(sha256);
          return [];
        },
        close: () => void notes.closed++,
      };
    },
    inTurn: run => run(),
    rest: async ms => void notes.rests.push(ms),
    changed: () =>
      new Promise(resolve => {
        wake = resolve;
      }),
    tell: ({ done, total, held }) => notes.told.push(`${done}/${total}${held ? ' held' : ''}`),
    ...change,
  };
  const idle = async () => {
    for (let i = 0; i < 200; i++) await Promise.resolve();
  };
  return { images, cached, notes, ports, stop, idle, wake: () => wake() };
}

describe('looking ahead', () => {
  it('computes what is missing in small batches, and what comes later; nothing twice', async () => {
    const { images, cached, notes, ports, stop, idle, wake } = collection(6);
    cached.add('hash 0');
    const end = lookAhead(ports, stop.signal);
    await idle();
    expect(notes.batches).toEqual([['hash 1', 'hash 2', 'hash 3', 'hash 4'], ['hash 5']]);
    expect(notes.told).toEqual(['1/6', '5/6', '6/6']);
    expect([notes.opened, notes.closed]).toEqual([1, 1]);
    images.push(task(6));
    wake();
    await idle();
    expect(notes.batches.at(-1)).toEqual(['hash 6']);
    expect(notes.batches.flat()).toHaveLength(new Set(notes.batches.flat()).size);
    stop.abort(new Error('closed'));
    wake();
    await expect(end).rejects.toThrow('closed');
    expect(notes.closed).toBe(notes.opened);
  });

  it('lets images go that cannot be read', async () => {
    const { notes, ports, stop, idle, wake } = collection(3);
    const runs: string[] = [];
    ports.open = async () => ({
      async run(batch) {
        runs.push(...batch.map(({ sha256 }) => sha256));
        return batch.map(({ sha256 }) => sha256);
      },
      close: () => {},
    });
    const end = lookAhead(ports, stop.signal);
    await idle();
    wake();
    await idle();
    expect(runs).toEqual(['hash 0', 'hash 1', 'hash 2']);
    expect(notes.told.at(-1)).toBe('3/3');
    stop.abort(new Error('closed'));
    wake();
    await expect(end).rejects.toThrow('closed');
  });

  it('waits while it is held, gives its worker back, and leaves what a training computed meanwhile', async () => {
    let training = false;
    const { cached, notes, ports, stop, idle, wake } = collection(9, {
      held: async () => training,
      // A training that began while the batch waited for its turn.
      inTurn: async run => (training ? undefined : run()),
    });
    let looks = 0;
    ports.busy = async () => {
      training = notes.batches.length === 1;
      return false;
    };
    ports.rest = async ms => {
      notes.rests.push(ms);
      if (ms !== 3000 || ++looks < 3) return;
      for (let n = 4; n < 8; n++) cached.add(`hash ${n}`);
      training = false;
      ports.busy = async () => false;
    };
    const end = lookAhead(ports, stop.signal);
    await idle();
    expect(notes.batches).toEqual([['hash 0', 'hash 1', 'hash 2', 'hash 3'], ['hash 8']]);
    expect(notes.told).toContain('4/9 held');
    expect([notes.opened, notes.closed]).toEqual([2, 2]);
    expect(looks).toBe(3);
    stop.abort(new Error('closed'));
    wake();
    await expect(end).rejects.toThrow('closed');
  });

  it('rests longer while images are downloaded', async () => {
    const rested = async (busy: boolean) => {
      const { notes, ports, stop, idle, wake } = collection(4, { busy: async () => busy });
      let run = () => {};
      ports.open = async () => ({
        run: () =>
          new Promise(resolve => {
            run = () => resolve([]);
          }),
        close: () => {},
      });
      const end = lookAhead(ports, stop.signal);
      await idle();
      await new Promise(resolve => setTimeout(resolve, 30));
      run();
      await idle();
      stop.abort(new Error('closed'));
      wake();
      await expect(end).rejects.toThrow('closed');
      return notes.rests[0]!;
    };
    expect(await rested(true)).toBeGreaterThanOrEqual(4 * 25);
    expect(await rested(false)).toBeGreaterThanOrEqual(0.5 * 25);
  });
});
