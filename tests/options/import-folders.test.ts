// An import that ends otherwise than it began: on a full disk, undone by another page, or with everything.
import { beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => vi.resetModules());

it('is told as what it is', async () => {
  vi.doMock('../../src/edges/messages', () => ({
    async ask(name: string) {
      if (name === 'endImport') throw new DOMException('full', 'QuotaExceededError');
      return name === 'labelForImport' ? { label: { id: 'label' }, made: true } : { harvestId: 'harvest' };
    },
  }));
  vi.doMock('../../src/entries/options/transfer/stage-images', () => ({
    async stageImages() {
      throw new Error('what ended it');
    },
  }));
  const { importFolders, nothingImported } = await import('../../src/entries/options/import/import-folders');
  const imported = nothingImported();
  const work = importFolders(new Map([['Bear', []]]), '', imported, () => undefined, new AbortController().signal);
  await expect(work).rejects.toThrow('what ended it');
  expect([imported.harvests, imported.made]).toEqual([['harvest'], ['label']]);
});

/** An import of images of 40 bytes under these labels, each as its own batch; the background answers as it is told. */
async function importing(
  labels: Record<string, string[]>,
  answer: (name: string, args: Record<string, unknown>) => unknown,
) {
  const asked: string[] = [];
  vi.doMock('../../src/edges/messages', () => ({
    async ask(name: string, args: Record<string, unknown>) {
      asked.push(name);
      return answer(name, args);
    },
  }));
  const read: string[] = [];
  vi.doMock('../../src/entries/options/transfer/stage-images', () => ({
    async stageImages(
      images: AsyncIterable<{ name: string }>,
      taken: (counts: unknown, batch: unknown[]) => Promise<void>,
    ) {
      for await (const image of images) await taken(answer('takeInbox', image), [image]);
    },
  }));
  const { importFolders, nothingImported } = await import('../../src/entries/options/import/import-folders');
  const classes = Object.entries(labels).map(([label, names]) => {
    const files = names.map(path => ({
      path,
      size: 40,
      head: async () => new Uint8Array(),
      async read() {
        read.push(path);
        return new Blob(['image']);
      },
    }));
    return [label, files] as const;
  });
  const imported = nothingImported();
  const progress: number[] = [];
  const work = importFolders(
    new Map(classes),
    '',
    imported,
    ({ done = 0 }) => progress.push(done),
    new AbortController().signal,
  );
  await work.catch(() => undefined);
  return { work, imported, asked, read, progress };
}

const begun = (name: string, { name: label }: Record<string, unknown>) =>
  name === 'labelForImport' ? { label: { id: label }, made: true } : { harvestId: `import of ${label}` };

it('says how many images did not come since it was undone, reads no more of those, and goes on with the next label', async () => {
  const { imported, read, progress } = await importing({ Bear: ['a', 'b', 'c', 'd'], Fox: ['e'] }, (name, args) => {
    if (name !== 'takeInbox') return begun(name, args);
    if (args.name === 'b') return { stored: 0, rejected: { undone: 1 }, refused: [{ name: 'b', reason: 'undone' }] };
    return { stored: 1, rejected: {}, refused: [] };
  });
  expect(imported).toMatchObject({ stored: 2, rejected: { undone: 3 } });
  expect(imported.refused.map(({ name }) => name)).toEqual(['b', 'c', 'd']);
  expect([read, progress.at(-1)]).toEqual([['a', 'b', 'e'], 5]);
});

it('tells the background which harvest must still be there for its next label, and which labels it made itself', async () => {
  const told: unknown[] = [];
  const { imported } = await importing({ Bear: ['a'], Fox: ['b'] }, (name, args) => {
    if (name === 'takeInbox') return { stored: 1, rejected: {}, refused: [] };
    if (name === 'labelForImport') told.push(args);
    if (name === 'labelForImport') return { label: { id: args.name }, made: args.name === 'Fox' };
    return { harvestId: `import of ${args.labelId}` };
  });
  expect(told).toEqual([{ name: 'Bear' }, { name: 'Fox', after: 'import of Bear' }]);
  expect(imported.made).toEqual(['Fox']);
});
