// `npm test`: format and lint, types, unit tests, both builds, and the end-to-end tests in both browsers, in this order. `npm run
// check` ends before the builds.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD_TARGETS, buildExtension } from './build/build-extension';
import { failedTests } from './failed-tests';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules');

/** A program of node_modules, run by this Node, and what it is told. */
type Command = [string, string[]];

const CHECKS: [string, Command][] = [
  ['format and lint', ['@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']]],
  ['types', ['typescript/bin/tsc', ['--noEmit', '-p', '.']]],
  ['types of the pipeline, without the DOM', ['typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.pipeline.json']]],
];
const reports = mkdtempSync(join(tmpdir(), 'gleaner-tests-'));
const failures: string[] = [];

const results: { name: string; passed: boolean; seconds: number }[] = [];
for (const [name, command] of CHECKS) await part(name, async () => run(command));
await part('unit tests', async () => vitest('unit'));
if (!process.argv.includes('--without-browsers')) {
  const built = await part('build for both browsers', async () => {
    for (const target of BUILD_TARGETS) await buildExtension(target);
    return true;
  });
  // Without a build there is nothing to drive; that is a failure of its own, not a skip.
  await part('end to end', async () => built && vitest('e2e'));
}
rmSync(reports, { recursive: true });

for (const failure of failures) console.log(`FAILED  ${failure}`);
const passed = results.filter(result => result.passed).length;
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? 'passed' : 'FAILED'}  ${seconds.toFixed(0).padStart(4)} s  ${name}`);
}
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exit(passed === results.length ? 0 : 1);

async function part(name: string, work: () => Promise<boolean>): Promise<boolean> {
  console.log(`\n== ${name}`);
  const start = Date.now();
  const passed = await work().catch(error => {
    console.error(error);
    return false;
  });
  results.push({ name, passed, seconds: (Date.now() - start) / 1000 });
  return passed;
}

function vitest(project: string): boolean {
  const report = join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = run(['vitest/vitest.mjs', ['run', '--project', project, ...reporters]]);
  if (!passed) failures.push(...failedTests(report));
  return passed;
}

function run([program, args]: Command): boolean {
  return spawnSync(process.execPath, [join(BIN, program), ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}
