// Peak memory of the app's page while it learns, at 1,000 and at 5,000 images: features, then the automatic choice.
import { parseArgs } from 'node:util';
import { press } from '../../harness/browsers/elements';
import { rendererPids } from '../../harness/browsers/renderers';
import { wordsOf } from '../../harness/browsers/words';
import { residentMegabytes } from '../../harness/memory';
import { chooseBackbone } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { show, type Walk, walkOnce } from '../../harness/walk';
import { buildExtension } from '../build/build-extension';
import { fill } from './learn/fill';
import { machineInWords, print, type Result, save } from './results/table';

const LABELS = 10;
const LIMIT_MB = 700;
const TRAIN_MS = 60 * 60_000;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      images: { type: 'string', multiple: true, default: ['1000', '5000'] },
      computed: { type: 'string', default: '1000' },
    },
  });
  const result = await measureMemory(values.images.map(Number), Number(values.computed));
  print(result);
  save(values.out, result);
  return 0;
}

/** Of each size at most `computed` images pass the backbone; the others have made-up features, to spare the time. */
export async function measureMemory(sizes: number[], computed: number): Promise<Result> {
  await buildExtension('chrome');
  const result: Result = { bench: 'memory', machine: machineInWords(), browser: '', rows: [], goals: [] };
  for (const images of sizes) {
    const { version, idle, features, head } = await measureOne(images, computed);
    const name = `${images} images`;
    // Said at once, since the next size takes minutes.
    console.log(`${name}: ${idle} MB before, at most ${features} MB with features, ${head} MB with the head`);
    result.browser = version;
    result.rows.push(
      { name: `${name}: the page before`, value: idle, unit: 'MB' },
      { name: `${name}: peak of features`, value: features, unit: 'MB', ratio: features / idle },
      { name: `${name}: peak of the head`, value: head, unit: 'MB', ratio: head / idle },
    );
    const peak = Math.max(features, head);
    result.goals.push({ name: `${name}: peak of the page's process, MB`, ratio: peak, wanted: LIMIT_MB, atMost: true });
  }
  return result;
}

function measureOne(images: number, computed: number) {
  return walkOnce({ browser: 'chromium' }, async walk => {
    await chooseBackbone(walk, 'seeded');
    await fill(walk.app, { labels: LABELS, images, featured: Math.max(0, images - computed) });
    await show(walk, 'train');
    const idle = await largestRenderer(walk);
    const peak = { features: 0, head: 0 };
    await press(walk.app, 'Train');
    await waitFor(
      'the training to end',
      async () => {
        const words = await walk.app.$eval('.train-progress [role="status"]', element => element.textContent ?? '');
        const phase = words === '' || /^Features|^Starting/.test(words) ? 'features' : 'head';
        peak[phase] = Math.max(peak[phase], await largestRenderer(walk));
        const alert = await walk.app.$$eval('main [role="alert"]', all => all.map(one => one.textContent).join(''));
        if (alert) throw new Error(`Training failed: ${alert}`);
        return /The model is trained/.test(await wordsOf(walk.app)) || undefined;
      },
      TRAIN_MS,
    );
    return { version: walk.driver.version, idle, ...peak };
  });
}

/** Resident MB of the largest of the browser's page processes, which is the one that learns: its workers live in it. */
async function largestRenderer(walk: Walk): Promise<number> {
  const sizes = (await rendererPids(walk.app)).map(pid => residentMegabytes(pid) ?? Number.NaN);
  return Math.max(...sizes);
}
