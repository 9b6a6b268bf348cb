// Hosts that refuse with an image or a page instead of a status: told the page where the user allows it, and no stand-in is kept.
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import { type Answer, newWorld, picture, type World } from './pump-world';

let world: World;
/** Addresses that were asked for with the page told. */
let told: string[];
beforeEach(async () => {
  world = await newWorld();
  told = [];
  world.withReferer = async (url, _page, request) => {
    told.push(url);
    telling.add(url);
    return request().finally(() => telling.delete(url));
  };
});
const telling = new Set<string>();

const PAGE = 'https://forum.test/thread';
const FORUM = [1, 2, 3].map(n => ({ url: `https://media.forum.test/1702/${n}.jpg`, sourcePage: PAGE }));
const PLACEHOLDER = picture('hot links forbidden');
const HTML = new TextEncoder().encode('<!doctype html><h1>No hot links</h1>') as Uint8Array<ArrayBuffer>;

/** A host that leads strangers to one image of its own. */
const leading = (url: string): Answer =>
  telling.has(url) ? picture(url) : { ok: true, body: PLACEHOLDER, landed: 'https://media.forum.test/icons/403.png' };
const choose = (sendReferer: (typeof DEFAULT_SETTINGS)['sendReferer']) => {
  world.settings = { ...DEFAULT_SETTINGS, sendReferer };
};
const retry = async () => {
  await world.db.retryRejected(undefined, 'page-wanted');
  world.clock = Math.max(world.clock, Date.now() + 1000);
  await world.run();
};

describe('a host that leads several addresses to one image', () => {
  it('has nothing stored while the user was not asked, and all of it once the page may be told', async () => {
    world.answer = leading;
    await world.enqueue('Bear', FORUM);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected page-wanted': 3 });
    expect(await world.stored()).toEqual([]);
    expect(told).toEqual([]);
    choose('always');
    await retry();
    expect(await world.ends()).toEqual({ stored: 3 });
    expect(await world.stored()).toHaveLength(3);
    expect(told.sort()).toEqual(FORUM.map(({ url }) => url));
    // Not asked as a stranger a second time: it would have come in once more.
    expect(Math.max(...world.hits.values())).toBe(2);
  });

  it('gives all of it at once where it may be told the page', async () => {
    choose('always');
    world.answer = leading;
    await world.enqueue('Bear', FORUM);
    await world.run();
    expect(await world.ends()).toEqual({ stored: 3 });
    const samples = await (await world.db.database()).getAll('samples');
    expect(samples.map(({ candidate }) => candidate.url).sort()).toEqual(FORUM.map(({ url }) => url));
  });

  it.each(['never', 'always'] as const)(
    'is refused by name where it stays so (%s), and the image is not kept',
    async way => {
      choose(way);
      world.answer = () => ({ ok: true, body: PLACEHOLDER, landed: 'https://media.forum.test/icons/403.png' });
      await world.enqueue('Bear', FORUM);
      await world.run();
      expect(await world.ends()).toEqual({ 'rejected placeholder': 3 });
      expect(await world.stored()).toEqual([]);
      // It is known from now on, also to the next background.
      await world.enqueue('Wolf', [{ url: 'https://media.forum.test/1702/9.jpg', sourcePage: PAGE }]);
      await world.run();
      expect(await world.ends()).toEqual({ 'rejected placeholder': 4 });
      expect(await world.stored()).toEqual([]);
    },
  );

  it('keeps nothing of it, whenever the background is killed', async () => {
    const begin = async () => {
      world.answer = leading;
      await world.enqueue('Bear', FORUM);
    };
    await begin();
    await world.run();
    const steps = world.bomb.steps;
    for (let at = 0; at < steps; at += 2) {
      world = await newWorld();
      await begin();
      world.bomb.reset(at);
      await world.run();
      world.bomb.reset();
      world.clock += 3_600_000;
      expect((await world.run()).kind, `killed at step ${at}`).toBe('done');
      expect(await world.ends(), `killed at step ${at}`).toEqual({ 'rejected page-wanted': 3 });
      expect(await world.stored()).toEqual([]);
    }
  }, 60_000);

  it('is believed where redirects only change host or folder, or where the files are one and the same', async () => {
    world.answer = url => ({ ok: true, body: picture('one'), landed: url.replace('www', 'cdn') });
    await world.enqueue('Bear', ['https://www.shop.test/a/bear.jpg', 'https://www.shop.test/b/bear.jpg']);
    await world.run();
    expect(await world.ends()).toEqual({ stored: 1, 'rejected duplicate-of': 1 });
  });
});

describe('a host that gives the same bytes for different files', () => {
  const NOTICE = picture('notice: no hot links');

  it('is a stand-in from the third on where it looks like a notice; two may be copies', async () => {
    choose('never');
    world.answer = () => NOTICE;
    await world.enqueue('Bear', FORUM.slice(0, 2));
    await world.run();
    expect(await world.ends()).toEqual({ stored: 1, 'rejected duplicate-of': 1 });
    await world.enqueue('Bear 2', [{ url: 'https://media.forum.test/1702/7.jpg' }]);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected placeholder': 3 });
    expect(await world.stored()).toEqual([]);
  });

  it('is a copy where it looks like a photograph: it is kept once, however often a list names it', async () => {
    world.answer = () => PLACEHOLDER;
    // What a person lists has no page to tell.
    await world.enqueue(
      'Bear',
      [1, 2, 3, 4, 5].map(n => `https://photos.test/${n}.jpg`),
    );
    await world.run();
    expect(await world.ends()).toEqual({ stored: 1, 'rejected duplicate-of': 4 });
    // A host that gives it for whatever is asked is no archive.
    await world.enqueue(
      'Wolf',
      [6, 7, 8, 9].map(n => `https://photos.test/${n}.jpg`),
    );
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected placeholder': 9 });
  });

  it('is found out at the second where it gives others to whoever names the page', async () => {
    choose('always');
    world.answer = url => (telling.has(url) ? picture(url) : PLACEHOLDER);
    await world.enqueue('Bear', FORUM.slice(0, 2));
    await world.run();
    expect(await world.ends()).toEqual({ stored: 2 });
    const samples = await (await world.db.database()).getAll('samples');
    expect(samples.map(({ candidate }) => candidate.url).sort()).toEqual(FORUM.slice(0, 2).map(({ url }) => url));
  });

  it('on several hosts is a copy', async () => {
    world.answer = () => picture('the same');
    await world.enqueue('Bear', [
      'https://a.test/1.jpg',
      'https://b.test/2.jpg',
      'https://c.test/3.jpg',
      'https://d.test/4.jpg',
    ]);
    await world.run();
    expect(await world.ends()).toEqual({ stored: 1, 'rejected duplicate-of': 3 });
  });

  it('leaves an image alone that the user has put under another label', async () => {
    choose('never');
    world.answer = () => NOTICE;
    await world.enqueue('Bear', FORUM.slice(0, 2));
    await world.run();
    const other = await world.db.createLabel('Signs');
    const [sha256 = ''] = await world.stored();
    await world.db.moveSamples([sha256], other.id, DEFAULT_SETTINGS.ratios);
    await world.enqueue('Bear 2', FORUM.slice(2));
    await world.run();
    expect(await world.stored()).toEqual([sha256]);
  });
});

describe('a host that answers with a page', () => {
  const image = { url: 'https://hot.test/1.jpg', sourcePage: PAGE };

  it('is told the page once the user allows it', async () => {
    world.answer = url => (telling.has(url) ? picture(url) : HTML);
    await world.enqueue('Bear', [image]);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected page-wanted': 1 });
    expect(told).toEqual([]);
    choose('always');
    await retry();
    expect(await world.ends()).toEqual({ stored: 1 });
  });

  it('is no image where it stays one', async () => {
    choose('always');
    world.answer = () => HTML;
    await world.enqueue('Bear', [image, { url: 'https://login.test/2.jpg' }]);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected not-an-image': 2 });
  });

  it('is passed over for the address the page shows', async () => {
    world.answer = url => (url.includes('hot') ? HTML : picture(url));
    await world.enqueue('Bear', [{ ...image, alternatives: ['https://i.hot-images.test/1_m.jpg'] }]);
    world.answer = url => (url === image.url ? HTML : picture(url));
    await world.run();
    expect(await world.ends()).toEqual({ stored: 1 });
  });
});
