// Undo and redo: steps go back and forth in order, also when a step fails, keys come fast, the page is new or another is open.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Step } from '../../src/contract/step';
import type { History, PageStep, Ways } from '../../src/entries/options/app/undo';
import { freshDatabase } from '../edges/store/database';
import { fakeLocks } from './fake-locks';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const deleting = (sha256: string): Step => ({ kind: 'delete', sha256s: [sha256] });
const named = (step: Step | undefined) => (step?.kind === 'delete' ? step.sha256s[0] : step?.kind);

/** What stands deleted; `hold` makes the ways slow, `fail` makes them reject. */
const world = { deleted: [] as string[], hold: 0, fail: undefined as unknown };
let page: () => Promise<History>;
let history: History;
/** As the modules of this test know it. */
let GleanerError: typeof import('../../src/contract/error').GleanerError;

beforeEach(async () => {
  freshDatabase();
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  Object.assign(world, { deleted: [], hold: 0, fail: undefined });
  ({ GleanerError } = await import('../../src/contract/error'));
  const { History } = await import('../../src/entries/options/app/undo');
  const turn = async (work: () => void) => {
    if (world.hold > 0) await pause(world.hold);
    if (world.fail) throw world.fail;
    work();
    return undefined;
  };
  const ways = {
    delete: {
      redo: ({ sha256s }: { sha256s: string[] }) =>
        turn(() => {
          world.deleted = [...world.deleted, ...sha256s];
        }),
      undo: ({ sha256s }: { sha256s: string[] }) =>
        turn(() => {
          const back = new Set(sha256s);
          world.deleted = world.deleted.filter(one => !back.has(one));
        }),
    },
    page: {
      redo: () => Promise.reject(new GleanerError('step_elsewhere')),
      undo: () => Promise.reject(new GleanerError('step_elsewhere')),
    },
  } as unknown as Ways;
  // Each page has one of its own; the database is the same.
  page = async () => new History(ways);
  history = await page();
});

const undone = async (of = history) => named((await of.undo())?.step);
const redone = async (of = history) => named((await of.redo())?.step);

describe('the history', () => {
  it('takes steps back and does them again in order', async () => {
    await history.perform(deleting('a'));
    await history.perform(deleting('b'));
    expect(await undone()).toBe('b');
    expect(world.deleted).toEqual(['a']);
    expect(await undone()).toBe('a');
    expect(await undone()).toBeUndefined();
    expect([await redone(), await redone(), await redone()]).toEqual(['a', 'b', undefined]);
    expect(world.deleted).toEqual(['a', 'b']);
  });

  it('goes on in a page that was loaded anew', async () => {
    await history.perform(deleting('a'));
    await history.perform(deleting('b'));
    await history.undo();
    const later = await page();
    expect(await undone(later)).toBe('a');
    expect(world.deleted).toEqual([]);
    expect([await redone(later), await redone(later)]).toEqual(['a', 'b']);
  });

  it('is one for two pages, each of which knows what the other did', async () => {
    const other = await page();
    world.hold = 5;
    await Promise.all([history.perform(deleting('a')), other.perform(deleting('b')), history.perform(deleting('c'))]);
    expect(new Set(world.deleted)).toEqual(new Set(['a', 'b', 'c']));
    await Promise.all([history.undo(), other.undo(), other.undo()]);
    expect(world.deleted).toEqual([]);
    expect(await undone(other)).toBeUndefined();
    await Promise.all([other.redo(), history.redo(), other.redo()]);
    expect(new Set(world.deleted)).toEqual(new Set(['a', 'b', 'c']));
    expect(world.deleted).toHaveLength(3);
  });

  it('takes back the step that is named, whatever another page has done since', async () => {
    const { id } = await history.perform(deleting('a'));
    await (await page()).perform(deleting('b'));
    expect(named((await history.undo(id))?.step)).toBe('a');
    expect(await history.undo(id)).toBeUndefined();
    expect(world.deleted).toEqual(['b']);
    expect([await history.wasTurned('undo', id), await history.wasTurned('redo', id)]).toEqual([true, false]);
  });

  it('forgets what was undone once something new is done', async () => {
    await history.perform(deleting('a'));
    await history.undo();
    await history.perform(deleting('b'));
    expect(await redone()).toBeUndefined();
    expect(world.deleted).toEqual(['b']);
  });

  it('runs steps one after the other however fast they are asked for', async () => {
    world.hold = 10;
    await Promise.all([history.perform(deleting('a')), history.perform(deleting('b')), history.undo(), history.undo()]);
    expect(world.deleted).toEqual([]);
  });

  it('remembers nothing of a step that failed, and keeps what was undone before it', async () => {
    await history.perform(deleting('a'));
    await history.undo();
    world.fail = new Error('disk full');
    await expect(history.perform(deleting('b'))).rejects.toThrow('disk full');
    world.fail = undefined;
    expect(await undone()).toBeUndefined();
    expect(await redone()).toBe('a');
  });

  it('keeps a step whose way back failed, and lets go of one whose target is gone', async () => {
    await history.perform(deleting('a'));
    await history.perform(deleting('b'));
    world.fail = new Error('not now');
    await expect(history.undo()).rejects.toThrow('not now');
    world.fail = new GleanerError('images_gone');
    await expect(history.undo()).rejects.toMatchObject({ step: deleting('b'), cause: world.fail });
    world.fail = undefined;
    expect(await undone()).toBe('a');
    expect(await redone()).toBe('a');
    expect(await redone()).toBeUndefined();
  });

  it('goes on to the step before one that a label of the same name keeps from being undone', async () => {
    await history.perform(deleting('a'));
    await history.perform(deleting('b'));
    world.fail = new GleanerError('label_name_taken', ['stripes']);
    await expect(history.undo()).rejects.toMatchObject({ step: deleting('b'), cause: world.fail });
    world.fail = undefined;
    expect(await undone()).toBe('a');
  });

  it('knows the way back of a step whose page was closed in its middle', async () => {
    world.hold = 1e6;
    void history.perform(deleting('a'));
    await pause(20);
    // The page is gone, and its locks with it.
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    world.hold = 0;
    world.deleted = ['a'];
    expect(await undone(await page())).toBe('a');
    expect(world.deleted).toEqual([]);
  });

  it('keeps no more steps, and no more images, than its limits', async () => {
    const { HISTORY_LIMITS } = await import('../../src/edges/store/steps');
    const many = HISTORY_LIMITS.steps + 3;
    for (let n = 0; n < many; n++) await history.perform(deleting(`${n}`));
    const base = await (await import('../../src/edges/database')).database();
    const rows = async () => (await base.getAllKeys('meta')).filter(key => key.startsWith('step:')).length;
    expect(await rows()).toBe(HISTORY_LIMITS.steps);
    const large = Array.from({ length: HISTORY_LIMITS.weight }, (_, n) => `${n}`);
    await history.perform({ kind: 'delete', sha256s: large });
    expect(await rows()).toBe(1);
    expect(named((await history.undo())?.step)).toBe('0');
    expect(await undone()).toBeUndefined();
    await history.redo();
    await history.forget();
    expect(await rows()).toBe(0);
  });
});

describe('a step of the page', () => {
  const adding = (lasting?: Step): PageStep => ({
    words: 'added',
    redo: async () => void world.deleted.push('x'),
    undo: async () => void world.deleted.pop(),
    ...(lasting && { lasting: () => lasting }),
  });

  it('is taken back by its page, and by no other, which says so once', async () => {
    await history.perform(deleting('a'));
    await history.performHere(adding());
    await history.undo();
    await history.redo();
    expect(world.deleted).toEqual(['a', 'x']);
    const other = await page();
    await expect(other.undo()).rejects.toMatchObject({ code: 'step_other_page' });
    expect(world.deleted).toEqual(['a', 'x']);
    // Its page is closed, and what it stood for with it.
    vi.stubGlobal('navigator', { locks: fakeLocks() });
    const later = await page();
    await expect(later.undo()).rejects.toMatchObject({ step: { kind: 'page', words: 'added' } });
    expect(await undone(later)).toBe('a');
  });

  it('that leaves its way back as data is taken back by any', async () => {
    await history.performHere(adding(deleting('x')));
    expect(await undone(await page())).toBe('x');
    expect(world.deleted).toEqual([]);
  });

  it('lets others go before it while it lasts', async () => {
    let end = () => {};
    const long = history.performHere({ ...adding(), redo: () => new Promise<void>(done => (end = done)) });
    await history.perform(deleting('a'));
    expect(world.deleted).toEqual(['a']);
    end();
    await long;
  });
});
