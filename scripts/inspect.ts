// `npm run inspect -- FILE|DIR [--address URL]`: what the app would make of it, as JSON, by its own functions and without a browser.
import { resolve } from 'node:path';
import { exitWith } from './exit-with';
import { inspect } from './inspect/inspect';

const USAGE = 'npm run inspect -- FILE|DIR [--address URL]   (the address where a saved page stood)';

exitWith(main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  const at = args.indexOf('--address');
  const address = at < 0 ? undefined : args[at + 1];
  const paths = args.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  const [path] = paths;
  if (path === undefined || paths.length > 1 || (at >= 0 && address === undefined)) {
    console.error(USAGE);
    return 2;
  }
  process.stdout.write(
    `${JSON.stringify(await inspect(resolve(process.env.INIT_CWD ?? '.', path), address), null, 2)}\n`,
  );
  return 0;
}
