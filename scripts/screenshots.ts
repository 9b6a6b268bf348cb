// `npm run screenshots [-- --language en|de]`: the screens for stores and site, in store/ and site/, of images the demo draws.
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAll, grantAccess, harvestAll } from '../harness/steps/harvest-steps';
import { chooseBackbone, train } from '../harness/steps/learn-steps';
import { startWalk, type Walk } from '../harness/walk';
import { buildExtension, distFolder } from './build/build-extension';
import { exitWith } from './exit-with';
import { STORE_LANGUAGES, type StoreLanguage } from './package/store-texts';
import { collectingScreens } from './screenshots/collecting';
import { drawAsked, drawFound, drawTile } from './screenshots/drawn';
import { learntScreens } from './screenshots/learnt';
import { labelsIn, speak } from './screenshots/stage';

const ROOT = join(import.meta.dirname, '..');

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { language: { type: 'string' } } });
  await mkdir(join(ROOT, 'site/images'), { recursive: true });
  await drawFound(join(ROOT, 'site/images/found.webp'));
  await drawAsked(join(ROOT, 'site/images/asked.webp'));
  await drawTile(join(ROOT, 'store/tile.png'));
  await buildExtension('chrome');
  for (const language of STORE_LANGUAGES)
    if (values.language === undefined || values.language === language) await screensIn(language);
  return 0;
}

/** The demo's walk speaks English; what it leaves is shown in the language. */
async function screensIn(language: StoreLanguage): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gleaner-screens-'));
  const extension = join(folder, 'extension');
  const screens = join(ROOT, 'store', language, 'screenshots');
  await cp(distFolder('chrome'), extension, { recursive: true });
  const on = async (profile: string, work: (walk: Walk) => Promise<void>) => {
    const walk = await startWalk({
      browser: 'chromium',
      labels: labelsIn(language),
      extension,
      out: join(folder, 'out'),
      profile: join(folder, profile),
      say: line => console.log(`${language}: ${line}`),
    });
    await work(walk).finally(() => walk.close());
  };
  try {
    await on('trained', async walk => {
      const start = Date.now();
      await grantAccess(walk);
      await harvestAll(walk);
      await downloadAll(walk, start);
      await chooseBackbone(walk, 'quick');
      await train(walk);
    });
    speak(extension, language);
    await on('trained', walk => learntScreens(walk, screens));
    await on('fresh', walk => collectingScreens(walk, screens));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
