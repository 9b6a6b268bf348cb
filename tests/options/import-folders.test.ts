// An import on a disk that takes nothing more: what ended it is told, also where its end cannot be written down.
import { expect, it, vi } from 'vitest';

it('is told as what it is', async () => {
  vi.doMock('../../src/edges/store/labels', () => ({ allLabels: async () => [] }));
  vi.doMock('../../src/edges/messages', () => ({
    async ask(name: string) {
      if (name === 'endImport') throw new DOMException('full', 'QuotaExceededError');
      return name === 'createLabel' ? { id: 'label' } : { harvestId: 'harvest' };
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
