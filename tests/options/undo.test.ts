// Undo and redo: steps go back and forth in order, also when a step fails or keys come fast.
import { describe, expect, it } from 'vitest';
import { type Step, UndoStack } from '../../src/entries/options/undo';

function add(list: number[], n: number, delay = 0): Step {
  const wait = () => new Promise(resolve => setTimeout(resolve, delay));
  return {
    words: `added ${n}`,
    redo: async () => {
      await wait();
      list.push(n);
    },
    undo: async () => {
      await wait();
      list.splice(list.lastIndexOf(n), 1);
    },
  };
}

describe('UndoStack', () => {
  it('takes steps back and does them again in order', async () => {
    const list: number[] = [];
    const stack = new UndoStack();
    await stack.perform(add(list, 1));
    await stack.perform(add(list, 2));
    expect((await stack.undo())?.words).toBe('added 2');
    expect(list).toEqual([1]);
    await stack.undo();
    expect(await stack.undo()).toBeUndefined();
    await stack.redo();
    await stack.redo();
    expect(list).toEqual([1, 2]);
    expect(await stack.redo()).toBeUndefined();
  });

  it('forgets what was undone once something new is done', async () => {
    const list: number[] = [];
    const stack = new UndoStack();
    await stack.perform(add(list, 1));
    await stack.undo();
    await stack.perform(add(list, 2));
    expect(await stack.redo()).toBeUndefined();
    expect(list).toEqual([2]);
  });

  it('runs steps one after the other however fast they are asked for', async () => {
    const list: number[] = [];
    const stack = new UndoStack();
    const all = [stack.perform(add(list, 1, 20)), stack.perform(add(list, 2)), stack.undo(), stack.undo()];
    await Promise.all(all);
    expect(list).toEqual([]);
  });

  it('remembers nothing of a step that failed, and keeps a step whose way back failed', async () => {
    const list: number[] = [];
    const stack = new UndoStack();
    const fails = { ...add(list, 1), redo: () => Promise.reject(new Error('disk full')) };
    await expect(stack.perform(fails)).rejects.toThrow('disk full');
    expect(await stack.undo()).toBeUndefined();
    let broken = true;
    const stuck: Step = {
      ...add(list, 2),
      undo: () => (broken ? Promise.reject(new Error('not now')) : Promise.resolve()),
    };
    await stack.perform(stuck);
    await expect(stack.undo()).rejects.toThrow('not now');
    broken = false;
    expect((await stack.undo())?.words).toBe('added 2');
  });

  it('keeps no more steps than its limit', async () => {
    const list: number[] = [];
    const stack = new UndoStack(2);
    for (const n of [1, 2, 3]) await stack.perform(add(list, n));
    await stack.undo();
    await stack.undo();
    expect(await stack.undo()).toBeUndefined();
    expect(list).toEqual([1]);
  });
});
