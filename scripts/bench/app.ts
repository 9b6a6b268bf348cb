// The dataset screen with ten thousand images beside the same screen with a hundred: opening, scrolling, memory.
import { parseArgs } from 'node:util';
import type { CDPSession } from 'puppeteer-core';
import { drawnLabels } from '../../harness/pictures/pictures';
import { type Walk, walkOnce } from '../../harness/walk';
import { buildExtension } from '../build/build-extension';
import { fill } from './app/fill';
import { scrollThrough, timeToUse, weigh } from './app/watch';
import { machineInWords, median, met, print, type Result, save } from './results/table';

const FEW = 100;
/** Pixels a frame: a wheel turned fast, and a flight through the whole grid by its scroll bar. */
const [WHEEL, FLIGHT] = [240, 2000];
const FRAMES = 300;
/** What the project promises, at the size it promises it for. */
const [USABLE_MS, FRAME_MS, MEGABYTES] = [1000, 100, 400];

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      images: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  await buildExtension('chrome');
  const labels = drawnLabels(1, ['dots']);
  const result = await walkOnce({ browser: 'chromium', labels, say: console.log }, walk =>
    measure(walk, Number(values.images), Number(values.rounds)),
  );
  print(result);
  save(values.out, result);
  return result.goals.every(met) ? 0 : 1;
}

interface Seen {
  usable: number;
  wheel: number[];
  flight: number[];
  process: number;
  heap: number;
}

async function measure(walk: Walk, images: number, rounds: number): Promise<Result> {
  const session = await walk.app.createCDPSession();
  await session.send('Performance.enable');
  await fill(walk.app, 0, FEW);
  const few = await look(walk, session, rounds);
  await fill(walk.app, FEW, images);
  const many = await look(walk, session, rounds);
  const [longest, longestOfFew] = [Math.max(...many.wheel, ...many.flight), Math.max(...few.wheel, ...few.flight)];
  const typical = median([...many.wheel, ...many.flight]);
  return {
    bench: `app, ${images} images, one in twenty a near-duplicate under a second label`,
    machine: machineInWords(),
    browser: walk.driver.version,
    rows: [
      { name: `usable, ${FEW} images`, value: few.usable, unit: 'ms', ratio: 1, note: `median of ${rounds}` },
      { name: `usable, ${images} images`, value: many.usable, unit: 'ms', ratio: many.usable / few.usable },
      { name: 'typical frame while scrolling', value: typical, unit: 'ms', ratio: 1 },
      { name: `longest frame, ${FEW} images`, value: longestOfFew, unit: 'ms', ratio: longestOfFew / typical },
      {
        name: 'longest frame, wheel',
        value: Math.max(...many.wheel),
        unit: 'ms',
        ratio: Math.max(...many.wheel) / typical,
      },
      {
        name: 'longest frame, flight',
        value: Math.max(...many.flight),
        unit: 'ms',
        ratio: Math.max(...many.flight) / typical,
      },
      { name: `process, ${FEW} images`, value: few.process, unit: 'MB', ratio: 1 },
      { name: `process, ${images} images`, value: many.process, unit: 'MB', ratio: many.process / few.process },
      { name: `JavaScript heap, ${images} images`, value: many.heap, unit: 'MB', ratio: many.heap / few.heap },
    ],
    goals: [
      { name: 'milliseconds until usable', ratio: many.usable, wanted: USABLE_MS, atMost: true },
      { name: 'milliseconds of the longest frame', ratio: longest, wanted: FRAME_MS, atMost: true },
      { name: 'megabytes of the process', ratio: many.process, wanted: MEGABYTES, atMost: true },
    ],
  };
}

async function look({ app }: Walk, session: CDPSession, rounds: number): Promise<Seen> {
  const usable: number[] = [];
  for (let round = 0; round < rounds; round++) usable.push(await timeToUse(app));
  const wheel = await scrollThrough(app, WHEEL, FRAMES);
  const flight = await scrollThrough(app, FLIGHT, FRAMES);
  return { usable: median(usable), wheel, flight, ...(await weigh(app, session)) };
}
