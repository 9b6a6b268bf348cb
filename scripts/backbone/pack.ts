// Puts a weights file with its note into the folder that builds pack in.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, openAsBlob } from 'node:fs';
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PackedWeights } from '../../src/edges/packed-weights';
import { KERAS_RESNET50 } from '../../src/edges/weights-download';
import { readWeights } from '../../src/pipeline/features/weights-file';
import { NOTE } from '../build/packed-backbone';

/** Reads the file as the app will, so that a wrong one is refused here with the app's own error, and packs it. */
export async function pack(source: string, folder: string): Promise<PackedWeights> {
  if (!existsSync(source)) throw new Error(`There is no file ${source}.`);
  await readWeights(await openAsBlob(source));
  const name = basename(source);
  const weights = (await md5Of(source)) === KERAS_RESNET50.md5 ? 'imagenet' : 'file';
  const target = join(folder, name);
  await mkdir(folder, { recursive: true });
  await rm(join(folder, NOTE), { force: true });
  if (source !== target) await copyFile(source, target);
  const note: PackedWeights = { path: `backbone/${name}`, name, bytes: (await stat(target)).size, weights };
  await writeFile(join(folder, NOTE), `${JSON.stringify(note)}\n`);
  return note;
}

/** Undefined where there is no such file. */
export async function md5Of(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const hash = createHash('md5');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest('hex');
}
