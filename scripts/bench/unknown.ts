// "None of these": how often known images are accepted, other domains refused, and labels of the same domain that were not learnt.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILT_IN } from '../../src/backbones';
import { imageFolders } from './learn/image-folders';
import type { Acceptance } from './learn/page/accuracy.worker';
import { startStage } from './learn/stage';
import { machineInWords, print, type Result, save } from './results/table';

const ROOT = join(import.meta.dirname, '../..');
const USAGE = `npm run bench -- unknown --images DIR --far DIR [options]
  --images DIR      a folder of folders of images, each a label
  --far DIR         another such folder, of other things
  --backbone FILE   a .h5 or .safetensors file of weights (the built-in ones)
  --splits N        seeded splits (5)
  --out FILE        the table as JSON`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      images: { type: 'string' },
      far: { type: 'string' },
      backbone: { type: 'string', default: join(ROOT, 'public', BUILT_IN.builtIn?.path ?? '') },
      splits: { type: 'string', default: '5' },
      out: { type: 'string' },
    },
  });
  const { images, far } = values;
  if (images === undefined || far === undefined || !existsSync(images) || !existsSync(far)) {
    console.error(USAGE);
    return 2;
  }
  const result = await measure(resolve(images), resolve(far), resolve(values.backbone), Number(values.splits));
  print(result);
  save(values.out, result);
  return 0;
}

async function measure(images: string, far: string, backbone: string, splits: number): Promise<Result> {
  const stage = await startStage({
    folders: { images, far, weights: join(backbone, '..') },
    profile: join(ROOT, '.cache/bench-profile'),
  });
  try {
    const { ask } = await stage.open();
    await ask('useFile', `/weights/${encodeURIComponent(basename(backbone))}`, basename(backbone));
    const known = await ask('readLabelled', imageFolders(images, 'images').images);
    const others = await ask('readLabelled', imageFolders(far, 'far').images);
    console.log(`${known.length} known images, ${others.length} of other things; computing features …`);
    const id = await ask('ensureLabelled', [...known, ...others], false);
    const found: Acceptance[] = [];
    for (let seed = 1; seed <= splits; seed++) found.push(await ask('judgeUnknown', known, others, id, seed));
    const mean = (key: keyof Acceptance) => found.reduce((sum, one) => sum + one[key], 0) / found.length;
    const row = (name: string, value: number) => ({ name, value: 100 * value, unit: '%' });
    return {
      bench: `unknown, ${basename(images)} against ${basename(far)}`,
      machine: machineInWords(),
      browser: stage.version,
      rows: [
        row('known images accepted', mean('known')),
        row('other things refused', 1 - mean('far')),
        row('a label not learnt, of the same kind, refused', 1 - mean('near')),
      ],
      goals: [
        { name: 'known images accepted', ratio: mean('known'), wanted: 0.98 },
        { name: 'other things refused', ratio: 1 - mean('far'), wanted: 0.99 },
      ],
    };
  } finally {
    await stage.close();
  }
}
