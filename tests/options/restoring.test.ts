// A restore that a full disk ends: what came stays, with its way back, as after a stop.
import { expect, it, vi } from 'vitest';
import type { PageStep } from '../../src/entries/options/app/undo';
import type { RestorePlan, SettingsChoice } from '../../src/entries/options/backup/restore-plan';

it('can be undone', async () => {
  let outcome: { words: string; kind: string } | undefined;
  const performed: PageStep[] = [];
  vi.doMock('../../src/edges/i18n', () => ({
    t: (key: string, ...words: string[]) => [key, ...words].join(' '),
    plural: (key: string, n: number) => `${n} ${key}`,
    explain: (error: { code: string }) => error.code,
  }));
  vi.doMock('../../src/edges/messages', () => ({}));
  vi.doMock('../../src/edges/locks', () => ({}));
  vi.doMock('../../src/entries/options/transfer/transfer', () => ({
    async transfer(_: string, work: (tell: () => void, signal: AbortSignal) => Promise<typeof outcome>) {
      outcome = await work(() => undefined, new AbortController().signal);
    },
  }));
  vi.doMock('../../src/entries/options/app/changes', () => ({
    async perform(step: PageStep) {
      await step.redo();
      performed.push(step);
    },
  }));
  vi.doMock('../../src/entries/options/backup/restore-plan', () => ({}));
  vi.doMock('../../src/entries/options/backup/undo-restore', () => ({}));
  vi.doMock('../../src/entries/options/backup/restore-backup', () => ({
    nothingRestored: () => ({ images: [{}, {}] }),
    async restoreBackup() {
      const { GleanerError } = await import('../../src/contract/error');
      throw new GleanerError('inbox_full');
    },
  }));
  const { restorePlanned } = await import('../../src/entries/options/backup/restoring');
  await restorePlanned({} as RestorePlan, {} as SettingsChoice);
  expect(performed).toHaveLength(1);
  expect(outcome).toEqual({ words: 'restore_stopped 2 images inbox_full', kind: 'warn' });
});
