// Packages from npm that only this test needs, in a folder of their own beside the Python environment.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { INTEROP_CACHE, Skip } from './check';

const FOLDER = join(INTEROP_CACHE, 'npm');
/** The last version of Teachable Machine's loader with the tfjs it is made for, LiteRT.js, and the resizer of the reference images. */
const PACKAGES = {
  '@teachablemachine/image': '0.8.5',
  '@tensorflow/tfjs': '1.3.1',
  '@litertjs/core': '2.5.3',
  sharp: '0.35.5',
};

/** Installs them where that is still to do. Throws `Skip` when the registry cannot be reached. */
export function needPackages(): void {
  const manifest = JSON.stringify({ private: true, dependencies: PACKAGES });
  const path = join(FOLDER, 'package.json');
  if (existsSync(path) && readFileSync(path, 'utf8') === manifest && existsSync(join(FOLDER, 'installed'))) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, manifest);
  const options = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, stderr } = spawnSync(npm, options, { cwd: FOLDER, encoding: 'utf8', shell: npm.endsWith('.cmd') });
  if (status !== 0) throw new Skip(`npm cannot install them: ${stderr?.trim().split('\n').at(-1)}`);
  writeFileSync(join(FOLDER, 'installed'), '');
}

export function npmFile(path: string): Buffer {
  return readFileSync(join(FOLDER, 'node_modules', path));
}

interface Sharp {
  resize(width: number, height: number, options: { fit: 'fill' }): Sharp;
  removeAlpha(): Sharp;
  png(): Sharp;
  toBuffer(): Promise<Buffer>;
}

/** The image squashed to a square, as PNG. */
export async function squash(bytes: Buffer, side: number): Promise<Buffer> {
  const sharp = createRequire(join(FOLDER, 'package.json'))('sharp') as (bytes: Buffer) => Sharp;
  return sharp(bytes).resize(side, side, { fit: 'fill' }).removeAlpha().png().toBuffer();
}
