// Images a second of both networks beside onnxruntime and XNNPACK on the same networks, and what the way round them costs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILT_IN } from '../../src/backbones';
import { predict } from '../../src/pipeline/head/predict';
import { photos } from './learn/pictures';
import { nativeRate, rivalsFolder } from './learn/rivals';
import { BUILT_IN_FILE, SEEDED, seededHead, writeOnnx, writeTflite } from './learn/seeded-files';
import { type Ask, type BenchStage, startStage } from './learn/stage';
import { type Goal, machineInWords, median, print, type Result, type Row, save } from './results/table';

const SEED = 1;
const MODELS = join(import.meta.dirname, '../../.cache/bench-models');
const TFJS = join(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-backend-wasm/dist');
const PHOTOS = 8;

/** `images` is how many times as many as of the slower one keep the clock running as long. */
const NETWORKS = [
  { name: 'EfficientNet-Lite0', backbone: BUILT_IN, use: (ask: Ask) => ask('useBuiltIn'), images: 8 },
  { name: 'ResNet-50', backbone: SEEDED, use: (ask: Ask) => ask('useSeeded', SEED), images: 1 },
];
type Network = (typeof NETWORKS)[number];

/** Images per second of one round; of a rival the better of batches of 1 and 8 counts, but LiteRT's files are of one image. */
type Round = Record<
  'one' | 'all' | 'phase' | 'rivalOne' | 'rivalAll' | 'xnnpackOne' | 'xnnpackAll' | 'litertOne' | 'litertAll',
  number
>;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      pictures: { type: 'string', default: '80' },
    },
  });
  const result = await measureFeatures(Number(values.rounds), Number(values.pictures));
  print(result);
  save(values.out, result);
  return 0;
}

/**
 * `rounds` interleaves ours and the rivals' figures, so that a busy moment of the machine meets all. `images` are those
 * of ResNet-50 that are read, computed and stored in each.
 */
export async function measureFeatures(rounds: number, images: number): Promise<Result> {
  const rivals = join(rivalsFolder(), 'node_modules');
  for (const { name, backbone } of NETWORKS) {
    await writeOnnx(fileOf(name, 'onnx'), backbone, SEED);
    await writeTflite(fileOf(name, 'tflite'), backbone, SEED);
  }
  const drawn = photos(PHOTOS);
  const files = new Map([...drawn, [`/${BUILT_IN.builtIn!.path}`, readFileSync(BUILT_IN_FILE)]]);
  const folders = {
    ort: join(rivals, 'onnxruntime-web/dist'),
    litert: join(rivals, '@litertjs'),
    tfjs: TFJS,
    models: MODELS,
  };
  const stage = await startStage({ folders, files });
  try {
    const { ask } = await stage.open();
    const { usable, workers } = await ask('device');
    const most = Math.max(...NETWORKS.map(network => network.images));
    const sha256s = await ask('addImages', [...drawn.keys()], Math.ceil((images * most) / PHOTOS));
    const measured = new Map<Network, Round[]>(NETWORKS.map(network => [network, []]));
    const stored = new Map<Network, number[]>();
    for (let round = 0; round < rounds; round++) {
      for (const network of NETWORKS) {
        const { id } = await network.use(ask);
        if (round === 0) console.log(`${network.name}: ${id}`);
        const some = sha256s.slice(0, images * network.images);
        measured.get(network)!.push(await oneRound(stage, ask, network, workers, some));
        // The next network's round empties the cache.
        stored.set(network, await ask('storedFeatures', id, sha256s[0]!));
      }
    }

    const rows: Row[] = [];
    const goals: Goal[] = [];
    for (const [network, all] of measured) {
      await network.use(ask);
      const found = figures(network.name, all, workers);
      rows.push(...found.rows, ...(await graphics(stage, ask, usable, network.name)));
      goals.push(...found.goals);
      const native = Math.max(
        await nativeRate(fileOf(network.name, 'onnx'), workers, 1, 20 * network.images),
        await nativeRate(fileOf(network.name, 'onnx'), workers, 8, 5 * network.images),
      );
      rows.push({ name: `${network.name}: onnxruntime-node, native`, value: native, unit: 'images/s' });
      const megabytes = await ask('workerMegabytes');
      rows.push({ name: `${network.name}: memory of a worker`, value: megabytes, unit: 'MB' });
      if (network.backbone === BUILT_IN) {
        goals.push({ name: `${network.name}: MB of a worker`, ratio: megabytes, wanted: 60, atMost: true });
      }
      const value = await largestDifference(stage, network, stored.get(network)!);
      const note = 'of probabilities, ours and onnxruntime-web';
      rows.push({ name: `${network.name}: largest difference`, value, unit: '', note });
    }
    const [small, large] = NETWORKS.map(network => measured.get(network)!);
    const ratio = median(small!.map(({ phase }, i) => phase / large![i]!.phase));
    rows.push({ name: 'pictures to features, the one against the other', value: ratio, unit: '×' });
    return { bench: 'features', machine: machineInWords(), browser: stage.version, rows, goals };
  } finally {
    await stage.close();
  }
}

async function oneRound(
  stage: BenchStage,
  ask: Ask,
  { name, images }: Network,
  workers: number,
  sha256s: string[],
): Promise<Round> {
  const count = 8 * images;
  const best = async (rate: (batch: number) => Promise<number>) => Math.max(await rate(1), await rate(8));
  const rival = (threads: number) => best(batch => rivalRate(stage, name, 'wasm', threads, batch, count));
  const xnnpack = (threads: number) => best(batch => xnnpackRate(stage, threads, batch, count));
  const litert = (threads: number) => litertRate(stage, name, threads, count);
  return {
    one: await ask('bareRate', 'wasm', 1, 2 * images),
    rivalOne: await rival(1),
    all: await ask('bareRate', 'wasm', workers, 2 * images),
    rivalAll: await rival(workers),
    xnnpackOne: await xnnpack(1),
    xnnpackAll: await xnnpack(workers),
    litertOne: await litert(1),
    litertAll: await litert(workers),
    phase: await ask('featureRate', sha256s),
  };
}

/** The middle of the rounds' own ratios: what slows a round down slows both sides of it. */
function figures(name: string, rounds: Round[], workers: number): { rows: Row[]; goals: Goal[] } {
  const ratio = (of: (round: Round) => number) => median(rounds.map(of));
  const ort = ({ rivalOne, rivalAll }: Round) => Math.max(rivalOne, rivalAll);
  const xnnpack = ({ xnnpackOne, xnnpackAll }: Round) => Math.max(xnnpackOne, xnnpackAll);
  const litert = ({ litertOne, litertAll }: Round) => Math.max(litertOne, litertAll);
  const row = (what: string, key: keyof Round): Row => ({
    name: `${name}: ${what}`,
    value: ratio(round => round[key]),
    unit: 'images/s',
    ratio: ratio(round => round[key] / ort(round)),
  });
  const goal = (what: string, wanted: number, of: (round: Round) => number): Goal => ({
    name: `${name}: ${what}`,
    ratio: ratio(of),
    wanted,
  });
  return {
    rows: [
      row('ours, 1 worker', 'one'),
      row(`ours, ${workers} workers`, 'all'),
      row('ours, pictures to features', 'phase'),
      row('onnxruntime-web, 1 thread', 'rivalOne'),
      row(`onnxruntime-web, ${workers} threads`, 'rivalAll'),
      row('XNNPACK (tfjs), 1 thread', 'xnnpackOne'),
      row(`XNNPACK (tfjs), ${workers} threads`, 'xnnpackAll'),
      row('XNNPACK (LiteRT.js), 1 thread', 'litertOne'),
      row(`XNNPACK (LiteRT.js), ${workers} threads`, 'litertAll'),
    ],
    goals: [
      goal("all cores against onnxruntime-web's best", 2, round => round.all / ort(round)),
      goal("all cores against XNNPACK's best in tfjs", 1, round => round.all / xnnpack(round)),
      goal("all cores against XNNPACK's best in LiteRT.js", 1, round => round.all / litert(round)),
      goal('all cores against one worker', 1.7, round => round.all / round.one),
    ],
  };
}

/** Figures of a graphics device, where there is one. */
async function graphics(stage: BenchStage, ask: Ask, usable: string[], name: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const backend of ['webgpu', 'webgl'] as const) {
    if (!usable.includes(backend)) continue;
    const value = await ask('bareRate', backend, 1, 3, 16);
    rows.push({ name: `${name}: ours, ${backend}`, value, unit: 'images/s' });
  }
  if (usable.includes('webgpu')) {
    const value = await rivalRate(stage, name, 'webgpu', 1, 16, 48);
    rows.push({ name: `${name}: onnxruntime-web, webgpu`, value, unit: 'images/s' });
  }
  if (rows.length === 0) console.log('There is no graphics device here: WebGL and WebGPU are not measured.');
  return rows;
}

const fileName = (name: string, format: 'onnx' | 'tflite') => `bench-${name}.${format}`;
const fileOf = (...file: Parameters<typeof fileName>) => join(MODELS, fileName(...file));

async function rivalRate(
  stage: BenchStage,
  name: string,
  provider: 'wasm' | 'webgpu',
  threads: number,
  batch: number,
  count: number,
): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    await ask('openRival', '/ort/', `/models/${fileName(name, 'onnx')}`, provider, threads);
    return await ask('rivalRate', batch, Math.ceil(count / batch));
  } finally {
    await close();
  }
}

async function xnnpackRate(stage: BenchStage, threads: number, batch: number, count: number): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    return await ask('xnnpackRate', '/tfjs/', threads, batch, Math.ceil(count / batch));
  } finally {
    await close();
  }
}

async function litertRate(stage: BenchStage, name: string, threads: number, count: number): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    return await ask('litertRate', '/litert/', `/models/${fileName(name, 'tflite')}`, threads, count);
  } finally {
    await close();
  }
}

/** Whether both compute the same: our head on our features against the rival's answer to the same image. */
async function largestDifference(stage: BenchStage, { name, backbone }: Network, features: number[]): Promise<number> {
  const { ask, close } = await stage.open();
  try {
    await ask('openRival', '/ort/', `/models/${fileName(name, 'onnx')}`, 'wasm', 1);
    const theirs = await ask('rivalAnswer', '/pictures/0.jpg');
    const [mine] = predict(seededHead(backbone, SEED), [Float32Array.from(features)]);
    return Math.max(...theirs.map((p, i) => Math.abs(p - mine![i]!)));
  } finally {
    await close();
  }
}
