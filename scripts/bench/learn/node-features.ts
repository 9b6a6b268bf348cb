// Features of a folder of folders of images by any backbone, on the kernels and without a browser; kept in a file.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openAsBlob, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { BUILT_IN, backboneOf } from '../../../src/backbones';
import { outputsOf } from '../../../src/backbones/layers';
import type { Backbone, FoldedLayer } from '../../../src/contract/backbone';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import { pool } from '../../../src/pipeline/features/pool';
import { seededLayers } from '../../../src/pipeline/features/seeded';
import { readWeights } from '../../../src/pipeline/features/weights-file';
import { seededRandom } from '../../../src/pipeline/head/random';

const ROOT = join(import.meta.dirname, '../../..');
const CACHE = join(ROOT, '.cache');
const BATCH = 4;

export interface LabelledFeatures {
  /** count × the network's length, row-major. */
  m: Float32Array;
  /** Index into `labels` of every row. */
  truth: Int32Array;
  labels: string[];
}

/** A network with weights; `key` tells these weights from all others. */
export interface WeightedBackbone {
  backbone: Backbone;
  layers: FoldedLayer[];
  key: string;
}

/** The built-in network as it is shipped. */
export function builtIn(): Promise<WeightedBackbone> {
  return fromFile(join(ROOT, 'public', BUILT_IN.builtIn!.path));
}

/** The network of a weights file. */
export async function fromFile(path: string): Promise<WeightedBackbone> {
  const { family, layers } = await readWeights(await openAsBlob(path));
  return { backbone: backboneOf(family), layers, key: createHash('sha256').update(readFileSync(path)).digest('hex') };
}

/** The built-in network with random weights: what the architecture alone is worth. */
export function seeded(seed: number): WeightedBackbone {
  const layers = seededLayers(BUILT_IN, BUILT_IN.file.epsilon, seededRandom(seed).uniform);
  return { backbone: BUILT_IN, layers, key: `seeded ${seed}` };
}

/** The built-in network with kernels of 8 bits: each output channel scaled to −127 … 127 and rounded, biases as they are. */
export async function inBytes(): Promise<WeightedBackbone> {
  const { backbone, layers, key } = await builtIn();
  return { backbone, layers: layers.map(rounded), key: `int8 ${key}` };
}

function rounded(layer: FoldedLayer): FoldedLayer {
  const channels = outputsOf(layer);
  const largest = new Float32Array(channels);
  for (const [i, value] of layer.kernel.entries())
    largest[i % channels] = Math.max(largest[i % channels]!, Math.abs(value));
  const kernel = layer.kernel.map((value, i) => {
    const step = largest[i % channels]! / 127;
    return step === 0 ? 0 : Math.round(value / step) * step;
  });
  return { ...layer, kernel };
}

export async function builtInFeatures(images: string, thumbnail?: number): Promise<LabelledFeatures> {
  return featuresOf(images, await builtIn(), thumbnail);
}

/**
 * Images whose bytes stand twice count once; those sharp cannot read are left out, with a line that says so.
 * @param thumbnail  longer side, in pixels, of the JPEG that a search engine would show in place of the image
 */
export async function featuresOf(images: string, by: WeightedBackbone, thumbnail?: number): Promise<LabelledFeatures> {
  const labels = readdirSync(images)
    .filter(name => statSync(join(images, name)).isDirectory())
    .sort();
  const seen = new Set<string>();
  const files = labels.flatMap((label, truth) =>
    readdirSync(join(images, label))
      .sort()
      .map(name => ({ path: join(images, label, name), truth }))
      .filter(({ path }) => {
        const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
        return !seen.has(hash) && seen.add(hash);
      }),
  );
  const name = createHash('sha256')
    .update([by.key, ...seen, ...(thumbnail === undefined ? [] : [thumbnail])].join())
    .digest('hex')
    .slice(0, 16);
  const kept = join(CACHE, `features-${name}.f32`);
  const { length } = by.backbone;
  const paths = files.map(({ path }) => path);
  const rows = existsSync(kept) ? floatsOf(kept) : await compute(paths, by, thumbnail);
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(kept)) writeFileSync(kept, rows);
  const readable = files.flatMap(({ truth }, i) => (Number.isNaN(rows[i * length]) ? [] : [{ i, truth }]));
  if (readable.length < files.length) console.log(`${files.length - readable.length} images cannot be read.`);
  const m = new Float32Array(readable.length * length);
  for (const [to, { i }] of readable.entries()) m.set(rows.subarray(i * length, (i + 1) * length), to * length);
  return { m, truth: Int32Array.from(readable, ({ truth }) => truth), labels };
}

/** Rows of images that cannot be read are NaN. */
async function compute(
  paths: string[],
  { backbone, layers }: WeightedBackbone,
  thumbnail?: number,
): Promise<Float32Array> {
  const { side, length } = backbone;
  const network = await createKernelNetwork(backbone, layers);
  const rows = new Float32Array(paths.length * length).fill(Number.NaN);
  for (let start = 0; start < paths.length; start += BATCH) {
    const batch = paths.slice(start, start + BATCH);
    const squares = await Promise.all(batch.map(path => seenSquare(path, side, thumbnail).catch(() => undefined)));
    const read = squares.flatMap((pixels, i) => (pixels ? [{ pixels, row: start + i }] : []));
    const pixels = new Uint8Array(Buffer.concat(read.map(one => one.pixels)));
    const activations = read.length > 0 ? await network.activations(pixels) : new Float32Array();
    const size = activations.length / Math.max(1, read.length);
    for (const [i, { row }] of read.entries())
      rows.set(pool(activations.subarray(i * size, (i + 1) * size), length).m, row * length);
    if (start % 100 === 0) console.log(`features of ${start} of ${paths.length} images by ${backbone.network} …`);
  }
  return rows;
}

/** RGB bytes of the upright image's middle square, or of that of the small JPEG that stands for it. */
async function seenSquare(path: string, side: number, thumbnail?: number): Promise<Buffer> {
  const upright = sharp(path).rotate().flatten({ background: 'white' });
  const small = { fit: 'inside', withoutEnlargement: true } as const;
  const seen = thumbnail
    ? sharp(await upright.resize(thumbnail, thumbnail, small).jpeg({ quality: 75 }).toBuffer())
    : upright;
  return seen.resize(side, side, { fit: 'cover' }).toColourspace('srgb').raw().toBuffer();
}

function floatsOf(file: string): Float32Array {
  const bytes = new Uint8Array(readFileSync(file));
  return new Float32Array(bytes.buffer);
}
