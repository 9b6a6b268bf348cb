// A background killed at every step of its work: nothing is lost, nothing is there twice.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failed, imageOf, newWorld, type World } from './pump-world';

/** Twelve addresses of three hosts: two of the same bytes, one that fails first, one that is no image. */
async function busyWorld(): Promise<World> {
  const world = await newWorld();
  world.answer = (url, hit) => {
    if (url.endsWith('/3')) return imageOf('https://img.host2.test/2');
    if (url.endsWith('/5') && hit === 1) return failed({ kind: 'retry', reason: 'http-error', detail: '500' }, 500);
    if (url.endsWith('/7')) return new TextEncoder().encode('<html>');
    return imageOf(url);
  };
  await world.enqueue(
    'Bear',
    Array.from({ length: 12 }, (_, n) => `https://img.host${n % 3}.test/${n}`),
  );
  return world;
}

/** Runs backgrounds, each killed after as many steps as given, then one to the end; checks what is left. */
async function check(world: World, kills: number[]): Promise<void> {
  for (const at of kills) {
    world.bomb.reset(at);
    await world.run();
    world.running.clear();
  }
  world.bomb.reset();
  for (let runs = 0; (await world.run()).kind !== 'done'; runs++) expect(runs).toBeLessThan(5);
  expect(await world.ends()).toEqual({ stored: 10, 'rejected duplicate-of': 1, 'rejected not-an-image': 1 });
  expect((await world.stored()).length).toBe(10);
  const fetched = [...world.hits.values()].reduce((sum, n) => sum + n, 0);
  // One retry is the host's own doing; a kill costs at most the six transfers under way, and each may be the failing one.
  expect(fetched).toBeLessThanOrEqual(13 + kills.length * 7);
}

it('survives a kill at every step', async () => {
  const calm = await busyWorld();
  await check(calm, []);
  const steps = calm.bomb.steps;
  expect(steps).toBeGreaterThan(80);
  for (let at = 0; at <= steps; at++) await check(await busyWorld(), [at]);
}, 300_000);

it('survives many kills at any steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(60), { minLength: 2, maxLength: 8 }), async kills =>
      check(await busyWorld(), kills),
    ),
    { numRuns: 40 },
  );
}, 300_000);
