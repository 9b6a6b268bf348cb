// Steps taken back one after the other through the real ways and the real store: each leaves the collection as it was before it.
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConfirmedLabels } from '../../src/contract/conflict';
import { DEFAULT_RATIOS as RATIOS } from '../../src/contract/sample';
import type { Step } from '../../src/contract/step';
import type { History } from '../../src/entries/options/app/undo';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from '../edges/store/database';
import { openedByVersion } from '../edges/store/earlier-version';
import { fakeLocks } from './fake-locks';

const told = vi.hoisted(() => ({ warnings: [] as string[], ask: (_name: string, _args: never) => ({}) as unknown }));
vi.mock('webextension-polyfill', () => ({ default: {} }));
vi.mock('../../src/edges/messages', () => ({ ask: async (name: string, args: never) => told.ask(name, args) }));
vi.mock('../../src/edges/i18n', () => ({
  t: (key: string, ...words: string[]) => [key, ...words].join(' '),
  plural: (key: string, n: number) => `${key} ${n}`,
}));
vi.mock('../../src/entries/parts/complain', () => ({ warn: (words: string) => told.warnings.push(words) }));
vi.mock('../../src/entries/options/app/state', () => ({
  imagesOf: (count: { train: number; valid: number; test: number }) => count.train + count.valid + count.test,
}));

let db: Store;
let history: History;
let conflicts: typeof import('../../src/edges/store/conflicts');
let bear: { id: string; name: string };
let cub: { id: string; name: string };
beforeEach(async () => {
  freshDatabase();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  told.warnings.length = 0;
  db = await store();
  // What the background answers, without its menus and announcements.
  const answers: Record<string, (args: never) => unknown> = {
    deleteLabel: ({ labelId }: { labelId: string }) => db.deleteLabel(labelId),
    async deleteEmptyLabels({ labelIds }: { labelIds: string[] }) {
      for (const labelId of labelIds) await db.deleteEmptyLabel(labelId);
    },
    undeleteLabel: async ({ labelId, deletedAt }: { labelId: string; deletedAt?: number }) => {
      const { label, ...back } = await db.undeleteLabel(labelId, { deletedAt });
      return { ...back, name: label.name };
    },
    renameLabel: ({ labelId, name }: { labelId: string; name: string }) => db.renameLabel(labelId, name),
    deleteSamples: async ({ sha256s, ...how }: { sha256s: string[] }) => ({
      deleted: await db.deleteSamples(sha256s, RATIOS, how),
    }),
    undeleteSamples: ({ sha256s, ...how }: { sha256s: string[] }) => db.undeleteSamples(sha256s, RATIOS, how),
    rebinSamples: ({ places }: { places: Parameters<Store['rebinSamples']>[0] }) => db.rebinSamples(places, RATIOS),
    moveSamples: async ({ sha256s, labelId }: { sha256s: string[]; labelId: string }) => ({
      moved: await db.moveSamples(sha256s, labelId, RATIOS),
    }),
    undoHarvest: ({ harvestId }: { harvestId: string }) => db.undoHarvest(harvestId, RATIOS),
    resolveConflicts: ({ confirmed }: { confirmed: ConfirmedLabels[] }) => conflicts.resolveConflicts(confirmed),
    redoHarvest: ({ harvestId }: { harvestId: string }) => db.redoHarvest(harvestId, RATIOS),
  };
  told.ask = (name, args) => answers[name]?.(args);
  conflicts = await import('../../src/edges/store/conflicts');
  const { History } = await import('../../src/entries/options/app/undo');
  const { WAYS } = await import('../../src/entries/options/app/step-ways');
  history = new History(WAYS);
  bear = await db.createLabel('Bear');
  cub = await db.createLabel('Cub');
  for (const name of ['a', 'b', 'c', 'd']) await arrive(db, bear.id, name);
});

const live = async (labelId: string) => (await db.samplesOf(labelId, { limit: 99 })).length;
const brief = ({ id, name }: { id: string; name: string }) => ({ id, name });
const removal = (): Step => ({ kind: 'undo-harvest', harvestId: harvestOf(bear.id).id, images: 4, queued: 0 });
const restoring = (...names: string[]): Step => ({ kind: 'restore', sha256s: names.map(sha), labels: [] });
const deleting = (...names: string[]): Step => ({ kind: 'delete', sha256s: names.map(sha) });
const deletingLabel = (): Step => ({ kind: 'delete-label', label: brief(bear) });

/** Every row of the collection, but what only says how to do something again. */
async function rows() {
  const base = await db.database();
  const [samples, jobs, labels] = await Promise.all([
    base.getAll('samples'),
    base.getAll('jobs'),
    base.getAll('labels'),
  ]);
  return { samples: samples.map(({ later: _later, ...sample }) => sample), jobs, labels };
}

/** Does the steps, takes them back one by one, each to how it was before it, and does that once more. */
async function thereAndBack(steps: Step[]): Promise<void> {
  const before: Awaited<ReturnType<typeof rows>>[] = [];
  for (const step of steps) {
    before.push(await rows());
    await history.perform(step);
  }
  for (const was of before.toReversed()) {
    await history.undo();
    expect(await rows()).toEqual(was);
  }
  for (const _ of steps) await history.redo();
  for (const _ of steps) await history.undo();
  expect(await rows()).toEqual(before[0]);
  expect(told.warnings).toEqual([]);
}

describe('steps are each taken back to how it was before them', () => {
  it('a harvest removed, all of it restored', () => thereAndBack([removal(), restoring('a', 'b', 'c', 'd')]));
  it('a harvest removed, one of it restored', () => thereAndBack([removal(), restoring('b')]));
  it('a harvest removed, its label deleted, some restored', () =>
    thereAndBack([removal(), deletingLabel(), restoring('a', 'b')]));
  it('a label deleted, one of it restored, the label deleted again', () =>
    thereAndBack([deletingLabel(), restoring('a'), deletingLabel()]));
  it('one deleted by hand, the label deleted, that one restored', () =>
    thereAndBack([deleting('c'), deletingLabel(), restoring('c')]));
  it('a label deleted twice and restored', () =>
    thereAndBack([deletingLabel(), restoring('a'), deletingLabel(), { kind: 'restore-label', label: brief(bear) }]));
});

describe('an import', () => {
  const imported = (): Step => ({ kind: 'bring', words: '', harvests: [harvestOf(bear.id).id], labels: [bear.id] });

  it('is undone with the label it made, and done again', async () => {
    await history.remember(imported());
    await history.undo();
    expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Cub']);
    await history.redo();
    expect(await live(bear.id)).toBe(4);
  });

  it('leaves what else came to stand or waits under its label since', async () => {
    await history.remember(imported());
    const since = harvestOf(bear.id, 'since');
    await db.saveHarvest(since);
    await db.enqueue(since, [{ url: 'https://img.example.com/later' }]);
    await history.undo();
    expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Bear', 'Cub']);
    expect([await live(bear.id), (await db.queueState()).queued]).toEqual([0, 1]);
    await history.redo();
    expect([await live(bear.id), (await db.queueState()).queued]).toEqual([4, 1]);
  });

  it('that is gone with everything is told to be gone', async () => {
    await history.remember(imported());
    await (await db.database()).clear('harvests');
    await expect(history.undo()).rejects.toThrow('gone: bring');
  });
});

describe('what was deleted for good', () => {
  it('is told of when its harvest or its label comes back', async () => {
    await history.perform(removal());
    await db.deleteForGood(['a', 'b'].map(sha));
    await history.undo();
    expect([await live(bear.id), told.warnings]).toEqual([2, ['gone_for_good 2']]);
    await history.perform(deletingLabel());
    await db.deleteForGood([sha('c')]);
    await history.undo();
    expect([await live(bear.id), told.warnings]).toEqual([1, ['gone_for_good 2', 'gone_for_good 1']]);
  });
});

describe('a picture added under another label while it lies in the bin', () => {
  it('is back under its own when both steps are undone', async () => {
    await history.perform(deleting('a', 'b', 'c', 'd'));
    await arrive(db, cub.id, 'a');
    await history.remember({ kind: 'add', words: 'added', sha256s: [sha('a')] });
    await history.undo();
    await history.undo();
    expect([await live(bear.id), await live(cub.id)]).toEqual([4, 0]);
    await history.redo();
    await history.redo();
    expect([await live(bear.id), await live(cub.id)]).toEqual([0, 1]);
  });
});

describe('a label', () => {
  it('whose name is taken comes back under another, and says which', async () => {
    await history.perform(deletingLabel());
    await db.createLabel('Bear');
    await history.undo();
    expect(told.warnings).toEqual(['did_restore_label_as Bear Bear (2)']);
    const { stepWords } = await import('../../src/entries/options/app/step-words');
    await history.redo();
    const { step } = await history.perform({ kind: 'restore-label', label: brief(bear) });
    expect(stepWords(step)).toBe('did_restore_label_as Bear Bear (2)');
  });

  it('whose old name is taken is not in the way of the step before', async () => {
    await history.perform(deleting('a'));
    await history.perform({ kind: 'rename', label: brief(bear), name: 'Grizzly' });
    await db.createLabel('Bear');
    await expect(history.undo()).rejects.toMatchObject({ step: { kind: 'rename' } });
    await history.undo();
    expect(await live(bear.id)).toBe(4);
  });
});

describe('a deletion', () => {
  it('of what another is just deleting is no step, and takes only the rest', async () => {
    await history.perform(deleting('a', 'b'));
    await expect(history.perform(deleting('a', 'b'))).rejects.toMatchObject({ code: 'images_in_bin' });
    expect((await history.perform(deleting('b', 'c'))).step).toEqual(deleting('c'));
    await history.undo();
    expect(await live(bear.id)).toBe(2);
    await history.undo();
    expect(await live(bear.id)).toBe(4);
  });
});

describe('a move', () => {
  const moving = (...names: string[]): Step => ({
    kind: 'move',
    to: brief(cub),
    from: [{ labelId: bear.id, sha256s: names.map(sha) }],
  });

  it('of what was deleted just before moves the rest, and counts that', async () => {
    await db.deleteSamples([sha('a')], RATIOS);
    expect((await history.perform(moving('a', 'b'))).step).toEqual(moving('b'));
    await expect(history.perform(moving('a'))).rejects.toMatchObject({ code: 'images_in_bin' });
    await history.undo();
    expect([await live(bear.id), await live(cub.id)]).toEqual([3, 0]);
  });
});

describe('steps an earlier version wrote down', () => {
  it('are taken back as well as was known then', async () => {
    await db.deleteLabel(bear.id);
    await history.remember(deletingLabel());
    await db.undeleteSamples([sha('a')], RATIOS);
    await history.remember({ kind: 'restore', sha256s: [sha('a')], labels: [bear.id] });
    await history.undo();
    expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Cub']);
    await history.undo();
    expect(await live(bear.id)).toBe(3);
  });
});

describe('a conflict resolved', () => {
  /** How many conflicts of each kind stand open. */
  const open = async () => {
    const kinds = (await conflicts.openConflicts()).map(({ kind }) => kind);
    return { same: kinds.filter(kind => kind === 'same').length, near: kinds.filter(kind => kind === 'near').length };
  };
  const resolving = async (kind: 'same' | 'near'): Promise<Step> => {
    const { resolution } = await import('../../src/entries/options/app/resolve-conflicts');
    return resolution((await conflicts.openConflicts()).filter(one => one.kind === kind));
  };
  beforeEach(async () => {
    await arrive(db, cub.id, 'a again', { content: 'a' });
    const job = (await (await db.database()).getAll('jobs')).find(({ candidate }) => candidate.url.endsWith('again'))!;
    const end = { state: 'rejected', reason: 'duplicate-of', detail: bear.id, sha256: sha('a') } as const;
    await (await db.database()).put('jobs', { ...job, ...end });
    await arrive(db, cub.id, 'near a', { near: ['a'] });
    expect(await open()).toEqual({ same: 1, near: 1 });
  });

  it('is open again when it is undone, each kind by itself, and as it was before it', async () => {
    for (const kinds of [['same', 'near'] as const, ['near', 'same'] as const]) {
      await thereAndBack(await Promise.all(kinds.map(resolving)));
    }
  });

  it('leaves alone what another step said of the same image, in whatever order they are undone', async () => {
    const same = await history.perform(await resolving('same'));
    await history.perform(await resolving('near'));
    await history.undo(same.id);
    // Both labels are right, says the other, of this image too.
    expect(await open()).toEqual({ same: 1, near: 0 });
    await history.undo();
    expect(await open()).toEqual({ same: 1, near: 1 });
  });

  it('passes over images that are gone', async () => {
    await history.perform(await resolving('near'));
    await db.deleteSamples([sha('near a')], RATIOS);
    await db.deleteForGood([sha('near a')]);
    await history.undo();
    expect(await db.sampleByHash(sha('a'))).not.toHaveProperty('confirmedLabels');
  });
});

describe('steps that version 3 left', () => {
  const [A, B, C] = ['a', 'b', 'c'].map(letter => letter.repeat(8)) as [string, string, string];
  /** The word of an image after each turn. */
  const word = async (name: string) => (await db.sampleByHash(sha(name)))?.confirmedLabels ?? [];

  it('are undone and done again, one by one, and each takes back no more than it said', async () => {
    freshDatabase();
    await openedByVersion(3);
    const old = await openDB('gleaner', 3);
    const row = (name: string, more: object) => ({
      ...{
        sha256: sha(name),
        labelId: A,
        group: sha(name),
        split: 'train',
        addedAt: 1,
        dHash: sha(name),
        candidate: { url: '' },
      },
      ...more,
    });
    const job = (name: string, labelId: string, more: object = {}) => ({
      ...{ id: `${labelId}\n${name}`, labelId, sha256: sha(name), harvestId: 'h', host: 'x', candidate: { url: name } },
      ...{ state: 'rejected', reason: 'duplicate-of', detail: A, attempts: 1, notBefore: 0, ...more },
    });
    await old.put('samples', row('one', { rightUnder: [A, B] }));
    await old.put('samples', row('two', { labelId: B, rightUnder: [A, B] }));
    await old.put('jobs', job('one', B, { settled: true }));
    await old.put('jobs', job('one', C, { settled: true }));
    await old.put('jobs', job('two', C));
    const near = ['one', 'two'].map(name => ({ sha256: sha(name), labelIds: [A, B] }));
    const before = ['one', 'two'].map(name => ({ sha256: sha(name), labelIds: [] }));
    // Of B the user had said so before any step that is still known.
    const steps = {
      first: { kind: 'keep', images: 1, jobIds: [`${C}\none`, 'gone'] },
      second: { kind: 'keep-alike', words: near, before },
      undone: { kind: 'keep', images: 1, jobIds: [`${C}\ntwo`] },
      other: { kind: 'delete', sha256s: [] },
    };
    for (const [id, step] of Object.entries(steps)) await old.put('meta', step, `step:${id}`);
    const entry = (id: string) => ({ id, weight: 3 });
    await old.put('meta', { done: ['other', 'first', 'second'].map(entry), undone: [entry('undone')] }, 'steps');
    old.close();
    db = await store();
    conflicts = await import('../../src/edges/store/conflicts');
    const { History } = await import('../../src/entries/options/app/undo');
    const { WAYS } = await import('../../src/entries/options/app/step-ways');
    history = new History(WAYS);

    expect([await word('one'), await word('two')]).toEqual([
      [A, B, C],
      [A, B],
    ]);
    await history.redo();
    expect(await word('two')).toEqual([A, B, C]);
    await history.undo();
    expect(await word('two')).toEqual([A, B]);
    const { stepWords } = await import('../../src/entries/options/app/step-words');
    expect(stepWords((await history.undo())!.step)).toBe('did_keep 2');
    expect([await word('one'), await word('two')]).toEqual([[B, C], []]);
    await history.undo();
    expect(await word('one')).toEqual([B]);
    await history.redo();
    await history.redo();
    expect([await word('one'), await word('two')]).toEqual([
      [A, B, C],
      [A, B],
    ]);
  });
});
