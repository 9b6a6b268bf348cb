// Images of the user's own that are added until the disk is full: those that came have their way back, and the end is told.
import { beforeEach, expect, it, vi } from 'vitest';
import type { Label } from '../../src/contract/label';
import { freshDatabase } from '../edges/store/database';

const LABEL: Label = { id: 'l', name: 'Bear', folder: 'Bear', colour: 0, createdAt: 0 };
let asked: number;
let room: number;
let remembered: string[][];
let complaints: unknown[];
let said: string[];
beforeEach(() => {
  freshDatabase();
  [asked, room, remembered, complaints, said] = [0, Number.POSITIVE_INFINITY, [], [], []];
  vi.doMock('../../src/edges/i18n', () => ({
    t: (key: string) => key,
    plural: (key: string, n: number) => `${n} ${key}`,
    number: String,
  }));
  vi.doMock('../../src/edges/locks', () => ({ amongOthers: (_: string, work: () => unknown) => work() }));
  vi.doMock('../../src/edges/messages', () => ({
    async ask(_: string, { ids }: { ids: number[] }) {
      asked++;
      const stored = ids.slice(0, room).map(String);
      room -= stored.length;
      return { stored, rejected: {}, refused: [], ...(stored.length < ids.length && { full: true }) };
    },
  }));
  vi.doMock('../../src/entries/options/app/changes', () => ({
    rememberAdded: async (_: string, sha256s: string[]) => void remembered.push(sha256s),
  }));
  vi.doMock('../../src/entries/options/app/notices', () => ({ say: (words: string) => void said.push(words) }));
  vi.doMock('../../src/entries/parts/complain', () => ({
    complain: (error: unknown) => void complaints.push(error),
    wordsFor: String,
  }));
});

async function add(n: number) {
  const { add } = await import('../../src/entries/options/dataset/adding');
  await add(
    LABEL,
    Array.from({ length: n }, (_, at) => new File(['x'], `${at}.png`, { type: 'image/png' })),
  );
}

it('are remembered when all came', async () => {
  await add(45);
  expect([asked, remembered.map(({ length }) => length), complaints]).toEqual([3, [45], []]);
});

it('are remembered up to where the disk was full, and no more are handed over', async () => {
  room = 25;
  await add(100);
  expect([asked, remembered.map(({ length }) => length)]).toEqual([2, [25]]);
  expect(complaints).toMatchObject([{ code: 'inbox_full' }]);
});

it('are not said to be none where the disk was full at once', async () => {
  room = 0;
  await add(5);
  expect([remembered, said]).toEqual([[], []]);
  expect(complaints).toMatchObject([{ code: 'inbox_full' }]);
});
