// `npm run demo`: builds the extension and walks the main job in a real browser against the demo's own web.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labelsFromFolder } from '../harness/pictures/folders';
import { drawnLabels, drawTestImage, type LabelImages } from '../harness/pictures/pictures';
import { show, startWalk, type Walk } from '../harness/walk';
import { buildExtension, distFolder, TARGET_OF } from './build/build-extension';
import { BACKBONE_WORDS, type DemoOptions, readOptions, USAGE } from './demo/options';
import { walkMainJob } from './demo/steps';

/** Different images per label when the demo draws them. */
const DRAWN = 30;
const started = Date.now();

main().then(
  code => process.exit(code),
  error => {
    say(`The demo failed. ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  },
);

async function main(): Promise<number> {
  let options: DemoOptions;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 2;
  }
  const lacking = missing(options);
  if (lacking !== undefined) {
    console.error(lacking);
    return 2;
  }
  const target = TARGET_OF[options.browser];
  say(`Building the extension for ${options.browser} …`);
  await buildExtension(target, { packed: options.backbone === 'resnet50' });
  say(options.images ? `Reading ${options.images} …` : 'Drawing pictures …');
  const labels = options.images ? await labelsFromFolder(options.images) : drawnLabels(DRAWN);
  say(labels.map(({ label, images }) => `${label} ${images.length}`).join(', '));
  // What an earlier run left must not be taken for this one's.
  for (const name of ['dataset.zip', 'model.zip', 'report.json', 'screenshots', 'downloads']) {
    await rm(join(options.out, name), { recursive: true, force: true });
  }
  await mkdir(options.out, { recursive: true });
  const image = await testImage(options, labels);
  const { browser, headless, engine, out } = options;
  const walk = await startWalk({
    browser,
    headless,
    engine,
    out,
    labels,
    network: true,
    extension: distFolder(target),
    say,
  });
  try {
    say(
      `${walk.driver.version} with Gleaner; ${new URL(walk.web.searchAddress('')).hostname} is the demo's own site here.`,
    );
    const report = await walkMainJob(walk, { ...options, image });
    await rm(walk.driver.downloads, { recursive: true, force: true });
    say(`Done: ${report.stored} images of ${report.found} stored; everything is in ${out}.`);
    if (report.backbone.weights === 'seeded')
      say('The figures come from seeded weights and say nothing about the app.');
    if (!headless) {
      await leaveToPlay(walk);
      say('The browser stays open for you. Close it, or press Ctrl-C here, to end the demo.');
      await Promise.race([walk.driver.closed, new Promise(resolve => process.once('SIGINT', resolve))]);
    }
    return 0;
  } finally {
    await walk.close();
  }
}

/** Leaves the browser with a search page to collect from and the report in front. */
async function leaveToPlay(walk: Walk): Promise<void> {
  for (const page of await walk.app.browser().pages()) {
    // Asked of the page itself: Firefox does not report where the extension's own pages are.
    if ((await page.evaluate(() => location.href)) === 'about:blank') await page.close();
  }
  const [first] = walk.labels;
  if (first) await walk.driver.open(await walk.driver.newPage(), walk.web.searchAddress(first.label));
  await show(walk, 'report');
}

/** Why the demo cannot start as asked. */
function missing({ headless, images, backbone }: DemoOptions): string | undefined {
  if (images !== undefined && !existsSync(images)) return `There is no folder ${images}.`;
  if (!BACKBONE_WORDS.includes(backbone) && !existsSync(backbone)) return `There is no file ${backbone}.`;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!headless && process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    return 'There is no display to show the browser on. Run it without one: npm run demo -- --headless';
  }
  return undefined;
}

/** The image the popup is asked about: one drawn for this, or the last one of the first folder. */
async function testImage({ images, out }: DemoOptions, labels: LabelImages[]): Promise<{ path: string; name: string }> {
  const first = labels[0];
  if (first === undefined) throw new Error('There are no labels.');
  const image = images === undefined ? drawTestImage(first.label, 0) : first.images.at(-1);
  if (image === undefined) throw new Error(`${first.label} has no pictures.`);
  const name = `popup-${image.name}`;
  await writeFile(join(out, name), image.bytes);
  return { path: join(out, name), name };
}

function say(line: string): void {
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
