// Images that kill, hang or break whoever looks at them: each ends by itself, and nothing beside it is lost.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import { LOOK_LIMITS } from '../../src/pipeline/download/limits';
import { freshDatabase } from '../edges/store/database';
import { failed, imageOf, newWorld, type World } from './pump-world';

vi.mock('webextension-polyfill', () => ({
  default: { storage: { local: { clear: async () => {} }, session: { clear: async () => {} } } },
}));
vi.mock('../../src/edges/private-files', () => ({ removePrivateFiles: async () => {} }));
vi.mock('../../src/edges/canary', () => ({ forgetCanary: async () => undefined }));

let world: World;
beforeEach(async () => {
  freshDatabase();
  world = await newWorld();
});
const GOOD = Array.from({ length: 20 }, (_, n) => `https://img.host${n % 5}.test/${n}.bmp`);
const POISON = ['https://img.host1.test/poison-100.bmp', 'https://img.host9.test/poison-200.bmp'];
const isPoison = (text: string) => text.includes('poison');

/** Backgrounds one after the other until one lives to the end; how many died. */
async function deaths(most: number): Promise<number> {
  for (let died = 0; ; died++) {
    expect(died).toBeLessThanOrEqual(most);
    world.bomb.reset();
    const end = await world.run();
    world.running.clear();
    if (end.kind === 'done') return died;
  }
}

describe('a picture that kills the background', () => {
  /** From here on nothing this background does is done. */
  const kill = () => world.bomb.reset(0);
  const deadly = (of: (text: string) => boolean) => {
    world.look = async text => {
      if (of(text)) kill();
    };
  };

  it('is refused after a few looks and no further request; all others are stored', async () => {
    deadly(isPoison);
    await world.enqueue('Bear', [...GOOD.slice(0, 9), ...POISON, ...GOOD.slice(9)]);
    await deaths(POISON.length * LOOK_LIMITS.looks);
    expect(await world.ends()).toEqual({ stored: GOOD.length, 'rejected undecodable': POISON.length });
    expect((await world.stored()).length).toBe(GOOD.length);
  });

  it('is asked for once for each look, but for what was on its way when another one killed', async () => {
    const many = Array.from({ length: 6 }, (_, n) => `https://img.host${n}.test/poison-${100 * n}.bmp`);
    deadly(isPoison);
    await world.enqueue('Bear', [...many, ...GOOD]);
    await deaths(many.length * LOOK_LIMITS.looks);
    expect(await world.ends()).toEqual({ stored: GOOD.length, 'rejected undecodable': many.length });
    for (const url of many) expect(world.hits.get(url)).toBeLessThanOrEqual(LOOK_LIMITS.looks + many.length);
  });

  it('is refused when it is the only one', async () => {
    deadly(isPoison);
    await world.enqueue('Bear', POISON.slice(0, 1));
    expect(await deaths(LOOK_LIMITS.looks)).toBe(LOOK_LIMITS.looks);
    expect(await world.ends()).toEqual({ 'rejected undecodable': 1 });
    expect(world.hits.get(POISON[0] ?? '')).toBe(LOOK_LIMITS.looks);
  });

  it('is looked at alone from the second time on', async () => {
    const looking = new Set<string>();
    let alone = 0;
    world.look = async text => {
      if (isPoison(text) && looking.size === 0) alone++;
      looking.add(text);
      if (isPoison(text)) kill();
      await new Promise(resolve => setTimeout(resolve, 5));
      looking.delete(text);
    };
    await world.enqueue('Bear', [...GOOD, ...POISON]);
    await deaths(POISON.length * LOOK_LIMITS.looks);
    expect(alone).toBeGreaterThanOrEqual(POISON.length * (LOOK_LIMITS.looks - 1));
    expect((await world.ends()).stored).toBe(GOOD.length);
  });

  it('may be tried again by the user, with all its looks', async () => {
    deadly(isPoison);
    await world.enqueue('Bear', POISON.slice(0, 1));
    await deaths(LOOK_LIMITS.looks);
    world.look = async () => undefined;
    await world.db.retryRejected();
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: 1 });
  });

  it('leaves no mark on those that were beside it', async () => {
    deadly(isPoison);
    await world.enqueue('Bear', [...POISON, ...GOOD]);
    await deaths(POISON.length * LOOK_LIMITS.looks);
    expect(await (await world.db.database()).get('meta', 'looks')).toBeUndefined();
  });
});

describe('a picture that breaks', () => {
  const breaks = async (text: string) => {
    if (isPoison(text)) throw new RangeError('out of memory');
  };

  it.each(['look', 'hash'] as const)('ends alone when its %s throws', async step => {
    world[step] = breaks;
    await world.enqueue('Bear', [...POISON, ...GOOD]);
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: GOOD.length, 'rejected undecodable': POISON.length });
    for (const url of POISON) expect(world.hits.get(url)).toBe(1);
  });

  it('ends alone when the browser cannot say whether its address may be asked', async () => {
    world.access = url => {
      if (isPoison(url)) throw new TypeError('no pattern');
      return true;
    };
    await world.enqueue('Bear', [...POISON, ...GOOD]);
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: GOOD.length, 'rejected network': POISON.length });
  });

  it('ends alone when the browser takes no Referer for it', async () => {
    world.answer = url => (isPoison(url) ? failed({ kind: 'rejected', reason: 'forbidden' }, 403) : imageOf(url));
    world.settings = { ...DEFAULT_SETTINGS, sendReferer: 'always' };
    world.withReferer = () => Promise.reject(new Error('too many rules'));
    const id = await world.enqueue('Bear', GOOD);
    await world.db.enqueue(
      { ...(await world.db.allHarvests())[0], labelId: id } as never,
      POISON.map(url => ({ url, sourcePage: 'https://gallery.test/' })),
    );
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: GOOD.length, 'rejected network': POISON.length });
  });
});

describe('while a picture hangs', () => {
  let release: () => void;
  let hanging: Promise<void>;
  beforeEach(async () => {
    let hangs: () => void;
    hanging = new Promise(resolve => {
      hangs = resolve;
    });
    world.look = text =>
      isPoison(text)
        ? new Promise(resolve => {
            release = resolve;
            hangs();
          })
        : Promise.resolve();
    await world.enqueue('Bear', [...POISON.slice(0, 1), ...GOOD]);
  });
  const counts = async () => {
    const base = await world.db.database();
    const stores = ['labels', 'harvests', 'jobs', 'samples', 'blobs', 'thumbnails', 'inbox', 'meta'] as const;
    return (await Promise.all(stores.map(name => base.count(name)))).reduce((sum, n) => sum + n, 0);
  };

  it('the others are stored', async () => {
    const run = world.run();
    await hanging;
    await vi.waitFor(async () => expect((await world.ends()).stored).toBe(GOOD.length), 10_000);
    release();
    expect(await run).toEqual({ kind: 'done' });
  });

  it('everything can be deleted, and nothing comes back', async () => {
    const { deleteEverything } = await import('../../src/edges/store/delete-everything');
    const run = world.run();
    await hanging;
    await deleteEverything();
    expect(await counts()).toBe(0);
    release();
    expect(await run).toEqual({ kind: 'done' });
    expect(await counts()).toBe(0);
  });

  it('everything can be deleted while a host is asking for rest, and nobody remembers the host', async () => {
    const { deleteEverything } = await import('../../src/edges/store/delete-everything');
    const deleted = hanging.then(deleteEverything);
    world.answer = url =>
      isPoison(url) ? imageOf(url) : failed({ kind: 'retry', reason: 'throttled', detail: '429' }, 429);
    const run = world.run();
    await deleted;
    release();
    await run;
    expect(await counts()).toBe(0);
  });

  it('the queue can be paused and a label cancelled at once', async () => {
    const run = world.run();
    await hanging;
    const [label] = await (await world.db.database()).getAll('labels');
    await world.db.setPause('user');
    expect(await world.db.queueState()).toMatchObject({ paused: 'user' });
    expect(await world.db.cancelLabel(label?.id ?? '')).toBeGreaterThan(0);
    expect(await world.db.queueState()).toMatchObject({ queued: 0 });
    release();
    expect(await run).toEqual({ kind: 'paused', reason: 'user' });
    expect((await world.ends()).queued).toBeUndefined();
    expect(await world.stored()).not.toContain('poison');
  });
});
