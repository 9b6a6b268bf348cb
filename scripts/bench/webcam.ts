// How many images of the webcam are answered a second in Try it, beside the bare network on one core of the same machine.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { press, select, unfold } from '../../harness/browsers/elements';
import { waitForWords } from '../../harness/browsers/words';
import { film } from '../../harness/pictures/film';
import { chooseBackbone } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { show, walkOnce } from '../../harness/walk';
import { BUILT_IN } from '../../src/backbones';
import { buildExtension } from '../build/build-extension';
import { fill } from './learn/fill';
import { BUILT_IN_FILE } from './learn/seeded-files';
import { startStage } from './learn/stage';
import { machineInWords, median, print, type Result, save } from './results/table';

/** Rates read, a second apart, once the first answers have come. */
const READ = 10;
const ROUNDS = 40;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const { bare, version } = await measureBare();
  const rates = await measureWebcam();
  const live = median(rates);
  const result: Result = {
    bench: 'webcam, 640 × 480',
    machine: machineInWords(),
    browser: version,
    rows: [
      { name: 'bare network, one worker, one image at a time', value: bare, unit: 'images/s', ratio: 1 },
      {
        name: 'webcam, answered',
        value: live,
        unit: 'images/s',
        ratio: live / bare,
        note: 'with heat maps and “none of these”',
      },
    ],
    goals: [],
  };
  print(result);
  save(values.out, result);
  return 0;
}

async function measureBare(): Promise<{ bare: number; version: string }> {
  const stage = await startStage({ files: new Map([[`/${BUILT_IN.builtIn!.path}`, await readFile(BUILT_IN_FILE)]]) });
  try {
    const { ask } = await stage.open();
    await ask('useBuiltIn');
    return { bare: await ask('bareRate', 'wasm', 1, ROUNDS, 1), version: stage.version };
  } finally {
    await stage.close();
  }
}

async function measureWebcam(): Promise<number[]> {
  await buildExtension('chrome');
  const folder = await mkdtemp(join(tmpdir(), 'gleaner-film-'));
  const path = join(folder, 'film.mjpeg');
  await writeFile(path, film('dots', 6));
  try {
    return await walkOnce({ browser: 'chromium', film: path }, async ({ app, ...walk }) => {
      await chooseBackbone({ app, ...walk }, 'quick');
      await fill(app, { labels: 3, images: 60, featured: 0 });
      await show({ app, ...walk }, 'train');
      await unfold(app, 'Advanced');
      await select(app, 'Head', 'linear');
      await press(app, 'Train');
      await waitForWords(app, /The model is trained/, 300_000);
      await press(app, 'Use the webcam');
      const rate = () =>
        app.$eval('.webcam-rate', place => Number(/[\d.]+/.exec(place.textContent ?? '')?.[0] ?? 0)).catch(() => 0);
      await waitFor('the first answers', async () => (await rate()) > 0 || undefined, 60_000);
      await pause(3000);
      const rates: number[] = [];
      for (let i = 0; i < READ; i++) {
        rates.push(await rate());
        await pause(1000);
      }
      return rates;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
