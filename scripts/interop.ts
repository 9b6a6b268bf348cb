// `npm run test:interop`: the real programs open what leaves the extension, and its network and head are held against
// Keras's. What cannot be installed is skipped with its reason; when nothing at all ran, that is a failure.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BROWSER_NAMES, type BrowserName } from '../harness/browsers/driver';
import { joinBackbones } from '../harness/joined-model';
import { chooseBackbone, train } from '../harness/steps/learn-steps';
import { buildExtension, TARGET_OF } from './build/build-extension';
import { exitWith } from './exit-with';
import { chooseBackend, compareFeatures, type KerasBackbone, kerasBackbone } from './interop/backbone-truth';
import { Checks, INTEROP_CACHE } from './interop/check';
import { checkExports, checkModels, foldersIn } from './interop/exports';
import { headParity } from './interop/head-parity';
import { CLASSIFIER_HOST, classifierHost } from './interop/models';
import { checkOddNames } from './interop/odd-names';
import { interopImages, LABELS } from './interop/pictures';
import { needPython } from './interop/python';
import { checkReference } from './interop/reference';
import { checkShared } from './interop/shared-page';
import { onStage } from './interop/stage';

const PARTS = ['head', 'names', 'exports', 'reference'] as const;
const WITHOUT_BROWSER: readonly string[] = ['head', 'names'];
const USAGE = `npm run test:interop -- [--browser chromium|firefox] [--only ${PARTS.join('|')}]`;
const EPOCHS = 5;

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { browser: { type: 'string', default: 'chromium' }, only: { type: 'string' } },
  });
  const browser = BROWSER_NAMES.find(name => name === values.browser);
  const parts = values.only === undefined ? PARTS : PARTS.filter(name => name === values.only);
  if (browser === undefined || parts.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const out = join(INTEROP_CACHE, 'run');
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  if (parts.some(name => !WITHOUT_BROWSER.includes(name))) {
    console.log(`Building the extension for ${browser} …`);
    await buildExtension(TARGET_OF[browser]);
  }
  const checks = new Checks();
  if (parts.includes('head')) await checkHead(checks, join(out, 'head'));
  if (parts.includes('names')) await checkOddNames(checks, join(out, 'names'));
  if (parts.includes('exports')) await checkBackboneAndExports(checks, browser, out);
  if (parts.includes('reference')) await checkReference(checks, browser, join(out, 'reference'));
  return checks.conclude();
}

async function checkHead(checks: Checks, folder: string): Promise<void> {
  await checks.check("The article's head as in Keras, ten epochs", () => {
    needPython('keras');
    return headParity(folder);
  });
}

/** One walk with Keras's own random network, or with seeded weights where there is no Keras. */
async function checkBackboneAndExports(checks: Checks, browser: BrowserName, out: string): Promise<void> {
  const { labels, exact, asked } = interopImages();
  let keras: KerasBackbone | undefined;
  await checks.check('Keras saves a random ResNet-50 in the layout of the published file', async () => {
    keras = await kerasBackbone(exact, out);
    return keras.weights;
  });
  const expected = keras?.features;
  const { model } = foldersIn(out);
  const stage = { browser, labels, out, weights: keras?.weights ?? 'seeded' };
  await onStage(
    {
      ...stage,
      host: [CLASSIFIER_HOST, classifierHost(model, asked)],
    },
    async walk => {
      for (const backend of ['wasm', 'cpu'] as const) {
        await checks.check(`The backbone as in Keras, on ${backend}`, () =>
          compareFeatures(walk, backend, exact, expected, EPOCHS),
        );
      }
      await chooseBackend(walk, 'wasm');
      await checkExports(checks, walk, asked);
      await chooseBackbone(walk, 'quick');
      await train(walk, EPOCHS);
      await checkModels(checks, walk, asked, 'EfficientNet-Lite0');
      await checkShared(checks, walk, LABELS, asked);
      await joinBackbones(walk.app);
      await walk.app.reload();
      await checkModels(checks, walk, asked, 'EfficientNet-Lite0 and ResNet-50 together');
    },
  ).catch(error => checks.check('The walk through the extension', () => Promise.reject(error)));
}
