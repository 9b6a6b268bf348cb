// Features of a folder of folders of images by the built-in network, on the kernels and without a browser; kept in a file.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openAsBlob, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { BUILT_IN } from '../../../src/backbones';
import { createKernelNetwork } from '../../../src/pipeline/features/kernel-network';
import { pool } from '../../../src/pipeline/features/pool';
import { readWeights } from '../../../src/pipeline/features/weights-file';

const ROOT = join(import.meta.dirname, '../../..');
const CACHE = join(ROOT, '.cache');
const BATCH = 4;

export interface LabelledFeatures {
  /** count × the built-in network's length, row-major. */
  m: Float32Array;
  /** Index into `labels` of every row. */
  truth: Int32Array;
  labels: string[];
}

/**
 * Images whose bytes stand twice count once; those sharp cannot read are left out, with a line that says so.
 * @param thumbnail  longer side, in pixels, of the JPEG that a search engine would show in place of the image
 */
export async function builtInFeatures(images: string, thumbnail?: number): Promise<LabelledFeatures> {
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
    .update([BUILT_IN.builtIn!.sha256, ...seen, ...(thumbnail === undefined ? [] : [thumbnail])].join())
    .digest('hex')
    .slice(0, 16);
  const kept = join(CACHE, `features-${name}.f32`);
  const { length } = BUILT_IN;
  const paths = files.map(({ path }) => path);
  const rows = existsSync(kept) ? floatsOf(kept) : await compute(paths, thumbnail);
  mkdirSync(CACHE, { recursive: true });
  if (!existsSync(kept)) writeFileSync(kept, rows);
  const readable = files.flatMap(({ truth }, i) => (Number.isNaN(rows[i * length]) ? [] : [{ i, truth }]));
  if (readable.length < files.length) console.log(`${files.length - readable.length} images cannot be read.`);
  const m = new Float32Array(readable.length * length);
  for (const [to, { i }] of readable.entries()) m.set(rows.subarray(i * length, (i + 1) * length), to * length);
  return { m, truth: Int32Array.from(readable, ({ truth }) => truth), labels };
}

/** Rows of images that cannot be read are NaN. */
async function compute(paths: string[], thumbnail?: number): Promise<Float32Array> {
  const { side, length, builtIn } = BUILT_IN;
  const { layers } = await readWeights(await openAsBlob(join(ROOT, 'public', builtIn!.path)));
  const network = await createKernelNetwork(BUILT_IN, layers);
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
    if (start % 100 === 0) console.log(`features of ${start} of ${paths.length} images …`);
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
