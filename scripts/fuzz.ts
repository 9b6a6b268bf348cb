// `npm run fuzz`: gives every reader of foreign text and bytes altered inputs for some minutes; 1 when one of them is at fault.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exitWith } from './exit-with';
import { judge } from './fuzz/judge';
import type { Input } from './fuzz/target';
import { targets } from './fuzz/targets';
import { Watched } from './fuzz/watch';

const USAGE =
  'npm run fuzz -- [--minutes 5] [--seed 1] [--only NAME (or the beginning of one)] [--input FILE (with --only: runs it once)]';
const FOLDER = join(import.meta.dirname, '../.cache/fuzz');

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      input: { type: 'string' },
    },
  });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  const chosen = targets.filter(({ name }) => name === values.only);
  const some = chosen.length > 0 ? chosen : targets.filter(({ name }) => name.startsWith(values.only));
  if (!(minutes > 0) || !Number.isInteger(seed) || some.length === 0) {
    console.error(USAGE);
    return 2;
  }
  if (values.input !== undefined) return once(some[0]!.name, values.input);
  const watched = new Watched();
  let faults = 0;
  for (const [i, { name }] of some.entries()) {
    const report = await watched.run({ name, seed: seed + i, ms: (minutes * 60_000) / some.length });
    faults += report.faults.length;
    const verdict = report.faults.length > 0 ? `FAULTS ${report.faults.length}` : 'sound';
    console.log(
      `${name.padEnd(24)}${String(report.runs).padStart(8)} runs  slowest ${report.slowest.toFixed(0).padStart(6)} ms  ${verdict}`,
    );
    for (const { what, input } of report.faults)
      console.log(`  ${what}\n  npm run fuzz -- --only ${name} --input ${kept(name, input)}`);
  }
  await watched.close();
  console.log(`${some.length} readers, ${faults} faults (seed ${seed})`);
  return faults > 0 ? 1 : 0;
}

/** Writes an input to a file, so that it can be given to the reader again. Text is kept as UTF-16: it may hold half a pair. */
function kept(name: string, input: Input): string {
  mkdirSync(FOLDER, { recursive: true });
  const data = typeof input === 'string' ? Buffer.from(input, 'utf16le') : input;
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 12);
  const path = join(FOLDER, `${name.replaceAll(':', '-')}-${hash}.${typeof input === 'string' ? 'utf16' : 'bin'}`);
  writeFileSync(path, data);
  return path;
}

async function once(name: string, path: string): Promise<number> {
  const target = targets.find(each => each.name === name)!;
  const data = readFileSync(path);
  const outcome = await judge(target, target.kind === 'text' ? data.toString('utf16le') : Uint8Array.from(data));
  console.log(`${outcome.ms.toFixed(0)} ms  ${outcome.fault ?? 'sound'}`);
  return outcome.fault === undefined ? 0 : 1;
}
