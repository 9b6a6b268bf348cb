// Undoing a restore leaves alone what was set since, and a file's ids of things it does not hold never mean things of ours.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/contract/settings';
import { freshDatabase, harvestOf, type Store, store } from '../edges/store/database';

let db: Store;
let settings: Settings;
let undoRestore: typeof import('../../src/entries/options/backup/undo-restore').undoRestore;
let names: typeof import('../../src/entries/options/backup/names');
beforeEach(async () => {
  freshDatabase();
  settings = DEFAULT_SETTINGS;
  vi.doMock('../../src/edges/changes', () => ({ announce: () => {} }));
  vi.doMock('../../src/edges/settings', () => ({
    changeSettings: async (change: (kept: Settings) => Partial<Settings>) => {
      settings = { ...settings, ...change(settings) };
    },
  }));
  vi.doMock('../../src/edges/messages', () => ({
    /** As the background answers. */
    async ask(name: string, { pause }: { pause: string }) {
      expect(name).toBe('resumeQueue');
      await db.endPause(pause);
    },
  }));
  db = await store();
  ({ undoRestore } = await import('../../src/entries/options/backup/undo-restore'));
  names = await import('../../src/entries/options/backup/names');
});

const restored = { labels: [], images: [], addresses: [], harvests: [], models: [], damaged: 0, noRoom: 0, queued: 0 };

describe('the pause a restore made', () => {
  /** A background that knows nothing but the database. */
  async function restart() {
    vi.resetModules();
    db = await store();
  }

  it('ends with it, also in a background that began since', async () => {
    await db.setPause('user', 'of the restore');
    await restart();
    expect(await db.pauseReason()).toBe('user');
    await undoRestore({ ...restored, pause: 'of the restore' });
    expect(await db.pauseReason()).toBeUndefined();
  });

  it('is not the one the user made by hand since, nor one an earlier version kept', async () => {
    await db.setPause('user', 'of the restore');
    await db.setPause(undefined);
    await db.setPause('user');
    await undoRestore({ ...restored, pause: 'of the restore' });
    expect(await db.pauseReason()).toBe('user');
    await (await db.database()).put('meta', 'user', 'pause');
    await restart();
    await undoRestore({ ...restored, pause: 'of the restore' });
    expect(await db.pauseReason()).toBe('user');
  });
});

it('settings go back, but for those that were changed since', async () => {
  const ratios = { train: 0.5, valid: 0.25, test: 0.25 };
  settings = { ...DEFAULT_SETTINGS, target: 7, transfers: 3, ratios };
  const before = { target: 100, transfers: 6, ratios: DEFAULT_SETTINGS.ratios };
  await undoRestore({ ...restored, settings: { before, left: { target: 50, transfers: 3, ratios: { ...ratios } } } });
  expect(settings).toEqual({ ...DEFAULT_SETTINGS, target: 7 });
});

describe('ids of a file that nothing in it explains', () => {
  const ID = '11111111-1111-4111-8111-111111111111';
  const known = (empty: boolean) => ({ labels: new Map([['a', 'b']]), harvests: new Map([['a', 'b']]), empty });

  it('become others, always the same, so that none is a harvest or a label of ours', async () => {
    const into = await names.harvestHere(known(false), ID);
    expect(into).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(into).not.toBe(ID);
    expect(await names.harvestHere(known(false), ID)).toBe(into);
    expect(await names.labelHere(known(false), ID)).not.toBe(ID);
    expect([await names.harvestHere(known(false), 'a'), await names.labelHere(known(false), 'a')]).toEqual(['b', 'b']);
    expect(await names.harvestHere(known(false), '')).toBe('');
  });

  it('stay where nothing else is here, but for those of a harvest that is', async () => {
    expect(await names.harvestHere(known(true), ID)).toBe(ID);
    expect(await names.labelHere(known(true), ID)).toBe(ID);
    await db.saveHarvest(harvestOf('gone', ID));
    expect(await names.harvestHere(known(true), ID)).not.toBe(ID);
  });
});
