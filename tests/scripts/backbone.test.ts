// `npm run backbone` and the build's plugin: what is packed is what the app will find in its package.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diskPart } from '../../scripts/backbone/disk-part';
import { explainInEnglish } from '../../scripts/backbone/english';
import { pack } from '../../scripts/backbone/pack';
import { packedBackbone } from '../../scripts/build/packed-backbone';
import { smallWeights } from '../e2e/steps/small-weights';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gleaner-backbone-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A build of nothing but the plugin; gives its folder. */
async function built(packed: string | undefined): Promise<string> {
  const entry = join(folder, 'entry.js');
  const outDir = join(folder, 'dist');
  await writeFile(entry, 'export default 1;');
  const lib = { entry, formats: ['es' as const] };
  const options = { outDir, emptyOutDir: true, lib };
  await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    plugins: [packedBackbone(packed)],
    build: options,
  });
  return outDir;
}

it('packs a file that the app can read, with a note, into the builds that ask for it', async () => {
  const weights = await smallWeights(89);
  const [source, packed] = [join(folder, 'my-weights.h5'), join(folder, 'packed')];
  await writeFile(source, weights);
  const note = await pack(source, packed);
  const expected = { path: 'backbone/my-weights.h5', name: 'my-weights.h5', bytes: weights.length, weights: 'file' };
  expect(note).toEqual(expected);
  const dist = await built(packed);
  expect(JSON.parse(await readFile(join(dist, 'backbone/packed.json'), 'utf8'))).toEqual(note);
  expect((await readFile(join(dist, note.path))).equals(weights)).toBe(true);
  const without = await built(undefined);
  expect(await readFile(join(without, 'backbone/packed.json'), 'utf8')).toBe('null\n');
  expect(existsSync(join(without, note.path))).toBe(false);
});

it("refuses what is no weights file with the app's own sentence", async () => {
  const source = join(folder, 'words.h5');
  await writeFile(source, 'These are words.');
  const error = await pack(source, join(folder, 'packed-words')).catch((reason: unknown) => reason);
  expect(explainInEnglish(error)).toContain('not a weights file that Gleaner can read');
  await expect(pack(join(folder, 'nothing.h5'), folder)).rejects.toThrow('There is no file');
});

it('keeps a half-downloaded file on disk, and goes on with it', () => {
  const path = join(folder, 'half.part');
  const first = diskPart(path);
  first.append(Uint8Array.of(1, 2, 3));
  first.close();
  const second = diskPart(path);
  expect(second.size()).toBe(3);
  second.append(Uint8Array.of(4));
  expect([...second.read(1, 4)]).toEqual([2, 3, 4]);
  second.clear();
  expect(second.size()).toBe(0);
  second.close();
});
