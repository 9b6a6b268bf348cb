// How much downloads may take: a floor of free disk, and a ceiling of bytes for each harvest.
import { beforeEach, describe, expect, it } from 'vitest';
import { QUEUE_LIMITS } from '../../src/pipeline/queue/limits';
import { imageOf, newWorld, type World } from './pump-world';

let world: World;
beforeEach(async () => {
  world = await newWorld();
});
const urls = (n: number, hosts = 5) =>
  Array.from({ length: n }, (_, i) => `https://img.host${i % hosts}.test/${i}.bmp`);

describe('a disk that is nearly full', () => {
  it('pauses the queue before anything is fetched, and lets it go on with room', async () => {
    world.free = async () => QUEUE_LIMITS.freeBytes - 1;
    await world.enqueue('Bear', urls(12));
    expect(await world.run()).toEqual({ kind: 'paused', reason: 'storage-full' });
    expect(world.starts).toEqual([]);
    expect(await world.ends()).toEqual({ queued: 12 });
    world.free = async () => QUEUE_LIMITS.freeBytes;
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: 12 });
  });

  it('is noticed within so many bytes, and no job is lost by it', async () => {
    const size = 10_000_000;
    let free = QUEUE_LIMITS.freeBytes + 5 * size;
    world.free = async () => free;
    world.answer = url => {
      free -= size;
      const body = new Uint8Array(size);
      body.set(imageOf(url));
      return body;
    };
    await world.enqueue('Bear', urls(60, 10));
    expect(await world.run()).toEqual({ kind: 'paused', reason: 'storage-full' });
    const { stored = 0, queued = 0 } = await world.ends();
    expect(stored + queued).toBe(60);
    const beyond = QUEUE_LIMITS.freeAskedAfter.bytes + QUEUE_LIMITS.transfers * size;
    expect(free).toBeGreaterThanOrEqual(QUEUE_LIMITS.freeBytes - beyond);
    expect(free).toBeLessThan(QUEUE_LIMITS.freeBytes);
  });

  it('is not asked after for each picture', async () => {
    let asked = 0;
    world.free = async () => {
      asked++;
      return 1e12;
    };
    await world.enqueue('Bear', urls(60));
    const start = world.clock;
    await world.run();
    expect(asked).toBeLessThanOrEqual(2 + (world.clock - start) / QUEUE_LIMITS.freeAskedAfter.ms);
  });
});

describe('a harvest', () => {
  const spend = async (bytes: number) => {
    const base = await world.db.database();
    for (const harvest of await base.getAll('harvests')) await base.put('harvests', { ...harvest, bytes });
  };

  it('counts what it brought, once for each picture', async () => {
    await world.enqueue('Bear', urls(12));
    world.answer = url => imageOf(url.replace('/11.', '/10.').replace('host1', 'host0'));
    await world.run();
    const base = await world.db.database();
    const bytes = (await base.getAll('samples')).reduce((sum, sample) => sum + sample.bytes, 0);
    expect(await base.getAll('harvests')).toMatchObject([{ bytes }]);
  });

  it('brings no more than it may: the rest ends with a reason of its own, without being fetched', async () => {
    await world.enqueue('Bear', urls(60));
    await spend(QUEUE_LIMITS.harvestBytes - 3 * imageOf(urls(1)[0] ?? '').length);
    await world.enqueue(
      'Cub',
      urls(6).map(url => `${url}?cub`),
    );
    expect(await world.run()).toEqual({ kind: 'done' });
    const ends = await world.ends();
    // The bytes that reach the limit are still stored.
    expect(ends.stored).toBeLessThanOrEqual(4 + 6);
    expect(ends.stored).toBeGreaterThanOrEqual(3 + 6);
    expect(ends).toEqual({ stored: ends.stored, 'rejected harvest-full': 66 - (ends.stored ?? 0) });
    expect(world.starts.length).toBeLessThanOrEqual(10 + 6 + 6 * QUEUE_LIMITS.transfers);
  });

  it('may bring as much again when the user tries again', async () => {
    await world.enqueue('Bear', urls(20));
    await spend(QUEUE_LIMITS.harvestBytes);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected harvest-full': 20 });
    expect(await world.db.retryRejected(undefined, 'not-found')).toBe(0);
    expect(await world.db.retryRejected(undefined, 'harvest-full')).toBe(20);
    expect(await world.run()).toEqual({ kind: 'done' });
    expect(await world.ends()).toEqual({ stored: 20 });
  });
});
