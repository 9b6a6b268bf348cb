// Features per second of each backend beside onnxruntime on the same network and weights, and what the way round the network costs.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { predict } from '../../src/pipeline/head/predict';
import { photos } from './learn/pictures';
import { nativeRate, rivalsFolder } from './learn/rivals';
import { seededHead, writeSeededOnnx } from './learn/seeded-files';
import { type BenchStage, startStage } from './learn/stage';
import { machineInWords, median, print, type Result, type Row, save } from './results/table';

const SEED = 1;
const CACHE = join(import.meta.dirname, '../../.cache');
const PHOTOS = 8;

/** Pictures per second of one round; of the rival the better of batches of 1 and 8 counts. */
type Round = Record<'one' | 'all' | 'phase' | 'rivalOne' | 'rivalAll', number>;
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

    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const best = async (threads: number) =>
        Math.max(await rivalRate(stage, 'wasm', threads, 1), await rivalRate(stage, 'wasm', threads, 8));
      measured.push({
        one: await ask('bareRate', 'wasm', 1, 3),
        rivalOne: await best(1),
        all: await ask('bareRate', 'wasm', workers, 3),
        rivalAll: await best(workers),
        phase: await ask('featureRate', sha256s),
      });
    }
    const rate = (key: keyof Round) => median(measured.map(round => round[key]));
    /** The middle of the rounds' own ratios: what slows a round down slows both sides of it. */
    const ratio = (of: (round: Round) => number) => median(measured.map(of));
    const rivalBest = (round: Round) => Math.max(round.rivalOne, round.rivalAll);
    const row = (name: string, key: keyof Round): Row => ({
      name,
      value: rate(key),
      unit: 'images/s',
      ratio: ratio(round => round[key] / rivalBest(round)),
    });
    const graphics: Row[] = [];
    for (const backend of usable.filter(name => name !== 'wasm')) {
      graphics.push({ name: `ours, ${backend}`, value: await ask('bareRate', backend, 1, 3, 16), unit: 'images/s' });
    }
    if (usable.includes('webgpu')) {
      const value = await rivalRate(stage, 'webgpu', 1, 16);
      graphics.push({ name: 'onnxruntime-web, webgpu', value, unit: 'images/s' });
    }
    if (graphics.length === 0) console.log('There is no graphics device here: WebGL and WebGPU are not measured.');
    const difference = await largestDifference(stage, await ask('storedFeatures', id, sha256s[0]!));
    const model = join(CACHE, 'onnx', 'seeded.onnx');
    const native = Math.max(await nativeRate(model, workers, 1, 20), await nativeRate(model, workers, 8, 5));
    return {
      bench: 'features',
      machine: machineInWords(),
      browser: stage.version,
      rows: [
        row('ours, wasm, 1 worker', 'one'),
        row(`ours, wasm, ${workers} workers`, 'all'),
        row('ours, pictures to features', 'phase'),
        row('onnxruntime-web, wasm, 1 thread', 'rivalOne'),
        row(`onnxruntime-web, wasm, ${workers} threads`, 'rivalAll'),
        ...graphics,
        { name: 'onnxruntime-node, native', value: native, unit: 'images/s', note: 'the ceiling: wide registers' },
        { name: 'largest difference', value: difference, unit: '', note: 'of probabilities, ours and onnxruntime-web' },
      ],
      goals: [
        {
          name: "all cores against onnxruntime-web's best",
          ratio: ratio(round => round.all / rivalBest(round)),
          wanted: 1.25,
        },
        { name: 'all cores against one worker', ratio: ratio(round => round.all / round.one), wanted: 1.7 },
        {
          name: 'pictures to features against the bare network',
          ratio: ratio(round => round.phase / round.all),
          wanted: 0.9,
        },
      ],
    };
  } finally {
    await stage.close();
  }
}

async function rivalRate(
  stage: BenchStage,
  provider: 'wasm' | 'webgpu',
  threads: number,
  batch: number,
): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    await ask('openRival', '/ort/', '/onnx/seeded.onnx', provider, threads);
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
