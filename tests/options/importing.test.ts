// What becomes of an import that ends early: on a full disk what came stays, with its way back; of a file that lies nothing does.
import { beforeEach, expect, it, vi } from 'vitest';
import type { PageStep } from '../../src/entries/options/app/undo';
import type { Imported } from '../../src/entries/options/import/import-folders';

/** Of the error the import ends with. */
let code: string;
let undone: string[][];
let outcome: { words: string; kind: string } | undefined;
let performed: PageStep | undefined;
beforeEach(() => {
  vi.resetModules();
  [undone, outcome, performed] = [[], undefined, undefined];
  vi.doMock('../../src/edges/i18n', () => ({
    t: (key: string, ...words: string[]) => [key, ...words].join(' '),
    plural: (key: string, n: number) => `${n} ${key}`,
    explain: (error: { code: string }) => error.code,
  }));
  vi.doMock('../../src/edges/messages', () => ({ ask: async () => undefined }));
  vi.doMock('../../src/edges/locks', () => ({}));
  vi.doMock('../../src/entries/options/import/asked', () => ({
    askImport: async () => ({ labels: new Map([['Bear', []]]) }),
  }));
  vi.doMock('../../src/pipeline/import/tree', () => ({ understand: async () => ({}) }));
  vi.doMock('../../src/entries/options/import/folder-words', () => ({}));
  vi.doMock('../../src/entries/options/backup/restoring', () => ({}));
  vi.doMock('../../src/entries/options/transfer/transfer', () => {
    const run = async (_: string, work: (tell: () => void, signal: AbortSignal) => Promise<typeof outcome>) => {
      const ended = await work(() => undefined, new AbortController().signal);
      outcome = ended ?? outcome;
      return ended?.words ?? '';
    };
    return { runTransfer: run, transfer: run };
  });
  vi.doMock('../../src/entries/options/app/changes', () => ({
    /** Remembers a step that was done. */
    async perform(step: PageStep) {
      await step.redo().then(
        () => (performed = step),
        () => undefined,
      );
    },
  }));
  vi.doMock('../../src/entries/options/import/import-folders', () => ({
    nothingImported: () => ({ stored: 0, rejected: {}, refused: [], harvests: [], made: [], labels: 0 }),
    treeOfFiles: () => [],
    async importFolders(_: unknown, __: unknown, imported: Imported) {
      imported.harvests.push('harvest');
      imported.stored = 40;
      const { GleanerError } = await import('../../src/contract/error');
      throw new GleanerError(code);
    },
    undoImport: async ({ harvests }: Imported) => void undone.push(harvests),
  }));
});

async function importOne() {
  const { importFolder } = await import('../../src/entries/options/import/importing');
  await importFolder([]);
}

it('what came stays where the disk is full, and can be undone', async () => {
  code = 'inbox_full';
  await importOne();
  expect(undone).toEqual([]);
  expect(outcome).toEqual({ words: 'import_stopped 40 images inbox_full', kind: 'warn' });
  expect(performed?.lasting?.()).toMatchObject({ kind: 'bring', harvests: ['harvest'] });
});

it('nothing is taken back of an import that went with everything', async () => {
  code = 'import_gone';
  await importOne();
  expect([undone, performed]).toEqual([[], undefined]);
});

it('what a file brought before it was found out to lie goes again', async () => {
  code = 'zip_bomb';
  await importOne();
  expect([undone, performed]).toEqual([[['harvest']], undefined]);
});
