// The bootstrap behind every npm script: checks Node, installs the packages when they are missing or stale, runs the task.
// It needs nothing installed, and its syntax is old enough for an old Node to reach the message.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stalePackage } from './stale-packages.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** The first Node of the oldest line that Vite runs on. */
const NODE_NEEDED = [20, 19];

const task = process.argv[2];
const script = join('scripts', `${task}.ts`);
if (!isNewEnough(process.versions.node)) {
  fail(`Node ${NODE_NEEDED.join('.')} or newer is needed; this is ${process.versions.node}. See https://nodejs.org`);
}
if (!task || !/^[a-z-]+$/.test(task) || !existsSync(join(ROOT, script))) {
  fail(`There is no task "${task}". Use npm run demo, npm test or npm run build.`);
}

const stale = stalePackage(ROOT);
if (stale !== undefined) {
  console.log(`Installing the packages (${stale}) …`);
  // When npm started this script it says where it is, which spares looking for npm.cmd on Windows.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const status = npm?.endsWith('.js')
    ? run(process.execPath, [npm].concat(args))
    : run('npm', args, process.platform === 'win32');
  if (status !== 0) fail('npm ci failed: its own message stands above. A network is needed for this step, once.');
}
process.exit(run(process.execPath, ['--import', 'tsx', script].concat(process.argv.slice(3))));

function run(command, args, shell) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: shell === true });
  if (error) fail(`${command}: ${error.message}`);
  // No status means that a signal ended it, such as Ctrl-C.
  return status === null ? 130 : status;
}

function isNewEnough(version) {
  const parts = version.split('.').map(Number);
  return parts[0] > NODE_NEEDED[0] || (parts[0] === NODE_NEEDED[0] && parts[1] >= NODE_NEEDED[1]);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
