// `npm run bench -- export`: how fast dataset.zip and a backup are written beside client-zip and beside copying the same
// bytes, in one run of the real extension, and how much memory its page takes meanwhile.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { waitForDownload } from '../../harness/browsers/downloads';
import { show, type Walk, walkOnce } from '../../harness/walk';
import { buildWithRivals, RIVALS } from './export/build';
import { fill } from './export/fill';
import { growthDuring } from './export/growth';
import type { Rival } from './export/rivals.worker';
import { machineInWords, median, met, print, type Result, save } from './results/table';

const [SHARE_OF_CLIENT_ZIP, GROWTH_MB] = [0.6, 120];
const DOWNLOAD_MS = 300_000;

/** How long one export took and how much the page's process grew. */
interface Run {
  seconds: number;
  growth: number;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      images: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const extension = await buildWithRivals();
  const result = await walkOnce({ browser: 'chromium', extension, say: console.log }, walk =>
    measure(walk, Number(values.images), Number(values.rounds)),
  );
  print(result);
  save(values.out, result);
  return result.goals.every(met) ? 0 : 1;
}

async function measure(walk: Walk, images: number, rounds: number): Promise<Result> {
  const megabytes = await fill(walk.app, 0, images);
  await show(walk, 'export');
  const ways: Record<string, () => Promise<Run>> = {
    'copied, no archive': () => rival(walk, 'copy'),
    'client-zip': () => rival(walk, 'client-zip'),
    'client-zip, 8 read ahead': () => rival(walk, 'client-zip, read ahead'),
    'dataset.zip': () => ours(walk, 'Save dataset.zip'),
    backup: () => ours(walk, 'Save backup'),
  };
  const runs = new Map<string, Run[]>(Object.keys(ways).map(name => [name, []]));
  // Turn by turn, so that a busy moment of the machine meets all.
  for (let round = 0; round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const one = await way();
      console.log(`${name}: ${one.seconds.toFixed(2)} s, ${one.growth.toFixed(0)} MB`);
      runs.get(name)?.push(one);
    }
  }
  const speed = (name: string) => megabytes / median((runs.get(name) ?? []).map(({ seconds }) => seconds));
  const growth = (name: string) => Math.max(...(runs.get(name) ?? []).map(one => one.growth));
  const names = [...runs.keys()];
  const base = speed('client-zip');
  return {
    bench: `export, ${images} images, ${megabytes.toFixed(0)} MB, ${rounds} rounds`,
    machine: machineInWords(),
    browser: walk.driver.version,
    rows: [
      ...names.map(name => ({ name, value: speed(name), unit: 'MB/s', ratio: speed(name) / base })),
      ...names.map(name => ({
        name: `${name}: growth of the page's process`,
        value: growth(name),
        unit: 'MB',
        ratio: growth(name) / growth('client-zip'),
      })),
    ],
    goals: [
      { name: 'dataset.zip, share of client-zip', ratio: speed('dataset.zip') / base, wanted: SHARE_OF_CLIENT_ZIP },
      { name: 'dataset.zip, MB of growth', ratio: growth('dataset.zip'), wanted: GROWTH_MB, atMost: true },
      { name: 'backup, MB of growth', ratio: growth('backup'), wanted: GROWTH_MB, atMost: true },
    ],
  };
}

/** From the start of the worker until its file is closed. */
async function rival(walk: Walk, name: Rival): Promise<Run> {
  const { value, growth } = await growthDuring(walk.app, () =>
    walk.app.evaluate(
      async (address, name) => {
        const start = performance.now();
        const worker = new Worker(address);
        worker.postMessage(name);
        const { bytes, error } = await new Promise<{ bytes?: number; error?: string }>((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        });
        worker.terminate();
        if (bytes === undefined) throw new Error(error);
        return (performance.now() - start) / 1000;
      },
      RIVALS,
      name,
    ),
  );
  return { seconds: value, growth };
}

/** From the click until the card says that it is saved. Waits then until the browser has copied the file, and removes it. */
async function ours(walk: Walk, button: string): Promise<Run> {
  const { value, growth } = await growthDuring(walk.app, () =>
    walk.app.evaluate(async name => {
      const pressed = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
      const card = pressed?.closest('section');
      if (!pressed || !card) throw new Error(`there is no button ${name}`);
      const start = performance.now();
      pressed.click();
      for (let begun = false; !begun || pressed.disabled; begun ||= pressed.disabled) {
        await new Promise(resolve => setTimeout(resolve, 5));
      }
      const seconds = (performance.now() - start) / 1000;
      await new Promise(requestAnimationFrame);
      const files = /Saved ([^·]+) ·/.exec(card.textContent ?? '')?.[1]?.trim();
      if (files === undefined) throw new Error(`the card says: ${card.textContent}`);
      return { seconds, files: files.split(', ') };
    }, button),
  );
  for (const file of value.files) await waitForDownload(walk.driver.downloads, file, DOWNLOAD_MS);
  for (const file of await readdir(walk.driver.downloads)) await rm(join(walk.driver.downloads, file));
  return { seconds: value.seconds, growth };
}
