// A second command for an image whose first is under way does nothing; afterwards, also after a failure, it is free again.
import { expect, it } from 'vitest';
import { onTheWay } from '../../src/entries/options/dataset/on-the-way';

const images = (...sha256s: string[]) => sha256s.map(sha256 => ({ sha256 }));

it('leaves out images another command is under way for', async () => {
  const done: string[][] = [];
  let end = () => {};
  const first = onTheWay(images('a', 'b'), async those => {
    done.push(those.map(({ sha256 }) => sha256));
    await new Promise<void>(resolve => (end = resolve));
  });
  const note = async (those: { sha256: string }[]) => void done.push(those.map(({ sha256 }) => sha256));
  await onTheWay(images('a', 'b'), note);
  await onTheWay(images('b', 'c'), note);
  expect(done).toEqual([['a', 'b'], ['c']]);
  end();
  await first;
  await onTheWay(images('a'), note);
  expect(done.at(-1)).toEqual(['a']);
});

it('frees them when the command fails', async () => {
  await expect(onTheWay(images('a'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let again = false;
  await onTheWay(images('a'), async () => {
    again = true;
  });
  expect(again).toBe(true);
});
