// The Python of the interop test: an environment of its own with pinned clients, made once under .cache.
import { type ExecFileOptions, execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { INTEROP_CACHE, Skip } from './check';

const HERE = import.meta.dirname;
const VENV = join(INTEROP_CACHE, 'venv');
const BIN = join(VENV, process.platform === 'win32' ? 'Scripts' : 'bin');
const REQUIREMENTS = readFileSync(join(HERE, 'requirements.txt'), 'utf8');
/** Packages are installed one client at a time, so that one that cannot be had takes no other with it. */
const CLIENTS = {
  keras: ['tensorflow-cpu', 'tensorflow', 'keras', 'h5py', 'Pillow'],
  torchvision: ['torch', 'torchvision', 'Pillow'],
  datasets: ['datasets', 'Pillow'],
  mlcroissant: ['mlcroissant'],
  onnxruntime: ['onnxruntime', 'Pillow'],
  litert: ['ai-edge-litert', 'Pillow'],
  mediapipe: ['mediapipe'],
  img2dataset: ['img2dataset'],
} as const;
export type PythonClient = keyof typeof CLIENTS;

/** The folder of the environment's programs, for a client with a command of its own. */
export const PYTHON_BIN = BIN;

/** Makes the environment and installs the client where that is still to do. Throws `Skip` with the reason it cannot. */
export function needPython(client: PythonClient): void {
  makeEnvironment();
  const lines = REQUIREMENTS.split('\n').filter(line => CLIENTS[client].some(name => line.startsWith(`${name}==`)));
  const wanted = createHash('sha256').update(lines.join('\n')).digest('hex');
  const stamp = join(VENV, `${client}.installed`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`Installing ${lines.map(line => line.split(';')[0]).join(' ')} …`);
  const list = join(VENV, `${client}.txt`);
  writeFileSync(list, lines.join('\n'));
  const { status, stderr } = spawnSync(python(), ['-m', 'pip', 'install', '--quiet', '-r', list], { encoding: 'utf8' });
  if (status !== 0) throw new Skip(`${client} cannot be installed: ${lastLine(stderr)}`);
  writeFileSync(stamp, wanted);
}

/** Runs a script of `clients/` and reads the JSON it prints last. Rejects with the end of what it complained of. */
export async function runPython<T>(script: string, args: string[]): Promise<T> {
  const { stdout } = await runProgram(python(), [join(HERE, 'clients', script), ...args], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '', HF_HUB_OFFLINE: '1' },
  });
  const printed = lastLine(stdout);
  return (printed === '' ? undefined : JSON.parse(printed)) as T;
}

/** Runs a program while this one goes on serving the demo's web. */
export async function runProgram(
  program: string,
  args: string[],
  options: ExecFileOptions,
): Promise<{ stdout: string }> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1 << 28, ...options });
    return { stdout: String(stdout) };
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const end = (stderr ?? message).trim().split('\n').slice(-6).join('\n');
    throw new Error(`${program} ${args[0]}: ${end}`);
  }
}

function makeEnvironment(): void {
  if (existsSync(join(VENV, 'ready'))) return;
  const name = ['python3', 'python'].find(
    one => spawnSync(one, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))']).status === 0,
  );
  if (name === undefined) throw new Skip('there is no Python 3.10 or newer with its venv module');
  mkdirSync(INTEROP_CACHE, { recursive: true });
  rmSync(VENV, { recursive: true, force: true });
  const { status, stderr } = spawnSync(name, ['-m', 'venv', VENV], { encoding: 'utf8' });
  if (status !== 0) throw new Skip(`Python cannot make an environment: ${lastLine(stderr)}`);
  writeFileSync(join(VENV, 'ready'), '');
}

function python(): string {
  return join(BIN, process.platform === 'win32' ? 'python.exe' : 'python');
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
