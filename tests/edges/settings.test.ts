// Settings are read from a place that the process of a page may write to, so each is held against what it may be.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DEFAULT_SETTINGS,
  PROJECT_SETTINGS,
  projectSettings,
  SETTINGS,
  type Settings,
} from '../../src/contract/settings';
import { settingsRow } from '../../src/pipeline/backup/settings-row';
import { fakeLocks } from '../options/fake-locks';

vi.stubGlobal('navigator', { locks: fakeLocks() });
const local = vi.hoisted(() => new Map<string, unknown>());
vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-storage')).fakeBrowser(local) }));

const read = async (stored: unknown) => {
  local.set('settings', stored);
  vi.resetModules();
  return (await import('../../src/edges/settings')).readSettings();
};

describe('settings as they are read', () => {
  beforeEach(() => local.clear());

  it('are what was stored, as far as it can be', async () => {
    const sound = {
      version: 1,
      ratios: { train: 0.8, valid: 0.1, test: 0.1 },
      backend: 'webgl',
      target: 500,
      transfers: 2,
      minSide: 0,
      lookAhead: false,
      keepUpToDate: true,
      honourOptOut: false,
      sendReferer: 'always',
      noneOfThese: false,
      takeAtOnce: true,
      searchEngine: 'google',
      welcomed: true,
    } satisfies Settings;
    expect(await read(sound)).toEqual(sound);
    // As an earlier version may have left them: not all, and some that are gone.
    expect(await read({ target: 200, gone: true })).toEqual({ ...DEFAULT_SETTINGS, target: 200 });
  });

  it.each([
    ['transfers', 100_000],
    ['transfers', 0],
    ['lookAhead', 'false'],
    ['keepUpToDate', 1],
    ['transfers', 1.5],
    ['transfers', '6'],
    ['minSide', -5],
    ['minSide', Number.NaN],
    ['minSide', 1e9],
    ['target', Number.POSITIVE_INFINITY],
    ['target', [100]],
    ['ratios', { train: 7, valid: 0.15, test: 0.15 }],
    ['ratios', { train: 0, valid: 0.5, test: 0.5 }],
    ['ratios', { train: Number.NaN, valid: 0.5, test: 0.5 }],
    ['ratios', null],
    ['ratios', 'half'],
    ['honourOptOut', 0],
    ['welcomed', 'yes'],
    ['version', 99],
    ['backend', 'quantum'],
    ['__proto__', { transfers: 100_000 }],
  ])('fall back alone: %s of %j', async (name, value) => {
    const stored = JSON.parse('{"target":200}');
    Object.defineProperty(stored, name, { value, enumerable: true });
    const settings = await read(stored);
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, target: name === 'target' ? DEFAULT_SETTINGS.target : 200 });
    expect(Object.getPrototypeOf(settings)).toBe(Object.prototype);
    expect(settings.transfers).toBe(6);
  });

  it.each([[null], ['text'], [7], [[]], [undefined]])('are the defaults in place of %j', async stored => {
    expect(await read(stored)).toEqual(DEFAULT_SETTINGS);
  });

  it.each(Object.entries(SETTINGS))('may be what %s is by default', (_name, { default: otherwise, read }) => {
    expect(read(otherwise)).toEqual(otherwise);
    expect(read({ no: 'setting' })).toBeUndefined();
  });

  it('keep both where two contexts change one each', async () => {
    const { changeSettings } = await import('../../src/edges/settings');
    vi.resetModules();
    const other = await import('../../src/edges/settings');
    expect(other.changeSettings).not.toBe(changeSettings);
    await Promise.all([changeSettings({ minSide: 64 }), other.changeSettings({ target: 7 })]);
    expect(local.get('settings')).toEqual({ ...DEFAULT_SETTINGS, minSide: 64, target: 7 });
    // What is made of the settings is made of them as they are by then.
    await Promise.all([
      changeSettings(({ target }) => ({ target: target + 1 })),
      other.changeSettings(({ target }) => ({ target: target + 1 })),
    ]);
    expect(local.get('settings')).toMatchObject({ target: 9 });
    // Forgotten while they are changed, they stay forgotten.
    let forgotten: Promise<void> | undefined;
    await changeSettings(() => {
      forgotten = other.forgetSettings();
      return { minSide: 1 };
    });
    await forgotten;
    expect(local.size).toBe(0);
  });

  it('keep what was sound when one is changed', async () => {
    await read({ target: 200, transfers: 100_000 });
    const { changeSettings } = await import('../../src/edges/settings');
    await changeSettings({ minSide: 64 });
    expect(local.get('settings')).toEqual({ ...DEFAULT_SETTINGS, target: 200, minSide: 64 });
  });
});

describe('settings in a backup', () => {
  it('are those of the project, and no one else’s', () => {
    const names = Object.keys(projectSettings(DEFAULT_SETTINGS));
    expect(names).toEqual(PROJECT_SETTINGS);
    expect(names).toEqual(expect.arrayContaining(['ratios', 'target', 'honourOptOut', 'welcomed']));
    for (const own of ['version', 'backend', 'lookAhead', 'sendReferer', 'noneOfThese'])
      expect(names).not.toContain(own);
  });

  it('are as by default where the backup is older than the setting, and refused where it says what cannot be', () => {
    const { welcomed: _later, ...older } = { ...projectSettings(DEFAULT_SETTINGS), target: 7, sendReferer: 'always' };
    expect(settingsRow(older, '')).toEqual({ ...projectSettings(DEFAULT_SETTINGS), target: 7 });
    expect(() => settingsRow({ ...older, transfers: 1000 }, '')).toThrow('backup_field');
  });
});
