// The demo's options: a stable contract, read and checked here.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BROWSER_NAMES, type BrowserName } from '../../harness/browsers/driver';
import { DEMO_ENGINES, type DemoEngine } from '../../harness/web/results-page';

export interface DemoOptions {
  headless: boolean;
  browser: BrowserName;
  /** A folder of folders; undefined draws images. */
  images: string | undefined;
  engine: DemoEngine;
  /** A file, or one of the words. */
  backbone: string;
  /** Of the article's head; undefined leaves the choice of the head to the app. */
  epochs: number | undefined;
  /** From the names of the labels, or by right-click on the results of searches made by hand. */
  collect: Collect;
  out: string;
}

/** What `--backbone` may be besides a file. */
export const BACKBONE_WORDS: readonly string[] = ['quick', 'resnet50', 'seeded'];

export const USAGE = `npm run demo -- [options]
  --headless                 run without a window and end when done
  --browser chromium|firefox which browser (chromium)
  --images DIR               folders of images, each a label; else pictures the demo draws
  --engine bing|google|duckduckgo  whose markup the search page has (bing)
  --backbone quick|resnet50|seeded|FILE  the built-in network (quick), the article's, packed or downloaded, random weights
                             that know nothing, or a .h5 or .safetensors file
  --epochs N                 train the article's head for so many epochs; else the app chooses the head
  --collect labels|rightclick from the labels' names, or by right-click on the results (labels)
  --out DIR                  where dataset.zip, model.zip, report.json and screenshots go (demo-out)`;

export const COLLECTS = ['labels', 'rightclick'] as const;
export type Collect = (typeof COLLECTS)[number];

/** Throws with one sentence when an option is unknown or out of range. */
export function readOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    options: {
      headless: { type: 'boolean', default: false },
      browser: { type: 'string', default: 'chromium' },
      images: { type: 'string' },
      engine: { type: 'string', default: 'bing' },
      backbone: { type: 'string', default: 'quick' },
      epochs: { type: 'string' },
      collect: { type: 'string', default: 'labels' },
      out: { type: 'string', default: 'demo-out' },
    },
  });
  const epochs = values.epochs === undefined ? undefined : Number(values.epochs);
  if (epochs !== undefined && (!Number.isInteger(epochs) || epochs < 1 || epochs > 500))
    throw new Error('--epochs is a whole number from 1 to 500.');
  const { backbone } = values;
  return {
    headless: values.headless,
    browser: oneOf('--browser', values.browser, BROWSER_NAMES),
    images: values.images === undefined ? undefined : resolve(values.images),
    engine: oneOf('--engine', values.engine, DEMO_ENGINES),
    backbone: BACKBONE_WORDS.includes(backbone) ? backbone : resolve(backbone),
    epochs,
    collect: oneOf('--collect', values.collect, COLLECTS),
    out: resolve(values.out),
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find(one => one === value);
  if (found === undefined) throw new Error(`${option} is one of ${allowed.join(', ')}.`);
  return found;
}
