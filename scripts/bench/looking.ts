// How fast the side panel looks at what a search finds, and how smooth its finds scroll meanwhile, while more of them come.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { openSidePanel } from '../../harness/browsers/side-panel';
import { drawPhoto, type LabelImages } from '../../harness/pictures/pictures';
import { grantAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import { type Walk, walkOnce } from '../../harness/walk';
import { buildExtension } from '../build/build-extension';
import { machineInWords, median, print, type Result, save } from './results/table';

const USAGE = 'npm run bench -- looking [--finds N (500)] [--rounds N (3)] [--built] [--out FILE]';
const WAIT_MS = 180_000;
/** As wide as browsers make it at first, and as high as a window. */
const PANEL = { width: 400, height: 900 };
/** Share of the finds that the first page of results has; the rest comes as it is scrolled to. */
const FIRST = 0.5;
/** A frame that took longer stood still for at least one of its turns. */
const DROPPED_MS = 25;

interface Frames {
  longest: number;
  /** Share of the frames that came late. */
  late: number;
}

interface Round {
  /** Thumbnails a second: of the first page, left alone, and of the rest, while the finds scroll. */
  alone: number;
  scrolled: number;
  busy: Frames;
  still: Frames;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      finds: { type: 'string', default: '500' },
      rounds: { type: 'string', default: '3' },
      built: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const finds = Number(values.finds);
  if (!(finds >= 100)) {
    console.error(USAGE);
    return 2;
  }
  if (!values.built) await buildExtension('chrome');
  const rounds: Round[] = [];
  let version = '';
  for (let round = 0; round < Number(values.rounds); round++) {
    const labels: LabelImages[] = [
      { label: 'stripes', images: Array.from({ length: finds }, (_, i) => drawPhoto('stripes', i, 180, 135)) },
    ];
    rounds.push(
      await walkOnce({ browser: 'chromium', labels, engine: 'google', perPage: FIRST * finds }, async walk => {
        version = walk.driver.version;
        return measure(walk, finds);
      }),
    );
    const { alone, scrolled, busy, still } = rounds.at(-1)!;
    console.log(
      `${alone.toFixed(1)} a second, ${scrolled.toFixed(1)} while scrolling; longest frame ${busy.longest.toFixed(0)} ms (${still.longest.toFixed(0)} at rest), late ${(100 * busy.late).toFixed(1)} % (${(100 * still.late).toFixed(1)} %), load ${loadavg()[0]?.toFixed(1)}`,
    );
  }
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  const [rate, scrolled, longest, atRest] = [
    of(r => r.alone),
    of(r => r.scrolled),
    of(r => r.busy.longest),
    of(r => r.still.longest),
  ];
  const [late, lateAtRest] = [of(r => r.busy.late), of(r => r.still.late)];
  const result: Result = {
    bench: `looking, ${finds} finds`,
    machine: machineInWords(),
    browser: version,
    rows: [
      { name: 'looked at, while the finds scroll', value: scrolled, unit: 'thumbnails/s', ratio: scrolled / rate },
      { name: 'looked at', value: rate, ratio: 1, unit: 'thumbnails/s', note: `median of ${rounds.length}` },
      { name: 'longest frame, all looked at', value: atRest, unit: 'ms', ratio: 1 },
      {
        name: 'longest frame, while they are looked at and more come',
        value: longest,
        unit: 'ms',
        ratio: longest / atRest,
      },
      { name: 'late frames, all looked at', value: 100 * lateAtRest, unit: '%' },
      { name: 'late frames, while they are looked at and more come', value: 100 * late, unit: '%' },
    ],
    goals: [
      { name: 'thumbnails a second', ratio: rate, wanted: 30 },
      { name: 'milliseconds of the longest frame', ratio: longest, wanted: 100, atMost: true },
      { name: 'share of late frames', ratio: late, wanted: 0.1, atMost: true },
    ],
  };
  print(result);
  save(values.out, result);
  return 0;
}

async function measure(walk: Walk, finds: number): Promise<Round> {
  walk.web.makeThumbnails();
  await grantAccess(walk);
  const { app, driver, web } = walk;
  const page = await driver.newPage();
  await driver.open(page, web.searchAddress('stripes'));
  await page.bringToFront();
  await app.evaluate(async url => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query(of: object): Promise<{ id: number; url?: string }[]> };
        runtime: { sendMessage(message: object): Promise<unknown> };
      };
    };
    const tab = (await chrome.tabs.query({})).find(one => one.url === url);
    const args = { tabId: tab?.id, target: { newLabel: 'stripes' }, seen: true };
    await chrome.runtime.sendMessage({ gleaner: 'startHarvest', args });
  }, page.url());
  const panel = await openSidePanel(driver, app, page);
  await panel.setViewport(PANEL);
  const words = () => panel.evaluate(() => document.querySelector('main')?.innerText ?? '');
  await panel.waitForSelector('.finds', { timeout: WAIT_MS });
  // Loaded, compiled and warm: what is measured is the looking.
  const looked = async () => Number(/Looked at ([\d,]+)/.exec(await words())?.[1]?.replace(',', '') ?? 0);
  const first = await waitFor('the first look', async () => (await looked()) || undefined, WAIT_MS, words);
  const rate = async (from: number, to: number, begun: number) => {
    await waitFor('the last look', async () => (await looked()) === 0 || undefined, WAIT_MS, words);
    return (to - from) / ((performance.now() - begun) / 1000);
  };
  const alone = await rate(first, FIRST * finds, performance.now());
  const scrolling = scrollFinds(panel);
  const begun = performance.now();
  const all = new RegExp(`of ${finds} will be taken`);
  // The page is scrolled as by a person who reads on, until it has shown all.
  await waitFor(
    'all finds',
    async () => {
      await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }));
      return all.test(await words()) || undefined;
    },
    WAIT_MS,
    words,
  );
  await waitFor('a further look', async () => (await looked()) > FIRST * finds || undefined, WAIT_MS, words);
  const scrolled = await rate(FIRST * finds, finds, begun);
  await panel.evaluate(() => {
    (globalThis as unknown as Scrolls).stopScrolling = true;
  });
  const busy = await scrolling;
  const again = scrollFinds(panel);
  await new Promise(resolve => setTimeout(resolve, 4000));
  await panel.evaluate(() => {
    (globalThis as unknown as Scrolls).stopScrolling = true;
  });
  return { alone, scrolled, busy, still: await again };
}

interface Scrolls {
  stopScrolling: boolean;
}

/** Scrolls the finds up and down, a third of a row a frame, until it is told to stop; how the frames came. */
function scrollFinds(panel: Page): Promise<Frames> {
  return panel.evaluate(async late => {
    const state = globalThis as unknown as Scrolls;
    state.stopScrolling = false;
    const grid = document.querySelector('.finds')!;
    const took: number[] = [];
    let way = 35;
    for (let last = await new Promise<number>(requestAnimationFrame); !state.stopScrolling; ) {
      if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1) way = -35;
      if (grid.scrollTop <= 0) way = 35;
      grid.scrollTop += way;
      const now = await new Promise<number>(requestAnimationFrame);
      took.push(now - last);
      last = now;
    }
    return { longest: Math.max(...took), late: took.filter(one => one > late).length / took.length };
  }, DROPPED_MS);
}
