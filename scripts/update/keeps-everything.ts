// One update: collect, train and set something with the release before, update in the middle of downloads, and look at everything.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fill } from '../../harness/browsers/elements';
import { readCollection, tally } from '../../harness/collection';
import { drawTestImage } from '../../harness/pictures/pictures';
import { downloadAll, harvest, hasAccess } from '../../harness/steps/harvest-steps';
import { chooseBackbone, saveReport, testInPopup, train } from '../../harness/steps/learn-steps';
import type { GivenOptions } from '../../harness/walk';
import { installUpdate } from './install-update';
import { losses } from './losses';
import { whatIsThere } from './what-is-there';

/** The harness of the release before. */
export type EarlierHarness = typeof import('../../harness/pictures/pictures') &
  typeof import('../../harness/walk') &
  typeof import('../../harness/steps/harvest-steps') &
  typeof import('../../harness/steps/learn-steps');

const IMAGES = 8;
/** No default, so that it is seen to be kept. */
const SMALLEST_SIDE = 37;

/** Rejects with what was lost, or with what does not go on. */
export async function updateKeepsEverything(
  earlier: EarlierHarness,
  given: Omit<GivenOptions, 'labels'>,
  build: string,
): Promise<void> {
  const labels = earlier.drawnLabels(IMAGES);
  const [first, second, third, fourth] = labels.map(({ label }) => label) as [string, string, string, string];
  // Images of the third label are held on their way, so that the update comes into the middle of them.
  let release = () => {};
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  const alterHosts: GivenOptions['alterHosts'] = hosts => {
    for (const [name, answer] of hosts) {
      hosts.set(name, async (request, url, response) => {
        if (url.pathname.startsWith(`/${third}/`)) await released;
        return answer(request, url, response);
      });
    }
  };
  const walk = await earlier.startWalk({ ...given, labels, alterHosts });
  try {
    await earlier.grantAccess(walk);
    const start = Date.now();
    for (const label of [first, second]) await (await earlier.harvest(walk, label)).close();
    await earlier.downloadAll(walk, start);
    await earlier.chooseBackbone(walk, 'seeded');
    await earlier.train(walk, 3);
    await earlier.show(walk, 'settings');
    await fill(walk.app, 'Smallest side in pixels', String(SMALLEST_SIDE));
    await walk.app.keyboard.press('Tab');
    const image = drawTestImage(first, 0);
    const path = join(walk.out, image.name);
    await writeFile(path, image.bytes);
    const answer = await earlier.testInPopup(walk, path);

    // Its images are still coming when the update comes.
    const open = await earlier.harvest(walk, third);
    const before = await whatIsThere(walk.app);
    if (before.settings.minSide !== SMALLEST_SIDE) throw new Error('The setting was not made.');
    const { queued } = tally(await readCollection(walk.app));
    if (queued === 0) throw new Error('No download was on its way.');
    await installUpdate(walk, build);
    release();
    walk.say(`Updated with ${queued} downloads to go.`);

    if (!(await hasAccess(walk.app))) throw new Error('The access to image sites is gone.');
    await downloadAll(walk, Date.now());
    const after = await whatIsThere(walk.app);
    for (const [store, rows] of Object.entries(before.rows))
      walk.say(`${store}: ${Object.keys(rows).length} before, ${Object.keys(after.rows[store] ?? {}).length} after.`);
    const lost = losses(before, after);
    if (lost.length > 0) throw new Error(`${lost.length} things were lost: ${lost.slice(0, 10).join('; ')}`);
    expectSameAnswer(answer, await testInPopup(walk, path));
    await saveReport(walk);

    // What was there before goes on: the page that was open, the labels, a training of all of them.
    await open.close();
    await (await harvest(walk, fourth)).close();
    await downloadAll(walk, Date.now());
    await chooseBackbone(walk, 'seeded');
    await train(walk, 3);
    // Each search holds one copy of an image that is there already.
    const failed = (await readCollection(walk.app)).jobs.filter(
      ({ state, reason }) => state === 'rejected' && reason !== 'duplicate-of',
    );
    if (failed.length > 0) throw new Error(`${failed.length} downloads came to nothing: ${failed[0]?.reason}`);
    if (walk.driver.errors.length > 0) throw new Error(walk.driver.errors.join('\n'));
  } finally {
    release();
    await walk.close();
  }
}

type Answer = { label: string; p: number }[];

function expectSameAnswer(before: Answer, after: Answer): void {
  const words = (answer: Answer) => answer.map(({ label, p }) => `${label} ${(p * 100).toFixed(1)} %`).join(', ');
  const [was, is] = [before[0], after[0]];
  if (was?.label !== is?.label || Math.abs((was?.p ?? 0) - (is?.p ?? 0)) > 0.02)
    throw new Error(`The model answered ${words(before)}, and answers ${words(after)} now.`);
}
