// A small soak in both browsers: the background is killed again and again, and every image is stored exactly once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../scripts/browsers/driver';
import { grantAccess } from '../../scripts/demo/harvest-steps';
import type { Walk } from '../../scripts/demo/walk';
import { addSoakHosts, REFETCHED_PER_KILL, soak } from '../../scripts/soak/soak';
import { stage } from './stage';

const IMAGES = 500;
/** Counted in images and not in seconds, so that a fast machine is not done before it comes to that. */
const BETWEEN_KILLS = 100;

describe.each(BROWSER_NAMES)('a soak in %s', browser => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await stage(browser, { labels: [], alterHosts: addSoakHosts });
    await grantAccess(walk);
  });
  afterAll(() => walk?.close());

  it(`stores ${IMAGES} images once each, however often its background is killed`, async () => {
    const killWhen = (_seconds: number, ended: number) => ended >= BETWEEN_KILLS;
    const result = await soak(walk, { images: IMAGES, killWhen, timeoutMs: 80_000 });
    walk.say(JSON.stringify(result));
    expect(result).toMatchObject({ stored: IMAGES, queued: 0, rejected: {}, lost: 0, duplicated: 0 });
    expect(result.kills).toBeGreaterThan(1);
    expect(result.refetched).toBeLessThanOrEqual(result.kills * REFETCHED_PER_KILL);
  });
});
