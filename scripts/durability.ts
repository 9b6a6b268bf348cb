// `npm run durability [-- rows]`: what no unit test can do to a browser: kill it, fill its disk, damage its files.
import { buildExtension } from './build/build-extension';
import { browserKilled } from './durability/browser-killed';
import { damagedDatabase } from './durability/damaged-database';
import { diskFull } from './durability/disk-full';
import { lostFiles } from './durability/lost-files';
import { type DurabilityRow, onStage } from './durability/stage';
import { exitWith } from './exit-with';

const ROWS: Record<string, DurabilityRow> = {
  'browser-killed': browserKilled,
  'disk-full': diskFull,
  'lost-files': lostFiles,
  'damaged-database': damagedDatabase,
};

exitWith(main());

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter(name => !(name in ROWS));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}. Rows: ${Object.keys(ROWS).join(', ')}; none means all.`);
    return 2;
  }
  console.log('Building the extension for chromium …');
  await buildExtension('chrome');
  let failed = 0;
  for (const [name, row] of Object.entries(ROWS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const say = (line: string) => console.log(`${name}: ${line}`);
    try {
      const cannot = await onStage(row, say);
      say(cannot === undefined ? 'passed' : `skipped, because ${cannot}`);
    } catch (error) {
      failed++;
      say(`FAILED. ${error instanceof Error ? error.message : error}`);
    }
  }
  return failed === 0 ? 0 : 1;
}
