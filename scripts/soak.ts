// `npm run soak -- --images 10000 --kill-every 5`: a long run with a background that is killed all the time; 1 on any loss.
import { parseArgs } from 'node:util';
import { BROWSER_NAMES } from './browsers/driver';
import { buildExtension, TARGET_OF } from './build-extension';
import { grantAccess } from './demo/harvest-steps';
import { walkOnce } from './demo/walk';
import { exitWith } from './exit-with';
import { addSoakHosts, REFETCHED_PER_KILL, type SoakResult, soak } from './soak/soak';

const USAGE =
  'npm run soak -- [--images 10000] [--kill-every 5 (seconds)] [--browser chromium|firefox] [--minutes 30 (at most)]';

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string', default: '10000' },
      'kill-every': { type: 'string', default: '5' },
      browser: { type: 'string', default: 'chromium' },
      minutes: { type: 'string', default: '30' },
    },
  });
  const [images, killEvery, minutes] = [values.images, values['kill-every'], values.minutes].map(Number);
  const browser = BROWSER_NAMES.find(name => name === values.browser);
  if (!browser || !(Number(images) >= 1) || !(Number(killEvery) > 0) || !(Number(minutes) > 0)) {
    console.error(USAGE);
    return 2;
  }
  console.log(`Building the extension for ${browser} …`);
  await buildExtension(TARGET_OF[browser]);
  const result = await walkOnce({ browser, say: console.log, alterHosts: addSoakHosts }, async walk => {
    await grantAccess(walk);
    const timeoutMs = Number(minutes) * 60_000;
    const killWhen = (seconds: number) => seconds >= Number(killEvery);
    return soak(walk, { images: Number(images), killWhen, timeoutMs });
  });
  return verdict(result);
}

function verdict(result: SoakResult): number {
  const { images, kills, stored, queued, rejected, lost, duplicated, refetched, seconds, memory } = result;
  const most = kills * REFETCHED_PER_KILL;
  console.log(`images      ${images} in ${seconds.toFixed(0)} s (${(images / seconds).toFixed(1)} a second)`);
  console.log(`kills       ${kills}`);
  console.log(`stored      ${stored}${queued > 0 ? `, ${queued} still queued` : ''}`);
  console.log(`rejected    ${JSON.stringify(rejected)}`);
  console.log(`lost        ${lost}`);
  console.log(`duplicated  ${duplicated}`);
  console.log(`refetched   ${refetched} (at most ${most} allowed)`);
  const [start, middle, end] = memory;
  console.log(
    memory.length === 3
      ? `memory      ${start} MB at start, ${middle} MB half-way, ${end} MB at the end (all processes)`
      : 'memory      cannot be measured here',
  );
  return lost === 0 && duplicated === 0 && refetched <= most ? 0 : 1;
}
