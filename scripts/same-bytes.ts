// `npm run test:package`: packages twice, then once more from the unpacked source in another folder: the same bytes each time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exitWith } from './exit-with';
import { unzipped } from './package/unzip';

const ROOT = join(import.meta.dirname, '..');

exitWith(main());

async function main(): Promise<number> {
  const first = packaged(ROOT);
  const second = packaged(ROOT);
  const folder = mkdtempSync(join(tmpdir(), 'gleaner-source-'));
  try {
    const source = [...first.files.keys()].find(name => name.startsWith('gleaner-source-')) ?? '';
    for (const { path, bytes } of await unzipped(first.files.get(source) ?? new Uint8Array())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    // Its packages are not there, so it installs them, as a reviewer would.
    const third = packaged(folder);
    const same = first.sums === second.sums && first.sums === third.sums;
    for (const [name, sums] of Object.entries({ again: second.sums, 'from the source': third.sums }))
      console.log(`${name}: ${sums === first.sums ? 'the same bytes' : `OTHER BYTES\n${sums}`}`);
    if (!same) console.log(`at first:\n${first.sums}`);
    for (const [name, bytes] of third.files) await tellDifferences(name, first.files.get(name), bytes);
    return same ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packaged(root: string): { sums: string; files: Map<string, Uint8Array> } {
  const { status } = spawnSync(process.execPath, ['scripts/run.mjs', 'package'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`packaging in ${root} failed`);
  const out = join(root, 'dist/packages');
  const names = readdirSync(out).filter(name => name.startsWith('gleaner-'));
  const files = new Map(names.map(name => [name, new Uint8Array(readFileSync(join(out, name)))]));
  return { sums: readFileSync(join(out, 'SHA256SUMS'), 'utf8'), files };
}

/** Which files of a package are others, so that the cause can be looked for. */
async function tellDifferences(name: string, first: Uint8Array | undefined, other: Uint8Array): Promise<void> {
  if (first === undefined || Buffer.compare(first, other) === 0) return;
  const before = new Map((await unzipped(first)).map(({ path, bytes }) => [path, bytes]));
  const after = new Map((await unzipped(other)).map(({ path, bytes }) => [path, bytes]));
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [one, two] = [before.get(path), after.get(path)];
    if (!one || !two || Buffer.compare(one, two) !== 0) console.log(`${name}: ${path} differs`);
  }
}
