// `npm run bench -- NAME [options]`: runs one measurement of scripts/bench/; every figure is also a ratio of the same run.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A measurement prints its table, writes JSON with `--out FILE`, and gives the exit code. */
interface Bench {
  run(args: string[]): Promise<number>;
}

const FOLDER = join(import.meta.dirname, 'bench');
const [name = '', ...args] = process.argv.slice(2);
const names = readdirSync(FOLDER)
  .filter(file => file.endsWith('.ts'))
  .map(file => file.slice(0, -'.ts'.length))
  .sort();
if (!names.includes(name) || !existsSync(join(FOLDER, `${name}.ts`))) {
  console.error(`npm run bench -- NAME [options], where NAME is one of ${names.join(', ')}.`);
  process.exit(2);
}
const bench = (await import(`./bench/${name}.ts`)) as Bench;
process.exit(await bench.run(args));
