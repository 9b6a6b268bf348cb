// A job: how far it is and for how long, stopped within a second whatever it does, and its end said in one place.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runningTasks, Task, type Tell } from '../../src/entries/options/app/task';
import { complain } from '../../src/entries/parts/complain';

// The words of the app come from the browser, which is not here.
vi.mock('../../src/entries/parts/complain', () => ({
  complain: vi.fn(),
  wordsFor: (error: Error) => `words for ${error.message}`,
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(complain).mockClear();
});
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Work that goes on until it is told to end, and does not hear a stop. */
function deaf() {
  let end: () => void = () => undefined;
  let tell: Tell = () => undefined;
  const work = (told: Tell) => {
    tell = told;
    return new Promise<undefined>(resolve => (end = () => resolve(undefined)));
  };
  return { work, end: () => end(), tell: (done: number, total: number) => tell({ done, total }) };
}
/** Work that ends as it should when it is stopped. */
const hearing = (_: Tell, signal: AbortSignal) =>
  new Promise<undefined>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('progress', () => {
  it('is what the work says, with what its screen shows besides, until it has ended', async () => {
    const task = new Task<{ of: string }>();
    const running = task.run({ of: 'bears' }, async tell => {
      expect(task.running.value).toEqual({ of: 'bears', done: 0, total: 0, stopping: false });
      tell({ done: 1, total: 4 });
      tell({ of: 'dogs' });
      expect(task.running.value).toEqual({ of: 'dogs', done: 1, total: 4, stopping: false });
      return { kind: 'good', words: 'done' };
    });
    await running;
    expect(task.running.value).toBeUndefined();
    expect(task.outcome.value).toEqual({ kind: 'good', words: 'done' });
  });

  it('has the time left by the pace of this run, once that can be told', async () => {
    const task = new Task();
    const { work, end, tell } = deaf();
    void task.run({}, work);
    // What was there before is no pace.
    tell(500, 1000);
    await pass(1000);
    tell(600, 1000);
    expect(task.running.value).not.toHaveProperty('secondsLeft');
    await pass(9000);
    tell(750, 1000);
    expect(task.running.value?.secondsLeft).toBeCloseTo(10, 6);
    // Another part of the work, counted otherwise, begins anew.
    tell(0, 7);
    expect(task.running.value).not.toHaveProperty('secondsLeft');
    end();
    await pass(0);
  });

  it('takes the time left from work that knows better', async () => {
    const task = new Task();
    await task.run({}, async tell => {
      tell({ done: 1, total: 2, secondsLeft: 7 });
      expect(task.running.value?.secondsLeft).toBe(7);
      return undefined;
    });
  });
});

describe('a stop', () => {
  it('ends work that hears it, with the words for that', async () => {
    const task = new Task({ cancelled: () => 'stopped' });
    void task.run({}, hearing);
    task.cancel();
    await pass(0);
    expect(task.running.value).toBeUndefined();
    expect(task.outcome.value).toEqual({ kind: 'info', words: 'stopped' });
    expect(complain).not.toHaveBeenCalled();
  });

  it('is over within a second for work that does not, and what that says later is not heard', async () => {
    const task = new Task();
    const { work, end, tell } = deaf();
    void task.run({}, work);
    task.cancel();
    expect(task.running.value?.stopping).toBe(true);
    await pass(1000);
    expect(task.running.value).toBeUndefined();
    tell(3, 4);
    expect(task.running.value).toBeUndefined();
    end();
    await pass(0);
    expect(task.outcome.value).toBeUndefined();
  });

  it('waits for work that keeps what it has done, and says so meanwhile', async () => {
    const task = new Task({ keeps: true });
    const { work, end, tell } = deaf();
    void task.run({}, work);
    task.cancel();
    await pass(60_000);
    tell(3, 4);
    expect(task.running.value).toMatchObject({ done: 3, stopping: true });
    end();
    await pass(0);
    expect(task.running.value).toBeUndefined();
  });

  it('is none where nothing runs', () => {
    const task = new Task();
    task.cancel();
    expect(task.running.value).toBeUndefined();
  });
});

describe('a second run', () => {
  it('takes the place of the first, whose end is not heard', async () => {
    const task = new Task<{ of: string }>({ cancelled: () => 'stopped' });
    const first = task.run({ of: 'bears' }, hearing);
    const { work, end } = deaf();
    const second = task.run({ of: 'dogs' }, work);
    await first;
    expect(task.running.value).toMatchObject({ of: 'dogs', stopping: false });
    expect(task.outcome.value).toBeUndefined();
    end();
    await second;
  });

  it('begins without the outcome of the first', async () => {
    const task = new Task();
    await task.run({}, async () => ({ kind: 'warn', words: 'two left out' }));
    void task.run({}, hearing);
    expect(task.outcome.value).toBeUndefined();
    task.cancel();
    await pass(0);
  });
});

describe('a failure', () => {
  const failing = () => Promise.reject(new Error('disk full'));

  it('is said where the outcome is shown', async () => {
    const task = new Task();
    const stop = task.watch();
    await task.run({}, failing);
    expect(task.outcome.value).toEqual({ kind: 'bad', words: 'words for disk full' });
    expect(complain).not.toHaveBeenCalled();
    stop();
  });

  it('is said at the foot of the page where nobody shows it', async () => {
    const task = new Task();
    task.watch()();
    await task.run({}, failing);
    expect(complain).toHaveBeenCalledWith(new Error('disk full'));
    expect(task.outcome.value).toBeUndefined();
  });

  it('is the caller’s who asks for it', async () => {
    const task = new Task();
    await expect(task.runOrReject({}, failing)).rejects.toThrow('disk full');
    expect(task.running.value).toBeUndefined();
    expect(complain).not.toHaveBeenCalled();
  });

  it('of work that was stopped is its stop', async () => {
    const task = new Task({ cancelled: () => 'stopped' });
    const run = task.runOrReject({}, async (_, signal) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      throw new Error('the worker was ended');
    });
    task.cancel();
    expect(await run).toEqual({ kind: 'info', words: 'stopped' });
  });
});

describe('what runs on this page', () => {
  it('is counted, but for what goes on beside others', async () => {
    const ends: (() => void)[] = [];
    const work = () => new Promise<undefined>(resolve => ends.push(() => resolve(undefined)));
    const before = runningTasks.value;
    const runs = [new Task(), new Task(), new Task({ beside: true })].map(task => task.run({}, work));
    expect(runningTasks.value).toBe(before + 2);
    for (const end of ends) end();
    await Promise.all(runs);
    expect(runningTasks.value).toBe(before);
    await new Task().run({}, () => Promise.reject(new Error('as it happens')));
    expect(runningTasks.value).toBe(before);
  });
});
