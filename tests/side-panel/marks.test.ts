// What the side panel has ticked, holds back and puts last: before and after the finds were taken.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Suspicion } from '../../src/pipeline/harvest/judge-finds';

const finds = signal<{ url: string }[]>([]);
const page = signal({ harvestId: 'h' });
const suspicions = signal<ReadonlyMap<string, Suspicion>>(new Map());
const labels = signal([{ id: 'other', name: 'Karpov' }]);
const harvest = signal({ label: 'Fischer', harvest: { id: 'h', labelId: 'own' } });
const kept = vi.hoisted(() => ({ ticks: new Map<string, boolean>(), known: new Map<string, string[]>() }));
vi.mock('../../src/entries/side-panel/follow-tab', () => ({ finds, page }));
vi.mock('../../src/entries/side-panel/looking-on', () => ({ suspicions }));
vi.mock('../../src/entries/parts/collect/state', () => ({ changes: signal(0), harvest, labels }));
vi.mock('../../src/edges/store/known-addresses', () => ({ labelsKnowing: async () => kept.known }));
vi.mock('../../src/edges/i18n', () => ({ t: (...words: string[]) => words.join(' '), percent: String }));
vi.mock('../../src/edges/left-out', () => ({
  ticksOf: async () => kept.ticks,
  keepTicks: async (_id: string, ticks: Map<string, boolean>) => {
    kept.ticks = ticks;
  },
  keptLeastSide: async () => 0,
  keepLeastSide: async () => undefined,
}));
vi.mock('../../src/entries/parts/complain', () => ({
  complain: (error: unknown) => {
    throw error;
  },
}));

const { heldBack, keepMarks, marks, nowHere, shown, tick, ticked, tickAll, tickHeldBack } = await import(
  '../../src/entries/side-panel/marks'
);
const urls = (all: readonly { url: string }[]) => all.map(({ url }) => url).join('');

describe('the marks of finds', () => {
  let life = new AbortController();
  beforeEach(async () => {
    life.abort();
    life = new AbortController();
    Object.assign(kept, { ticks: new Map(), known: new Map([['e', ['other']]]) });
    tickAll(true);
    finds.value = [...'abcde'].map(url => ({ url }));
    suspicions.value = new Map([
      ['a', { why: 'unlike-rest' }],
      ['b', { why: 'other', label: 'Karpov', p: 0.88 }],
    ]);
    keepMarks(life.signal);
    await vi.waitFor(() => expect(marks.value.get('e')?.kind).toBe('known'));
  });

  it('untick, and stand last: at the very end what is there already', () => {
    expect(urls(shown.value)).toBe('cdabe');
    expect(urls(ticked.value)).toBe('cd');
    expect(urls(heldBack.value)).toBe('ab');
  });

  it('leave the last word to the user, who ticks all that is held back but for what was unticked by hand', () => {
    tick('a', false);
    expect(urls(heldBack.value)).toBe('b');
    tickHeldBack();
    expect(urls(ticked.value)).toBe('cdb');
    expect(urls(heldBack.value)).toBe('');
  });

  it('leave nothing to take of what was taken, though it was ticked by hand, and even before its label is listed', () => {
    tickHeldBack();
    expect(urls(ticked.value)).toBe('cdab');
    nowHere(new Set([...'abcd']), 'own');
    expect(urls(ticked.value)).toBe('');
    expect(urls(heldBack.value)).toBe('');
    expect(marks.value.get('a')).toEqual({ kind: 'known', reason: 'find_known Fischer' });
    expect([...kept.ticks]).toEqual([]);
  });
});
