// What `npm run package` is made of; that its bytes are the same each time is shown on the whole by `npm run test:package`.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licenceText } from '../../scripts/build/licences';
import { changesOf } from '../../scripts/package/changelog';
import { checksums } from '../../scripts/package/checksums';
import { sourceFiles } from '../../scripts/package/source-files';
import { unzipped } from '../../scripts/package/unzip';
import { versionOf } from '../../scripts/package/version';
import { filesOf, zipped } from '../../scripts/package/zip';
import { ROOT } from '../sources';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gleaner-package-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a package', () => {
  it('has the same bytes whenever and in whatever order its files were written', async () => {
    write('b/ü.txt', 'second');
    write('a.txt', 'first');
    const once = await zipped(filesOf(folder));
    for (const name of ['a.txt', 'b/ü.txt']) utimesSync(join(folder, name), 0, 86_400);
    expect(await zipped(filesOf(folder))).toEqual(once);
    expect(await zipped([...filesOf(folder)].reverse())).toEqual(once);
    // Bytes that were noted down: a new version of the compressor would make other packages of the same source.
    expect(createHash('sha256').update(once).digest('hex')).toMatchInlineSnapshot(
      `"790515ac3c51f7d8a9665cae4d1ae34b62b893bfda48220ec46bd74d5d10ba00"`,
    );
  });

  it('holds what the folder holds, under names with slashes', async () => {
    write('b/c/d.txt', 'deep');
    write('a.txt', 'x'.repeat(10_000));
    const packed = await zipped(filesOf(folder));
    expect(packed.length).toBeLessThan(1000);
    const read = await unzipped(packed);
    expect(read.map(({ path }) => path)).toEqual(['a.txt', 'b/c/d.txt']);
    expect(new TextDecoder().decode(read[1]?.bytes)).toBe('deep');
  });

  it('refuses two files of one name', () => {
    const file = { path: 'a', bytes: bytes('1') };
    expect(() => zipped([file, file])).toThrow('two files of one name');
  });

  it('is listed as sha256sum reads it', () => {
    expect(checksums([{ path: 'a.zip', bytes: bytes('abc') }])).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.zip\n',
    );
  });
});

describe('the source', () => {
  it('is what git follows', () => {
    const files = sourceFiles(ROOT);
    expect(files).toEqual(expect.arrayContaining(['package-lock.json', 'src/contract/head.ts', 'scripts/run.mjs']));
    expect(files.filter(path => path.startsWith('node_modules/') || path.startsWith('dist/'))).toEqual([]);
  });

  it('is, once unpacked, all that git would not ignore', () => {
    writeFileSync(join(folder, '.gitignore'), readFileSync(join(ROOT, '.gitignore')));
    for (const path of ['src/a.ts', 'node_modules/x/index.js', 'dist/chrome/a.js', 'a.tsbuildinfo', '.cache/b'])
      write(path, '');
    expect(sourceFiles(folder).sort()).toEqual(['.gitignore', 'src/a.ts']);
    write('.gitignore', '!odd/**/line');
    expect(() => sourceFiles(folder)).toThrow('!odd/**/line');
  });
});

describe('the version', () => {
  const places = (manifest: string, lock = '1.2.3', main = '1.2.3') => {
    write('package.json', JSON.stringify({ version: main }));
    write('package-lock.json', JSON.stringify({ version: lock, packages: { '': { version: lock } } }));
    write('manifest.json', JSON.stringify({ version: manifest }));
  };

  it('is one in every place of this project', () => expect(versionOf(ROOT)).toMatch(/^\d+\.\d+\.\d+$/));

  it('must be one in every place, the tag among them', () => {
    places('1.2.3');
    expect(versionOf(folder, 'v1.2.3')).toBe('1.2.3');
    expect(() => versionOf(folder, 'v1.2.4')).toThrow('the tag says 1.2.4');
    places('1.2.2');
    expect(() => versionOf(folder)).toThrow('manifest.json says 1.2.2');
    places('1.2.3', '1.2.1');
    expect(() => versionOf(folder)).toThrow('package-lock.json says 1.2.1');
    places('1.2.3-beta', '1.2.3-beta', '1.2.3-beta');
    expect(() => versionOf(folder)).toThrow('no version of three numbers');
  });
});

describe('the changelog', () => {
  const text =
    '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\n### Added\n\n- One.\n\n## [1.0.0] - 2026-01-01\n\n- Old.\n\n[1.0.0]: https://a.example\n';

  it('gives the section of a version, and no other', () => {
    expect(changesOf(text, '1.1.0')).toBe('### Added\n\n- One.');
    expect(changesOf(text, '1.0.0')).toBe('- Old.');
    expect(() => changesOf(text, 'Unreleased')).toThrow('says nothing of Unreleased');
    expect(() => changesOf(text, '1.2.0')).toThrow('has no section ## [1.2.0]');
  });

  it('of this project says what is new', () => {
    expect(changesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), 'Unreleased')).toContain('### Added');
  });
});

it('the workflow of a release runs actions of fixed commits, and writes nowhere but in the release', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8');
  const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(actions.length).toBeGreaterThan(2);
  for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
  expect(workflow).toMatch(/^permissions: \{\}$/m);
  expect(workflow.match(/: write/g)).toEqual([': write']);
});

it('the licences in the package are those of what runs in it', () => {
  const text = licenceText(ROOT);
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(text).not.toMatch(/^vitest \d/m);
  expect(text.split('-'.repeat(80)).filter(part => part.trim().split('\n').length < 3)).toEqual([]);
});
