// @vitest-environment jsdom
// What a screen reads: fresh after every change, never of what it is no longer about, and no more once the screen has gone.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ScreenReading, useRead } from '../../src/entries/options/app/read';
import { complain } from '../../src/entries/parts/complain';

// The words of the app come from the browser, which is not here.
vi.mock('../../src/entries/parts/complain', () => ({ complain: vi.fn() }));

const TOOK = 10;
const store = signal(0);
/** What there is to read of each id. */
let rows: Record<string, string> = {};
let readings: string[] = [];
let shown: ScreenReading<string>;

function Screen({ id }: { id: string }) {
  shown = useRead([store], async () => {
    readings.push(id);
    await new Promise(resolve => setTimeout(resolve, TOOK));
    const row = rows[id];
    if (row === undefined) throw new Error('lost');
    return row;
  }, [id]);
  return null;
}

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const show = (id: string | undefined) => act(() => render(id === undefined ? null : <Screen id={id} />, document.body));

describe('useRead', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    rows = { a: 'first of a', b: 'first of b' };
    readings = [];
  });
  afterEach(async () => {
    await show(undefined);
    vi.useRealTimers();
  });

  it('has nothing before the first reading, and what is there after a change of its store', async () => {
    await show('a');
    expect([shown.value, shown.fresh]).toEqual([undefined, false]);
    await pass(TOOK);
    expect([shown.value, shown.fresh]).toEqual(['first of a', true]);
    rows.a = 'second of a';
    store.value++;
    await pass(100 * TOOK);
    expect(shown.value).toBe('second of a');
    expect(readings).toEqual(['a', 'a']);
  });

  it('begins at once when it is about something else, shows the old as no longer fresh, and drops what comes too late', async () => {
    await show('a');
    await pass(TOOK);
    store.value++;
    await pass(5 * TOOK);
    // A reading of a is under way.
    rows.a = 'too late';
    store.value++;
    await show('b');
    expect([shown.value, shown.fresh]).toEqual(['first of a', false]);
    expect(readings.at(-1)).toBe('b');
    await pass(100 * TOOK);
    expect([shown.value, shown.fresh]).toEqual(['first of b', true]);
  });

  it('keeps what it has when a reading fails, and says so', async () => {
    await show('a');
    await pass(TOOK);
    delete rows.a;
    store.value++;
    await pass(100 * TOOK);
    expect(complain).toHaveBeenCalledWith(new Error('lost'));
    expect(shown.value).toBe('first of a');
  });

  it('shows what was read again once that is done', async () => {
    await show('a');
    await pass(TOOK);
    rows.a = 'after a change made here';
    const again = shown.again();
    await pass(TOOK);
    await again;
    expect(shown.value).toBe('after a change made here');
  });

  it('reads no more once the screen has gone', async () => {
    await show('a');
    await pass(100 * TOOK);
    await show(undefined);
    store.value++;
    await pass(100 * TOOK);
    expect(readings).toEqual(['a']);
  });
});
