// From opening the popup to the first prediction: in a fresh browser, in one that has run, and for a second image.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { field, giveFile, press, select } from '../../harness/browsers/elements';
import { waitForWords } from '../../harness/browsers/words';
import { drawPhoto } from '../../harness/pictures/pictures';
import { chooseBackbone } from '../../harness/steps/learn-steps';
import { POPUP_PAGE, show, startWalk } from '../../harness/walk';
import { buildExtension } from '../build/build-extension';
import { fill } from './learn/fill';
import { machineInWords, median, print, type Result, save } from './results/table';

const LABEL = 'Choose an image';
const TOP = '[aria-label="Most likely labels"] li';
const ROUNDS = 3;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  const result = await measurePopup();
  print(result);
  save(values.out, result);
  return 0;
}

export async function measurePopup(): Promise<Result> {
  await buildExtension('chrome');
  const out = await mkdtemp(join(tmpdir(), 'gleaner-popup-'));
  const start = () => startWalk({ browser: 'chromium', out, profile: join(out, 'profile') });
  try {
    const paths: string[] = [];
    for (const index of [1, 2]) {
      paths.push(join(out, `${index}.jpg`));
      await writeFile(paths.at(-1)!, drawPhoto('dots', index, 1200, 900).bytes);
    }
    const [first = '', second = ''] = paths;
    let walk = await start();
    await chooseBackbone(walk, 'seeded');
    await fill(walk.app, { labels: 2, images: 40, featured: 40 });
    await show(walk, 'train');
    await select(walk.app, 'Head', 'linear');
    await press(walk.app, 'Train');
    await waitForWords(walk.app, /The model is trained/, 120_000);
    await walk.close();
    const seconds: Record<'cold' | 'warm' | 'next', number[]> = { cold: [], warm: [], next: [] };
    let version = '';
    for (let round = 0; round < ROUNDS; round++) {
      walk = await start();
      version = walk.driver.version;
      const open = async (kind: 'cold' | 'warm') => {
        const popup = await walk.driver.newPage();
        const began = performance.now();
        await walk.driver.open(popup, walk.driver.extensionUrl(POPUP_PAGE));
        await popup.bringToFront();
        await field(popup, LABEL);
        await answer(popup, first);
        seconds[kind].push((performance.now() - began) / 1000);
        return popup;
      };
      await (await open('cold')).close();
      const popup = await open('warm');
      const began = performance.now();
      await answer(popup, second);
      seconds.next.push((performance.now() - began) / 1000);
      await walk.close();
    }
    const [cold, warm, next] = [median(seconds.cold), median(seconds.warm), median(seconds.next)];
    const row = (name: string, value: number, note: string) => ({ name, value, unit: 's', ratio: value / next, note });
    return {
      bench: 'popup',
      machine: machineInWords(),
      browser: version,
      rows: [
        row('cold', cold, 'fresh browser: popup opened, picture given, classes shown'),
        row('warm', warm, 'popup opened again'),
        row('next', next, 'a second picture in the open popup'),
      ],
      goals: [],
    };
  } finally {
    await rm(out, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Gives an image and waits for its classes; those of the image before are gone first. */
async function answer(popup: Page, path: string): Promise<void> {
  await giveFile(popup, LABEL, path);
  await popup
    .waitForFunction(selector => document.querySelector(selector) === null, { polling: 10 }, TOP)
    .catch(() => undefined);
  await popup.waitForFunction(
    selector => document.querySelector(selector) !== null,
    { polling: 10, timeout: 120_000 },
    TOP,
  );
}
