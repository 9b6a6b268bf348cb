// The grid's selection: mouse and keyboard gestures as people know them from file managers.
import { describe, expect, it } from 'vitest';
import { keepShown, NOTHING, nextOf, type Selection, select, step } from '../../src/entries/options/dataset/selection';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const chosen = (selection: Selection) => [...selection.chosen].sort().join('');

describe('select', () => {
  it('takes only the tile clicked', () => {
    const first = select(NOTHING, KEYS, 2, 'only');
    expect(chosen(select(first, KEYS, 4, 'only'))).toBe('e');
  });

  it('adds and takes away single tiles', () => {
    const two = select(select(NOTHING, KEYS, 1, 'only'), KEYS, 3, 'toggle');
    expect(chosen(two)).toBe('bd');
    expect(chosen(select(two, KEYS, 1, 'toggle'))).toBe('d');
  });

  it('spans a range from the anchor in both directions, and spans it anew when the end moves', () => {
    const from = select(NOTHING, KEYS, 3, 'only');
    const down = select(from, KEYS, 5, 'range');
    expect(chosen(down)).toBe('def');
    const up = select(down, KEYS, 1, 'range');
    expect(chosen(up)).toBe('bcd');
    expect(up.anchor).toBe(3);
  });

  it('moves the focus without choosing, and the anchor with it', () => {
    const gone = select(select(NOTHING, KEYS, 0, 'only'), KEYS, 4, 'go');
    expect([gone.focus, gone.anchor, chosen(gone)]).toEqual([4, 4, 'a']);
  });

  it('stays within the tiles there are', () => {
    expect(select(NOTHING, KEYS, 99, 'only').focus).toBe(6);
    expect(select(NOTHING, [], 3, 'only')).toEqual(NOTHING);
  });
});

describe('step', () => {
  it('moves by tile, row and page and stops at the ends', () => {
    expect(step('ArrowRight', 2, 3, 2, 7)).toBe(3);
    expect(step('ArrowLeft', 0, 3, 2, 7)).toBe(0);
    expect(step('ArrowDown', 2, 3, 2, 7)).toBe(5);
    expect(step('ArrowUp', 5, 3, 2, 7)).toBe(2);
    expect(step('PageDown', 0, 3, 2, 7)).toBe(6);
    expect(step('Home', 5, 3, 2, 7)).toBe(0);
    expect(step('End', 0, 3, 2, 7)).toBe(6);
  });

  it('leaves other keys alone', () => {
    expect(step('x', 2, 3, 2, 7)).toBeUndefined();
  });
});

describe('nextOf', () => {
  it('is the next tile that stays, the tile itself among them, else the one before', () => {
    const but =
      (...gone: string[]) =>
      (key: string) =>
        !gone.includes(key);
    expect(nextOf(KEYS, 'c', but('x'))).toBe('c');
    expect(nextOf(KEYS, 'c', but('c', 'd'))).toBe('e');
    expect(nextOf(KEYS, 'f', but('f', 'g', 'e'))).toBe('d');
    expect(nextOf(['a'], 'a', but('a'))).toBeUndefined();
  });
});

describe('keepShown', () => {
  const at = (focus: number, ...names: string[]): Selection => ({ focus, anchor: focus, chosen: new Set(names) });

  it('drops chosen tiles that went out of sight, so that no action reaches them', () => {
    const after = keepShown(at(6, 'a', 'g'), KEYS, ['a', 'b']);
    expect([after.focus, chosen(after)]).toEqual([1, 'a']);
  });

  it('keeps the keyboard on its tile while others come before it', () => {
    const after = keepShown(at(2, 'c'), KEYS, ['x', 'y', ...KEYS]);
    expect([after.focus, after.anchor, chosen(after)]).toEqual([4, 4, 'c']);
  });

  it('goes to the tile that took the place of those deleted, at the end to the one before', () => {
    expect(keepShown(at(4, 'c', 'd', 'e'), KEYS, ['a', 'b', 'f', 'g']).focus).toBe(2);
    expect(keepShown(at(6, 'f', 'g'), KEYS, ['a', 'b', 'c', 'd', 'e']).focus).toBe(4);
    expect(keepShown(at(3, 'd'), KEYS, [])).toEqual({ focus: 0, anchor: 0, chosen: new Set() });
  });
});
