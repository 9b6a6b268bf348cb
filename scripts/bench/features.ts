// Features per second of each backend beside onnxruntime on the same network and weights, and what the way round the network costs.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { predict } from '../../src/pipeline/head';
import { photos } from './learn/pictures';
import { nativeRate, rivalsFolder } from './learn/rivals';
import { seededHead, writeSeededOnnx } from './learn/seeded-files';
import { type BenchStage, startStage } from './learn/stage';
import { machineInWords, median, print, type Result, type Row, save } from './learn/table';

const SEED = 1;
const CACHE = join(import.meta.dirname, '../../.cache');
const PHOTOS = 8;
const BATCH = 4;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      pictures: { type: 'string', default: '160' },
    },
  });
  const result = await measureFeatures(Number(values.rounds), Number(values.pictures));
  print(result);
  save(values.out, result);
  return 0;
}

/** `rounds` interleaves ours and the rival's figures, so that a busy moment of the machine meets both. */
export async function measureFeatures(rounds: number, pictures: number): Promise<Result> {
  const rivals = join(rivalsFolder(), 'node_modules/onnxruntime-web/dist');
  writeSeededOnnx(join(CACHE, 'onnx', 'seeded.onnx'), SEED);
  const files = photos(PHOTOS);
  const stage = await startStage({ folders: { ort: rivals, onnx: join(CACHE, 'onnx') }, files });
  try {
    const { ask } = await stage.open();
    const { id } = await ask('useSeeded', SEED);
    const { usable, workers } = await ask('device');
    const sha256s = await ask('addPictures', [...files.keys()], Math.ceil(pictures / PHOTOS));

    const ours: Record<'one' | 'all' | 'phase', number[]> = { one: [], all: [], phase: [] };
    const rival: Record<'one' | 'all', number[]> = { one: [], all: [] };
    for (let round = 0; round < rounds; round++) {
      ours.one.push(await ask('bareRate', 'wasm', 1, 3));
      ours.all.push(await ask('bareRate', 'wasm', workers, 3));
      ours.phase.push(await ask('featureRate', sha256s));
      for (const batch of [1, 8]) {
        rival.one.push(await rivalRate(stage, 1, batch));
        rival.all.push(await rivalRate(stage, workers, batch));
      }
    }
    const difference = await largestDifference(stage, await ask('storedFeatures', id, sha256s[0]!));
    const graphics: Row[] = [];
    for (const backend of usable.filter(name => name !== 'wasm')) {
      graphics.push({ name: `ours, ${backend}`, value: await ask('bareRate', backend, 1, 3, 16), unit: 'images/s' });
    }
    const [one, all, phase] = [median(ours.one), median(ours.all), median(ours.phase)];
    // The rival may choose its batch: the better one of each round counts.
    const best = (rates: number[]) =>
      median(rates.filter((_, i) => i % 2 === 0).map((rate, i) => Math.max(rate, rates[2 * i + 1]!)));
    const [rivalOne, rivalAll] = [best(rival.one), best(rival.all)];
    const rivalBest = Math.max(rivalOne, rivalAll);
    const model = join(CACHE, 'onnx', 'seeded.onnx');
    const native = Math.max(await nativeRate(model, workers, 1, 20), await nativeRate(model, workers, 8, 5));
    return {
      bench: 'features',
      machine: machineInWords(),
      browser: stage.version,
      rows: [
        { name: 'ours, wasm, 1 worker', value: one, unit: 'images/s', ratio: one / rivalBest },
        { name: `ours, wasm, ${workers} workers`, value: all, unit: 'images/s', ratio: all / rivalBest },
        { name: 'ours, pictures to features', value: phase, unit: 'images/s', ratio: phase / rivalBest },
        ...graphics,
        { name: 'onnxruntime-web, wasm, 1 thread', value: rivalOne, unit: 'images/s', ratio: rivalOne / rivalBest },
        {
          name: `onnxruntime-web, wasm, ${workers} threads`,
          value: rivalAll,
          unit: 'images/s',
          ratio: rivalAll / rivalBest,
        },
        {
          name: 'onnxruntime-node, native',
          value: native,
          unit: 'images/s',
          ratio: native / rivalBest,
          note: 'the ceiling: wide registers',
        },
        {
          name: 'largest difference of probabilities',
          value: difference,
          unit: '',
          note: 'ours against onnxruntime-web',
        },
      ],
      goals: [
        { name: "all cores against onnxruntime-web's best", ratio: all / rivalBest, wanted: 1.25 },
        { name: 'all cores against one worker', ratio: all / one, wanted: 1.7 },
        { name: 'pictures to features against the bare network', ratio: phase / all, wanted: 0.9 },
      ],
    };
  } finally {
    await stage.close();
  }
}

async function rivalRate(stage: BenchStage, threads: number, batch: number): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    await ask('openRival', '/ort/', '/onnx/seeded.onnx', 'wasm', threads);
    return await ask('rivalRate', batch, Math.ceil((4 * BATCH) / batch));
  } finally {
    await close();
  }
}

/** Whether both compute the same: our head on our features against the rival's answer to the same picture. */
async function largestDifference(stage: BenchStage, features: number[]): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    await ask('openRival', '/ort/', '/onnx/seeded.onnx', 'wasm', 1);
    const theirs = await ask('rivalAnswer', '/pictures/0.jpg');
    const [mine] = predict(seededHead(SEED), [Float32Array.from(features)]);
    return Math.max(...theirs.map((p, i) => Math.abs(p - mine![i]!)));
  } finally {
    await close();
  }
}
