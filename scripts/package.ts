// `npm run package [-- --tag vVERSION]`: both extensions, their source, checksums and what the stores ask, in dist/packages.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BUILD_TARGETS, buildExtension, distFolder } from './build/build-extension';
import { exitWith } from './exit-with';
import { changesOf } from './package/changelog';
import { checksums } from './package/checksums';
import { lint } from './package/lint';
import { sourceFiles, uncommitted } from './package/source-files';
import { chromeForm, STORE_LANGUAGES, storeFaults } from './package/store-texts';
import { versionOf } from './package/version';
import { filesOf, type PackedFile, zipped } from './package/zip';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist/packages');

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { tag: { type: 'string' } } });
  const version = versionOf(ROOT, values.tag);
  const faults = storeFaults(ROOT);
  if (faults.length > 0) throw new Error(`store/ is not as the stores take it: ${faults.join('; ')}`);
  const changed = uncommitted(ROOT);
  if (changed.length > 0) console.log(`These packages hold changes that are not committed:\n${changed.join('\n')}`);

  // Weights that a user had packed are theirs, and would make a package of its own.
  for (const target of BUILD_TARGETS) await buildExtension(target, { packed: false });
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const packages: PackedFile[] = [
    { path: `gleaner-chrome-${version}.zip`, bytes: await zipped(filesOf(distFolder('chrome'))) },
    { path: `gleaner-firefox-${version}.xpi`, bytes: await zipped(filesOf(distFolder('firefox'))) },
    { path: `gleaner-source-${version}.zip`, bytes: await zipped(filesOf(ROOT, sourceFiles(ROOT))) },
  ];
  for (const { path, bytes } of packages) writeFileSync(join(OUT, path), bytes);
  writeFileSync(join(OUT, 'SHA256SUMS'), checksums(packages));
  writeStoreFolder(values.tag === undefined ? 'Unreleased' : version);

  const { open, reasoned, scannedBytes } = lint(join(OUT, `gleaner-firefox-${version}.xpi`));
  console.log(`addons-linter read ${scannedBytes} bytes: ${open.length} findings, ${reasoned.length} with a reason.`);
  for (const line of [...open, ...reasoned]) console.log(line);
  for (const { path, bytes } of packages) console.log(`${(bytes.length / 1e6).toFixed(2).padStart(7)} MB  ${path}`);
  console.log(`Everything is in ${OUT}.`);
  return open.length === 0 ? 0 : 1;
}

/** @param section  of the changelog: a version has its own from its release on */
function writeStoreFolder(section: string): void {
  const folder = join(OUT, 'store');
  for (const part of [...STORE_LANGUAGES, 'reviewers.txt', 'tile.png'])
    cpSync(join(ROOT, 'store', part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'chrome-form.txt'), chromeForm(ROOT));
  const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
  writeFileSync(join(folder, 'changes.md'), `${changesOf(changelog, section)}\n`);
}
