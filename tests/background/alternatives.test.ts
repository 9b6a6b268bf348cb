// Further addresses of one image: tried in order, each at its own host and with attempts of its own, whoever dies meanwhile.
import { beforeEach, describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../src/contract/job';
import { failed, imageOf, newWorld, type World } from './pump-world';

let world: World;
beforeEach(async () => {
  world = await newWorld();
});

const LARGE = 'https://large.test/originals/1.bmp';
const MIDDLE = 'https://middle.test/736/1.bmp';
const SMALL = 'https://small.test/236/1.bmp';
const image = { url: LARGE, alternatives: [MIDDLE, SMALL] };
const refuse = (reason: Extract<JobOutcome, { kind: 'rejected' }>['reason'], status = 403) =>
  failed({ kind: 'rejected', reason, detail: `${status}` }, status);

async function sampleAndJob(of: World) {
  const base = await of.db.database();
  const [samples, jobs] = await Promise.all([base.getAll('samples'), base.getAll('jobs')]);
  return { sample: samples[0], job: jobs[0], samples, jobs };
}

describe('an image with further addresses', () => {
  it.each([
    'not-found',
    'gone',
    'forbidden',
    'not-an-image',
    'type-refused',
    'too-large',
    'empty',
    'undecodable',
  ] as const)('is taken from the next one when the first is %s, and that is recorded', async reason => {
    world.answer = url => (url === LARGE ? refuse(reason) : imageOf(url));
    await world.enqueue('Bear', [image]);
    expect(await world.run()).toEqual({ kind: 'done' });
    const { sample, job } = await sampleAndJob(world);
    expect(sample?.provenance.downloadedFrom).toBe(MIDDLE);
    expect(sample?.candidate.url).toBe(LARGE);
    expect(job).toMatchObject({ state: 'stored', host: 'middle.test', passed: [{ reason }] });
    expect(world.hits.get(SMALL)).toBeUndefined();
  });

  it('is tried to the end of the list, each address as often as one may be', async () => {
    world.answer = url =>
      url === SMALL ? imageOf(url) : url === LARGE ? refuse('forbidden') : failed({ kind: 'retry', reason: 'network' });
    await world.enqueue('Bear', [image]);
    await world.run();
    expect([LARGE, MIDDLE, SMALL].map(url => world.hits.get(url))).toEqual([1, 5, 1]);
    expect((await sampleAndJob(world)).sample?.provenance.downloadedFrom).toBe(SMALL);
  });

  it('ends with the reason of the address the page names when none gives it, and begins there again when retried', async () => {
    world.answer = url => refuse(url === LARGE ? 'not-found' : 'forbidden', url === LARGE ? 404 : 403);
    const label = await world.enqueue('Bear', [image]);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected not-found': 1 });
    world.answer = url => imageOf(url);
    expect(await world.db.retryRejected(label, 'not-found')).toBe(1);
    const { job } = await sampleAndJob(world);
    expect(job).toMatchObject({ state: 'queued', host: 'large.test', attempts: 0 });
    expect(job?.passed).toBeUndefined();
    world.clock = Math.max(world.clock, Date.now() + 1000);
    await world.run();
    expect((await sampleAndJob(world)).sample?.provenance.downloadedFrom).toBeUndefined();
  });

  it('is not looked for elsewhere when its makers opted out, or when it is there already', async () => {
    world.answer = url => (url === LARGE ? refuse('opted-out') : imageOf(url));
    await world.enqueue('Bear', [image]);
    await world.run();
    expect(await world.ends()).toEqual({ 'rejected opted-out': 1 });
    expect(world.hits.get(MIDDLE)).toBeUndefined();
  });

  it('keeps the limits of every host, also where all come to one host as their second', async () => {
    world.answer = url => (url.includes('first') ? refuse('forbidden') : imageOf(url));
    await world.enqueue(
      'Bear',
      Array.from({ length: 24 }, (_, i) => ({
        url: `https://first${i}.test/${i}.bmp`,
        alternatives: [`https://img.shared.test/${i}.bmp`],
      })),
    );
    expect((await world.run()).kind).toBe('done');
    expect(await world.ends()).toEqual({ stored: 24 });
    expect(world.most.perHost).toBeLessThanOrEqual(2);
    const times = world.starts.filter(({ url }) => url.includes('shared')).map(({ at }) => at);
    for (let n = 1; n < times.length; n++) expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(249);
  });

  it('is stored once, from the same address, whenever the background is killed', async () => {
    world.answer = url => (url === SMALL ? imageOf(url) : refuse('forbidden'));
    await world.enqueue('Bear', [image]);
    await world.run();
    const steps = world.bomb.steps;
    for (let at = 0; at < steps; at++) {
      world = await newWorld();
      world.answer = url => (url === SMALL ? imageOf(url) : refuse('forbidden'));
      await world.enqueue('Bear', [image]);
      world.bomb.reset(at);
      await world.run();
      world.bomb.reset();
      world.clock += 3_600_000;
      expect((await world.run()).kind, `killed at step ${at}`).toBe('done');
      const { sample, samples, job } = await sampleAndJob(world);
      expect(samples, `killed at step ${at}`).toHaveLength(1);
      expect(sample?.provenance.downloadedFrom).toBe(SMALL);
      expect(job).toMatchObject({ state: 'stored', passed: [{ reason: 'forbidden' }, { reason: 'forbidden' }] });
    }
  }, 60_000);
});
