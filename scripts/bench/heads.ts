// Test accuracy of every head over seeded splits of a folder of folders: mean and deviation, all in one table.
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { imageFolders } from './learn/image-folders';
import { startStage } from './learn/stage';
import { deviation, mean } from './results/statistics';
import { machineInWords, print, type Result, save } from './results/table';

const CACHE = join(import.meta.dirname, '../../.cache');
const USAGE = `npm run bench -- heads --images DIR --backbone FILE [options]
  --images DIR      a folder of folders of images, each a label
  --backbone FILE   a .h5 or .safetensors file of ResNet-50's weights
  --splits N        seeded splits (5)
  --mirror          the article's head with mirror images too: twice the features
  --time-cap S      seconds of the automatic choice (60)
  --out FILE        the table as JSON`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      images: { type: 'string' },
      backbone: { type: 'string' },
      splits: { type: 'string', default: '5' },
      mirror: { type: 'boolean', default: false },
      'time-cap': { type: 'string', default: '60' },
      out: { type: 'string' },
    },
  });
  if (values.images === undefined || values.backbone === undefined) {
    console.error(USAGE);
    return 2;
  }
  const result = await measure(resolve(values.images), resolve(values.backbone), {
    splits: Number(values.splits),
    mirror: values.mirror,
    timeCap: Number(values['time-cap']),
  });
  print(result);
  save(values.out, result);
  return 0;
}

interface Options {
  splits: number;
  mirror: boolean;
  timeCap: number;
}

async function measure(images: string, backbone: string, { splits, mirror, timeCap }: Options): Promise<Result> {
  const { labels, images: addresses } = imageFolders(images, 'images');
  // Kept, so that features of the same images are computed once.
  const stage = await startStage({
    folders: { images, weights: join(backbone, '..') },
    profile: join(CACHE, 'bench-profile'),
  });
  try {
    const { ask } = await stage.open();
    await ask('useFile', `/weights/${encodeURIComponent(basename(backbone))}`, basename(backbone));
    const labelled = await ask('readLabelled', addresses);
    console.log(`${labelled.length} different images of ${labels.length} labels; computing features …`);
    const id = await ask('ensureLabelled', labelled, mirror);
    const found = new Map<string, number[]>();
    for (let seed = 1; seed <= splits; seed++) {
      const heads = await ask('judgeSplit', labelled, id, seed, mirror, timeCap);
      for (const [head, accuracy] of Object.entries(heads)) found.set(head, [...(found.get(head) ?? []), accuracy]);
      console.log(`split ${seed} of ${splits}: automatic ${heads.automatic?.toFixed(3)}`);
    }
    const meanOf = (head: string) => mean(found.get(head) ?? []);
    const best = Math.max(...[...found.keys()].filter(head => head !== 'automatic').map(meanOf));
    return {
      bench: `heads, ${basename(images)}`,
      machine: machineInWords(),
      browser: stage.version,
      rows: [...found].map(([name, accuracies]) => ({
        name,
        value: mean(accuracies),
        unit: '',
        note: `± ${deviation(accuracies).toFixed(3)}`,
      })),
      goals: [
        { name: 'automatic less the best single head, in hindsight', ratio: meanOf('automatic') - best, wanted: -0.01 },
        {
          name: "article's head, recomputed less moving averages",
          ratio: meanOf("article's, recomputed") - meanOf("article's, moving averages"),
          wanted: 0.01,
        },
      ],
    };
  } finally {
    await stage.close();
  }
}
