// `npm run test:update [-- --from TAG|COMMIT --browser chromium|firefox --built]`: the release before collects and trains, is
// updated to this one in the running browser while it downloads, and nothing is lost. `--built` takes what dist/ holds.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { BROWSER_NAMES, type BrowserName } from '../harness/browsers/driver';
import { buildExtension, distFolder, TARGET_OF } from './build/build-extension';
import { exitWith } from './exit-with';
import { updateKeepsEverything } from './update/keeps-everything';
import { type PreviousRelease, previousName, previousRelease } from './update/previous-release';

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, browser: { type: 'string' }, built: { type: 'boolean' } },
  });
  const browsers = BROWSER_NAMES.filter(name => values.browser === undefined || name === values.browser);
  if (browsers.length === 0) {
    console.error(`--browser is one of ${BROWSER_NAMES.join(', ')}.`);
    return 2;
  }
  let failed = 0;
  for (const browser of browsers) {
    const say = (line: string) => console.log(`${browser}: ${line}`);
    try {
      const target = TARGET_OF[browser];
      const previous = previousRelease(values.from ?? previousName(), target, say);
      if (!values.built) await buildExtension(target);
      await update(browser, previous, say);
      say('passed');
    } catch (error) {
      failed++;
      say(`FAILED. ${error instanceof Error ? error.message : error}`);
    }
  }
  return failed === 0 ? 0 : 1;
}

async function update(browser: BrowserName, previous: PreviousRelease, say: (line: string) => void): Promise<void> {
  const { name, source, extension: built } = previous;
  const folder = await mkdtemp(join(tmpdir(), 'gleaner-update-'));
  const extension = join(folder, 'extension');
  await cp(built, extension, { recursive: true });
  try {
    // It is driven by its own harness, which knows its screens, on images drawn by it, whose rows may have had other names.
    const before = (path: string) => import(pathToFileURL(join(source, 'harness', path)).href);
    const harness = {
      ...((await before('pictures/pictures.ts')) as typeof import('../harness/pictures/pictures')),
      ...((await before('walk.ts')) as typeof import('../harness/walk')),
      ...((await before('steps/harvest-steps.ts')) as typeof import('../harness/steps/harvest-steps')),
      ...((await before('steps/learn-steps.ts')) as typeof import('../harness/steps/learn-steps')),
    };
    say(`From ${name} to this version.`);
    await updateKeepsEverything(
      harness,
      { browser, extension, out: join(folder, 'out'), say },
      distFolder(TARGET_OF[browser]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
