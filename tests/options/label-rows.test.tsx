// @vitest-environment jsdom
// The rows of a label: the newest at once, a stream of new ones added as they come, all read anew now and then and once it is calm.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sample } from '../../src/contract/sample';

/** How long a reading takes, in ms. */
const TOOK = 10;
/** From a change until all is read anew when nothing else changes, and at most while more changes, in ms. */
const [CALM, ALL_AGAIN] = [1200, 5000];

let rows: Sample[] = [];
/** 'newest', 'added' or 'all', in the order of the readings; of 'all' only the first page counts. */
let readings: string[] = [];
const later = async <T,>(value: T): Promise<T> => {
  await new Promise(resolve => setTimeout(resolve, TOOK));
  return value;
};
const of = (labelId: string) => rows.filter(row => row.labelId === labelId && row.deletedAt === undefined);

vi.mock('../../src/edges/store/samples', () => ({
  newestSamplesOf(labelId: string, limit: number) {
    readings.push('newest');
    return later(of(labelId).slice(-limit));
  },
  samplesOf(labelId: string, { limit, after }: { limit: number; after: number }) {
    if (after === Number.NEGATIVE_INFINITY) readings.push('all');
    else if (!paging.has(after)) readings.push('added');
    const page = of(labelId)
      .filter(row => row.addedAt > after)
      .slice(0, limit);
    if (page.length === limit) paging.add(page.at(-1)!.addedAt);
    return later(page);
  },
}));
const samplesVersion = signal(0);
const counts = signal(new Map<string, number>());
vi.mock('../../src/entries/options/app/state', () => ({
  samplesVersion,
  counts,
  imagesOf: (count: number | undefined) => count ?? 0,
}));
vi.mock('../../src/entries/parts/complain', () => ({ complain: vi.fn() }));
const paging = new Set<number>();

const { useLabelRows } = await import('../../src/entries/options/dataset/label-rows');
const { sampleMoves, showAtOnce } = await import('../../src/entries/options/app/sample-moves');

let shown: ReturnType<typeof useLabelRows>;
function Screen({ id }: { id: string }) {
  shown = useLabelRows(id);
  return null;
}

const show = (id: string | undefined) => act(() => render(id === undefined ? null : <Screen id={id} />, document.body));
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const names = () => shown?.samples.map(({ sha256 }) => sha256).sort();

let clock = 0;
const sample = (sha256: string, labelId = 'bears') => ({ sha256, labelId, addedAt: ++clock }) as unknown as Sample;
/** As the background tells of changes: the counts first. */
async function change(): Promise<void> {
  await act(() => {
    counts.value = new Map(['bears', 'dogs'].map(id => [id, of(id).length]));
    samplesVersion.value++;
  });
}
async function arrive(sha256: string): Promise<void> {
  rows.push(sample(sha256));
  await change();
}

beforeEach(async () => {
  vi.useFakeTimers();
  rows = [sample('a'), sample('b'), sample('dog', 'dogs')];
  sampleMoves.value = [];
  readings = [];
  paging.clear();
  await change();
});
afterEach(async () => {
  await show(undefined);
  vi.useRealTimers();
});

async function opened(): Promise<void> {
  await show('bears');
  await pass(10 * TOOK);
  readings = [];
}

it('shows the newest after one reading and all after the next', async () => {
  for (let i = 0; i < 500; i++) rows.push(sample(`more ${i}`));
  await show('bears');
  expect(shown).toBeUndefined();
  await pass(TOOK);
  expect([shown?.samples.length, shown?.complete]).toEqual([150, false]);
  // Two pages.
  await pass(2 * TOOK);
  expect([shown?.samples.length, shown?.complete]).toEqual([502, true]);
  expect(readings).toEqual(['newest', 'all']);
});

describe('what comes later', () => {
  it('is added by reading nothing else, and all is read anew once it is calm', async () => {
    await opened();
    await arrive('c');
    await pass(2 * TOOK);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(readings).toEqual(['added']);
    await pass(CALM - 2 * TOOK);
    expect(readings).toEqual(['added']);
    await pass(4 * TOOK);
    expect(readings).toEqual(['added', 'all']);
  });

  it('shows soon while it streams in, and all is read anew now and then', async () => {
    await opened();
    for (let n = 0; n < 14; n++) {
      await arrive(`new ${n}`);
      await pass(CALM / 3);
      expect(names()).toHaveLength(3 + n);
    }
    // Every change came before it was calm.
    expect(new Set(readings)).toEqual(new Set(['added', 'all']));
    expect(readings.filter(one => one === 'all')).toHaveLength(Math.floor((14 * CALM) / 3 / ALL_AGAIN));
  });

  it('does not wait for a long reading of all', async () => {
    await opened();
    for (let i = 0; i < 4000; i++) rows.push(sample(`many ${i}`));
    await change();
    await pass(CALM + 3 * TOOK);
    await arrive('c');
    await pass(20 * TOOK);
    expect(names()).toContain('c');
  });
});

it('finds at once what was taken away elsewhere', async () => {
  await opened();
  rows[0] = { ...rows[0]!, deletedAt: 1 };
  await change();
  await pass(2 * TOOK);
  expect(names()).toEqual(['b']);
  expect(readings).toEqual(['all']);
});

it('shows moves made here at once, and no reading that began before one brings it back', async () => {
  await opened();
  await arrive('c');
  await pass(CALM + TOOK + TOOK / 2);
  expect(readings.at(-1)).toBe('all');
  // All is being read, as it was before.
  await act(() => showAtOnce({ samples: [{ sha256: 'a' }], to: undefined }));
  expect(names()).toEqual(['b', 'c']);
  await pass(2 * TOOK);
  expect(names()).toEqual(['b', 'c']);
});

it('never shows the rows of the label before', async () => {
  await show('bears');
  await pass(TOOK / 2);
  await show('dogs');
  expect(shown).toBeUndefined();
  await pass(10 * TOOK);
  expect(names()).toEqual(['dog']);
  await show('bears');
  expect(shown).toBeUndefined();
  await pass(10 * TOOK);
  expect(names()).toEqual(['a', 'b']);
});
