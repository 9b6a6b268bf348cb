// Sets the stage of one end-to-end test: the built extension in a real browser, off the network, before the demo's web.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from '../../../harness/browsers/driver';
import { startWalk, type Walk, type WalkOptions } from '../../../harness/walk';
import { distFolder, TARGET_OF } from '../../../scripts/build/build-extension';
import { knowWalk } from '../pages/panel';

type Given = Pick<WalkOptions, 'labels'> & Partial<WalkOptions>;

/**
 * `GLEANER_DIST` names another folder of builds than dist/. Closing the walk rejects when a page of the extension had an
 * uncaught error or an unhandled rejection; what pages print as errors is in `walk.driver.errors` too.
 */
export async function stage(browser: BrowserName, given: Given): Promise<Walk> {
  const target = TARGET_OF[browser];
  const extension = process.env.GLEANER_DIST ? join(process.env.GLEANER_DIST, target) : distFolder(target);
  if (!existsSync(join(extension, 'manifest.json')))
    throw new Error(`${extension} holds no build: npm run build first.`);
  const out = await mkdtemp(join(tmpdir(), 'gleaner-e2e-'));
  const say = (line: string) => console.log(`[${browser}] ${line}`);
  const walk = await startWalk({ browser, extension, out, say, ...given });
  knowWalk(walk);
  return {
    ...walk,
    async close() {
      await walk.close();
      await rm(out, { recursive: true, force: true });
      const uncaught = walk.driver.errors.filter(error => error.includes(': uncaught: '));
      if (uncaught.length > 0) throw new Error(`The extension's pages had errors:\n${uncaught.join('\n')}`);
    },
  };
}
