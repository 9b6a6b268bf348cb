// The release before this one, built from git's history on the spot, with its own tools.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildTarget } from '../build/build-extension';
import { stalePackage } from '../stale-packages.mjs';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, '.cache/previous');

/** What stands for the release before while no version has a tag: the last commit whose database was of version 3. */
const BEFORE_ALL_TAGS = '6eee62c6518f9a81da19ef927bdbbd0f09bc0944';

export interface PreviousRelease {
  /** The tag, or the commit. */
  name: string;
  /** Its whole source, in which its own harness lies. */
  source: string;
  /** Its build for the browser. */
  extension: string;
}

/** The newest tag of a version that is not this very commit. */
export function previousName(): string {
  const here = git(['tag', '--points-at', 'HEAD']).split('\n');
  const tags = git(['tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname']).split('\n').filter(Boolean);
  return tags.find(tag => !here.includes(tag)) ?? BEFORE_ALL_TAGS;
}

/** Builds it, or finds what an earlier run built. Needs the history, and a network where its packages were others. */
export function previousRelease(name: string, target: BuildTarget, say: (line: string) => void): PreviousRelease {
  const commit = git(['rev-parse', '--verify', `${name}^{commit}`]);
  const source = join(CACHE, commit);
  if (!existsSync(source)) unpack(commit, source);
  const extension = join(source, 'dist', target);
  if (!existsSync(join(extension, 'manifest.json'))) {
    say(`Building ${name} for ${target} …`);
    lendPackages(source);
    const { status } = spawnSync(process.execPath, ['scripts/run.mjs', 'build', '--mode', target], {
      cwd: source,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${name} could not be built`);
  }
  return { name, source, extension };
}

/** Its packages are those of this version where all it asks for is among them; else its own build installs its own. */
function lendPackages(source: string): void {
  const modules = join(source, 'node_modules');
  if (existsSync(modules)) return;
  symlinkSync(join(ROOT, 'node_modules'), modules, 'dir');
  // An installation would go through the link, and empty this version's folder.
  if (stalePackage(source) !== undefined) unlinkSync(modules);
}

/** The folder stands there only when it is whole. */
function unpack(commit: string, folder: string): void {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const archive = spawnSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
  const { status } = spawnSync('tar', ['-x', '-C', part], { input: archive.stdout });
  if (archive.status !== 0 || status !== 0) throw new Error(`${commit} could not be unpacked: ${archive.stderr}`);
  renameSync(part, folder);
}

function git(args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]} failed, and the release before lies in git's history: ${stderr}`);
  return stdout.trim();
}
