// The pump against hosts, disks and users that misbehave: limits, retries, rests, pauses.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/contract/job';
import { failed, imageOf, newWorld, type World } from './pump-world';

let world: World;
beforeEach(async () => {
  world = await newWorld();
});
const urls = (n: number, hosts = 5) =>
  Array.from({ length: n }, (_, i) => `https://img.host${i % hosts}.test/${i}.bmp`);

describe('the pump', () => {
  it('stores everything within six transfers and two per host', async () => {
    await world.enqueue('Bear', urls(60));
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: 60 });
    expect((await world.stored()).length).toBe(60);
    expect(world.most.all).toBeLessThanOrEqual(6);
    expect(world.most.all).toBeGreaterThan(3);
    expect(world.most.perHost).toBe(2);
  });

  it('keeps the limits while everything fails and is tried again', async () => {
    world.answer = (url, hit) => (hit < 4 ? failed({ kind: 'retry', reason: 'network' }) : imageOf(url));
    await world.enqueue('Bear', urls(24, 3));
    expect((await world.run()).kind).toBe('done');
    expect(await world.ends()).toEqual({ stored: 24 });
    expect(world.most.perHost).toBe(2);
    expect([...world.hits.values()]).toEqual(Array(24).fill(4));
    for (const host of ['host0', 'host1', 'host2']) {
      const times = world.starts.filter(({ url }) => url.includes(host)).map(({ at }) => at);
      for (let n = 1; n < times.length; n++) expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(249);
    }
  });

  it('gives up after five attempts with the last reason', async () => {
    world.answer = () => failed({ kind: 'retry', reason: 'timeout-stalled' });
    await world.enqueue('Bear', urls(2));
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected timeout-stalled': 2 });
    expect([...world.hits.values()]).toEqual([5, 5]);
  });

  it('lets a host rest as long as it asks, also across backgrounds, while others go on', async () => {
    const busy = 'https://busy.test/0.bmp';
    world.answer = (url, hit) =>
      url === busy && hit === 1
        ? failed({ kind: 'retry', reason: 'throttled', detail: '429', retryAfterMs: 1_800_000 }, 429)
        : imageOf(url);
    await world.enqueue('Bear', [busy, 'https://busy.test/1.bmp', ...urls(6)]);
    const end = await world.run();
    expect(end.kind).toBe('later');
    expect((await world.ends()).stored).toBe(6);
    const before = world.starts.filter(({ url }) => url.includes('busy')).length;
    const rested = end.kind === 'later' ? end.at : 0;
    const asked = Math.min(...world.starts.filter(({ url }) => url.includes('busy')).map(({ at }) => at));
    expect(rested - asked).toBeGreaterThanOrEqual(1_800_000);
    // A background that starts anew knows nothing but the database.
    world.clock += 1_000_000;
    expect((await world.run()).kind).toBe('later');
    expect(world.starts.filter(({ url }) => url.includes('busy')).length).toBe(before);
    world.clock = rested;
    expect((await world.run()).kind).toBe('done');
    expect(await world.ends()).toEqual({ stored: 8 });
  });

  it('ends a job whose label is not there, so that it comes back with the label', async () => {
    const id = await world.enqueue('Bear', urls(3));
    const base = await world.db.database();
    const [waiting] = await base.getAll('jobs');
    await world.db.deleteLabel(id);
    // As a restore into a label that was deleted meanwhile once left it.
    await base.put('jobs', waiting as Job);
    expect(await world.run()).toEqual({ kind: 'done' });
    expect([await world.ends(), await world.stored()]).toEqual([{ 'rejected cancelled': 3 }, []]);
    await world.db.undeleteLabel(id);
    await world.run();
    expect(await world.ends()).toEqual({ stored: 3 });
  });

  it('parks a host after three refusals in a row', async () => {
    world.answer = () => failed({ kind: 'retry', reason: 'throttled', detail: '503' }, 503);
    await world.enqueue('Bear', urls(9, 1));
    const end = await world.run();
    expect(end.kind).toBe('later');
    expect(world.starts.length).toBeLessThanOrEqual(4);
    expect(end.kind === 'later' && end.at - world.clock).toBeGreaterThan(800_000);
  });

  it('pauses without touching a job when the disk is full, and goes on when it is not', async () => {
    await world.enqueue('Bear', urls(12));
    for (const name of ['QuotaExceededError', 'DataError', 'UnknownError', 'AbortError', 'TransactionInactiveError']) {
      world.diskError = new DOMException('full', name);
      expect(await world.run()).toEqual({ kind: 'paused', reason: 'storage-full' });
      expect(await world.ends()).toEqual({ queued: 12 });
      expect(await world.stored()).toEqual([]);
    }
    for (const job of await (await world.db.database()).getAll('jobs')) expect(job.attempts).toBe(0);
    world.diskError = undefined;
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: 12 });
  });

  it('pauses without touching a job when access is missing', async () => {
    world.access = () => false;
    await world.enqueue('Bear', urls(12));
    expect(await world.run()).toEqual({ kind: 'paused', reason: 'no-permission' });
    expect(await world.ends()).toEqual({ queued: 12 });
    expect(world.starts).toEqual([]);
    world.access = () => true;
    expect(await world.run()).toEqual({ kind: 'done' });
  });

  it('pauses without a mark on any job when access is taken away in the middle', async () => {
    world.access = () => world.starts.length < 5;
    await world.enqueue('Bear', urls(12));
    expect(await world.run()).toEqual({ kind: 'paused', reason: 'no-permission' });
    const { stored = 0, queued = 0, ...others } = await world.ends();
    expect([stored + queued, others]).toEqual([12, {}]);
    expect(stored).toBe(world.starts.length);
    expect(stored).toBeLessThan(12);
    world.access = () => true;
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: 12 });
  });

  it('starts no burst after the computer slept', async () => {
    await world.enqueue('Bear', urls(60));
    let slept = false;
    world.answer = url => {
      if (world.starts.length === 10 && !slept) {
        slept = true;
        world.clock += 8 * 3_600_000;
      }
      return imageOf(url);
    };
    expect((await world.run()).kind).toBe('done');
    expect(slept).toBe(true);
    expect(await world.ends()).toEqual({ stored: 60 });
    expect(world.most.all).toBeLessThanOrEqual(6);
    expect(world.most.perHost).toBeLessThanOrEqual(2);
    const last = new Map<string, number>();
    for (const { url, at } of world.starts) {
      const { hostname } = new URL(url);
      expect(at - (last.get(hostname) ?? 0)).toBeGreaterThanOrEqual(125);
      last.set(hostname, at);
    }
  });

  it('finishes what is under way when the user pauses, and starts nothing', async () => {
    await world.enqueue('Bear', urls(30));
    world.answer = url => {
      if (world.starts.length >= 8) world.paused = async () => 'user';
      return imageOf(url);
    };
    const end = await pausedRun(world);
    expect(end).toEqual({ kind: 'paused', reason: 'user' });
    expect(world.starts.length).toBeLessThan(20);
    expect((await world.ends()).stored).toBe(world.starts.length);
  });

  it('counts no attempt that failed because the network was gone', async () => {
    let online = true;
    world.online = () => online;
    world.answer = url => {
      if (world.starts.length < 5) return imageOf(url);
      online = false;
      return failed({ kind: 'retry', reason: 'network' });
    };
    await world.enqueue('Bear', urls(12));
    expect((await world.run()).kind).toBe('later');
    for (const job of await (await world.db.database()).getAll('jobs'))
      if (job.state === 'queued') expect(job.attempts).toBe(0);
    online = true;
    world.answer = url => imageOf(url);
    expect((await world.run()).kind).toBe('done');
    expect(await world.ends()).toEqual({ stored: 12 });
  });

  it('keeps one of the same bytes, and names the label the others are under', async () => {
    world.answer = () => imageOf('the same');
    const bear = await world.enqueue('Bear', urls(7));
    await world.enqueue('Cub', urls(3));
    await world.run();
    expect(await world.ends()).toEqual({ stored: 1, 'rejected duplicate-of': 9 });
    const [sample] = await (await world.db.database()).getAll('samples');
    for (const job of await (await world.db.database()).getAll('jobs'))
      if (job.state === 'rejected') expect(job.detail).toBe(sample?.labelId);
    expect(bear).toBeTruthy();
  });

  it('ends each job with its own reason', async () => {
    const bodies: [string, Uint8Array<ArrayBuffer>, string][] = [
      ['empty', new Uint8Array(0), 'empty'],
      ['page', new TextEncoder().encode('<!doctype html>'), 'not-an-image'],
      ['drawing', new TextEncoder().encode('<svg/>'), 'type-refused'],
    ];
    world.answer = url =>
      bodies.find(([name]) => url.endsWith(name))?.[1] ?? failed({ kind: 'rejected', reason: 'gone' }, 410);
    await world.enqueue('Bear', [
      ...bodies.map(([name], n) => `https://host${n}.test/${name}`),
      'https://x.test/gone',
      'https://127.0.0.1/a',
      'ftp://x.test/a',
    ]);
    await world.run();
    expect(await world.ends()).toEqual({
      'rejected empty': 1,
      'rejected not-an-image': 1,
      'rejected type-refused': 1,
      'rejected gone': 1,
      'rejected private-address': 1,
      'rejected address-refused': 1,
    });
  });
});

/** The world's `paused` is replaced while the pump runs, so the pump must ask through it. */
function pausedRun(of: World) {
  const first = of.paused;
  let current = first;
  Object.defineProperty(of, 'paused', {
    get: () => () => current(),
    set: value => {
      current = value;
    },
  });
  return of.run();
}
