// The whole job, features once and ten epochs, against the article's way: the whole network in every epoch.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { photos } from './learn/pictures';
import { writeSeededTfjs } from './learn/seeded-files';
import { startStage } from './learn/stage';
import { machineInWords, print, type Result, save } from './results/table';

const SEED = 1;
const EPOCHS = 10;
const CLASSES = 8;
const PHOTOS = 8;
/** Images whose epoch is measured the article's way, and images per step: 48 would not fit wasm's memory. */
const SUBSET = 24;
const STEP = 8;
const CACHE = join(import.meta.dirname, '../../.cache');

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string' }, images: { type: 'string', default: '1200' } },
  });
  const result = await measureJob(Number(values.images));
  print(result);
  save(values.out, result);
  return 0;
}

/** Both ways are measured on a part and multiplied: rates hold from the first image to the last. */
export async function measureJob(images: number): Promise<Result> {
  const folder = join(CACHE, 'tfjs-seeded');
  await writeSeededTfjs(folder, SEED);
  const files = photos(PHOTOS);
  const stage = await startStage({ folders: { tfjs: folder }, files });
  try {
    const { ask } = await stage.open();
    await ask('useSeeded', SEED);
    const sha256s = await ask('addImages', [...files.keys()], 12);
    const features = await ask('featureRate', sha256s);
    const epoch = await ask('ourEpoch', { rows: images, classes: CLASSES }, 3);
    const ours = images / features + EPOCHS * epoch;
    const each = await ask('wholeNetworkEpoch', '/tfjs/model.json', SUBSET, STEP, CLASSES);
    const article = EPOCHS * images * each;
    return {
      bench: 'job',
      machine: machineInWords(),
      browser: stage.version,
      rows: [
        {
          name: `ours: features of ${images} images`,
          value: images / features,
          unit: 's',
          note: `${features.toFixed(1)} images/s`,
        },
        { name: `ours: ${EPOCHS} epochs of the head`, value: EPOCHS * epoch, unit: 's' },
        { name: 'ours, whole job', value: ours, unit: 's', ratio: article / ours },
        {
          name: `the article's way, ${EPOCHS} epochs`,
          value: article,
          unit: 's',
          ratio: 1,
          note: `extrapolated from one epoch of ${SUBSET} images (model.fit on tfjs-wasm, steps of ${STEP}): ${each.toFixed(2)} s each`,
        },
      ],
      goals: [{ name: "whole job against the article's way", ratio: article / ours, wanted: 9 }],
    };
  } finally {
    await stage.close();
  }
}
