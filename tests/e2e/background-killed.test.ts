// The browser may end the background at any moment. Whatever was queued still arrives, and nothing arrives twice.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { readCollection, tally } from '../../harness/collection';
import { drawnLabels } from '../../harness/pictures/pictures';
import { grantAccess, harvest } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import { stage } from './steps/stage';

const IMAGES = 40;
/** Slow enough that every kill meets transfers under way: six at a time make two images a second. */
const ANSWER_MS = 3000;
/** The background is woken by its alarm, which no browser rings more often than every 30 s. */
const WAKE_MS = 150_000;

// Almost all of it is waiting for alarms, so the browsers do it side by side.
describe.each(BROWSER_NAMES)('a killed background in %s', { concurrent: true }, browser => {
  let walk: Walk;

  beforeAll(async () => {
    walk = await stage(browser, {
      labels: drawnLabels(IMAGES, ['checks']),
      alterHosts(hosts) {
        for (const [name, host] of hosts) {
          if (!name.endsWith('.example')) continue;
          hosts.set(name, async (request, url, response) => {
            await pause(ANSWER_MS);
            await host(request, url, response);
          });
        }
      },
    });
    await grantAccess(walk);
  }, 300_000);
  afterAll(() => walk?.close());

  it('goes on by itself: all arrive, none twice', async () => {
    // Closed, so that its panel does not ask after the downloads and wake the background by that.
    await (await harvest(walk, 'checks')).close();
    const stored = async (least: number) => {
      const now = tally(await readCollection(walk.app));
      return now.stored >= least ? now : undefined;
    };
    let before = await waitFor('the first images', () => stored(1), 60_000);
    expect(before.queued).toBeGreaterThan(0);
    await walk.driver.killBackground();

    // Woken by its alarm, without any page asking; then killed again.
    before = await waitFor('more images after the first kill', () => stored(before.stored + 3), WAKE_MS);
    expect(before.queued).toBeGreaterThan(0);
    await walk.driver.killBackground();

    await waitFor(
      'the queue to be empty',
      async () => (tally(await readCollection(walk.app)).queued === 0 ? true : undefined),
      WAKE_MS,
      async () => JSON.stringify(tally(await readCollection(walk.app))),
    );
    const { jobs, samples } = await readCollection(walk.app);
    expect(samples).toHaveLength(IMAGES);
    expect(jobs.filter(job => job.state === 'stored')).toHaveLength(IMAGES);
    expect(jobs.filter(job => job.state === 'rejected').map(job => job.reason)).toEqual(['duplicate-of']);
    const fetched = walk.site.requests.filter(request => /\.example\/checks\//.test(request));
    expect(new Set(fetched).size).toBe(IMAGES + 1);
    // Only what was under way at a kill is fetched again: at most six transfers, twice.
    expect(fetched.length).toBeLessThanOrEqual(IMAGES + 1 + 12);
  });
});
