// `npm run soak -- --images 10000 --kill-every 5`: a long run with a background that is killed all the time, also by images; 1 on any loss.
import { parseArgs } from 'node:util';
import { BROWSER_NAMES } from '../harness/browsers/driver';
import { grantAccess } from '../harness/steps/harvest-steps';
import { walkOnce } from '../harness/walk';
import { buildExtension, TARGET_OF } from './build/build-extension';
import { exitWith } from './exit-with';
import { addSoakHosts, POISON_ASKED, REFETCHED_PER_KILL, type SoakResult, soak } from './soak/soak';

const USAGE =
  'npm run soak -- [--images 10000] [--kill-every 5 (seconds)] [--poison 50 (one in so many; 0: none)] [--browser chromium|firefox] [--minutes 30 (at most)]';

exitWith(main());

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string', default: '10000' },
      'kill-every': { type: 'string', default: '5' },
      poison: { type: 'string', default: '50' },
      browser: { type: 'string', default: 'chromium' },
      minutes: { type: 'string', default: '30' },
    },
  });
  const [images, killEvery, minutes, poison] = [values.images, values['kill-every'], values.minutes, values.poison].map(
    Number,
  );
  const browser = BROWSER_NAMES.find(name => name === values.browser);
  const positive = [images, killEvery, minutes].every(value => Number(value) > 0);
  if (!browser || !positive || !(Number(poison) >= 0)) {
    console.error(USAGE);
    return 2;
  }
  console.log(`Building the extension for ${browser} …`);
  await buildExtension(TARGET_OF[browser]);
  const result = await walkOnce({ browser, say: console.log, alterHosts: addSoakHosts }, async walk => {
    await grantAccess(walk);
    const timeoutMs = Number(minutes) * 60_000;
    const killWhen = (seconds: number) => seconds >= Number(killEvery);
    return soak(walk, { images: Number(images), poisonEvery: poison || undefined, killWhen, timeoutMs });
  });
  return verdict(result);
}

function verdict(result: SoakResult): number {
  const { images, poisonous, kills, stored, queued, rejected, lost, duplicated, refetched, seconds, memory } = result;
  const { refusedPoison, poisonAsked } = result;
  const most = kills * REFETCHED_PER_KILL;
  console.log(`images      ${images} in ${seconds.toFixed(0)} s (${(images / seconds).toFixed(1)} a second)`);
  console.log(`kills       ${kills}`);
  console.log(`stored      ${stored}${queued > 0 ? `, ${queued} still queued` : ''}`);
  console.log(`rejected    ${JSON.stringify(rejected)}`);
  console.log(`lost        ${lost}`);
  console.log(`duplicated  ${duplicated}`);
  if (poisonous > 0)
    console.log(
      `poisonous   ${poisonous}, ${refusedPoison} refused; one was asked for ${poisonAsked} times at most (${POISON_ASKED} allowed)`,
    );
  console.log(`refetched   ${refetched} (at most ${most} allowed)`);
  const [start, middle, end] = memory;
  console.log(
    memory.length === 3
      ? `memory      ${start} MB at start, ${middle} MB half-way, ${end} MB at the end (all processes)`
      : 'memory      cannot be measured here',
  );
  const poisonEnded = refusedPoison === poisonous && poisonAsked <= POISON_ASKED;
  return lost === 0 && duplicated === 0 && refetched <= most && poisonEnded ? 0 : 1;
}
