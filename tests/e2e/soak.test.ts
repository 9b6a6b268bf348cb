// A small soak: the background is killed again and again, by some images as well, and every other is stored once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { grantAccess } from '../../harness/steps/harvest-steps';
import type { Walk } from '../../harness/walk';
import { addSoakHosts, POISON_ASKED, REFETCHED_PER_KILL, soak } from '../../scripts/soak/soak';
import { LOOK_LIMITS } from '../../src/pipeline/download/limits';
import { stage } from './steps/stage';

const IMAGES = 500;
const POISON_EVERY = 125;
const POISONOUS = IMAGES / POISON_EVERY;
/** Counted in images and not in seconds, so that a fast machine is not done before it comes to that. */
const BETWEEN_KILLS = 100;

// `npm run soak` has both; a killed background in both is a test of its own.
describe.each(BROWSER_NAMES.slice(0, 1))('a soak in %s', browser => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await stage(browser, { labels: [], alterHosts: addSoakHosts });
    await grantAccess(walk);
  });
  afterAll(() => walk?.close());

  it(`stores ${IMAGES} images once each, but for poisonous ones, however often its background is killed`, async () => {
    const killWhen = (_seconds: number, ended: number) => ended >= BETWEEN_KILLS;
    const result = await soak(walk, { images: IMAGES, poisonEvery: POISON_EVERY, killWhen, timeoutMs: 150_000 });
    walk.say(JSON.stringify(result));
    const { undecodable = 0, ...others } = result.rejected;
    expect(others).toEqual({});
    // A poisonous image that was stored is one more than the audit reckons with.
    expect(result).toMatchObject({
      queued: 0,
      lost: 0,
      duplicated: POISONOUS - undecodable,
      refusedPoison: undecodable,
    });
    expect(result.stored + undecodable).toBe(IMAGES);
    expect(undecodable).toBe(POISONOUS);
    expect(result.kills).toBeGreaterThan(POISONOUS * LOOK_LIMITS.looks);
    expect(result.poisonAsked).toBeLessThanOrEqual(POISON_ASKED);
    expect(result.refetched).toBeLessThanOrEqual(result.kills * REFETCHED_PER_KILL);
  }, 240_000);
});
