// `npm test`: format and lint, types, unit tests, both builds, and the end-to-end tests in both browsers, in this order.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { BUILD_TARGETS, buildExtension } from './build-extension';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules');

/** Each part is a program of node_modules run by this Node. */
const CHECKS: [string, string[]][] = [
  ['format and lint', ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  ['types', ['typescript/bin/tsc', '--noEmit', '-p', '.']],
  ['types of the pipeline, without the DOM', ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.pipeline.json']],
  ['unit tests', ['vitest/vitest.mjs', 'run', '--project', 'unit']],
];
const E2E: [string, string[]] = ['end to end', ['vitest/vitest.mjs', 'run', '--project', 'e2e']];

const results: { name: string; passed: boolean; seconds: number }[] = [];
for (const [name, command] of CHECKS) await part(name, async () => run(command));
const built = await part('build for both browsers', async () => {
  for (const target of BUILD_TARGETS) await buildExtension(target);
  return true;
});
// Without a build there is nothing to drive; that is a failure of its own, not a skip.
await part(E2E[0], async () => built && run(E2E[1]));

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

function run([program, ...args]: string[]): boolean {
  return spawnSync(process.execPath, [join(BIN, program ?? ''), ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}
