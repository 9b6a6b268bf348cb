// Images of tiles are asked for together and the latest first; a tile that left before its turn is never read for.
import { beforeEach, expect, it, vi } from 'vitest';

const asked: string[][] = [];
let answer: () => void = () => undefined;

vi.mock('webextension-polyfill', () => ({ default: {} }));
vi.mock('../../src/entries/workers/tiles.worker?worker', () => ({ default: class {} }));
vi.mock('../../src/entries/workers/worker-bridge', () => ({
  startWorker: () => ({
    remote: {
      images: (sha256s: string[]) => {
        asked.push(sha256s);
        return new Promise(resolve => {
          answer = () => resolve(sha256s.map(sha256 => (sha256 === 'lost' ? undefined : { sha256, close: closed })));
        });
      },
    },
  }),
}));
const closed = vi.fn();
const { wantImage } = await import('../../src/entries/options/dataset/tile-images');

const turn = () => new Promise(resolve => setTimeout(resolve));

beforeEach(() => {
  asked.length = 0;
  closed.mockClear();
});

it('asks for those of one frame together, and for the latest first where they are many', async () => {
  const names = Array.from({ length: 30 }, (_, i) => `${i}`);
  for (const name of names) wantImage(name, 128, () => undefined);
  await turn();
  expect(asked).toEqual([names.slice(6)]);
  answer();
  await turn();
  expect(asked[1]).toEqual(names.slice(0, 6));
  answer();
  await turn();
});

it('tells who waits, says what is lost, and frees what nobody waits for any more', async () => {
  const told = new Map<string, unknown>();
  for (const name of ['here', 'lost']) wantImage(name, 128, image => told.set(name, image));
  const leave = wantImage('gone', 128, image => told.set('gone', image));
  await turn();
  leave();
  answer();
  await turn();
  expect([...told.keys()]).toEqual(['here', 'lost']);
  expect(told.get('here')).toMatchObject({ sha256: 'here' });
  expect(told.get('lost')).toBeUndefined();
  expect(closed).toHaveBeenCalledTimes(1);
});

it('does not read for a tile that left before its turn', async () => {
  wantImage('first', 128, () => undefined);
  await turn();
  const leave = wantImage('passing', 128, () => undefined);
  wantImage('staying', 128, () => undefined);
  leave();
  answer();
  await turn();
  expect(asked).toEqual([['first'], ['staying']]);
  answer();
  await turn();
});

it('asks for each size of its own', async () => {
  wantImage('small', 128, () => undefined);
  wantImage('large', 256, () => undefined);
  await turn();
  expect(asked).toEqual([['large']]);
  answer();
  await turn();
  expect(asked[1]).toEqual(['small']);
  answer();
  await turn();
});
