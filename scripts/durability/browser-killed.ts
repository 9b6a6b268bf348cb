// Row 5: the whole browser is killed in the middle of its writes. What was seen stored stays, and the rest still comes.
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../harness/pictures/random';
import type { Walk } from '../../harness/walk';
import { audit, storedAddresses } from '../soak/audit';
import { queueUp } from '../soak/queue-up';
import { soakAddress } from '../soak/soak';
import { allDone, type DurabilityRow, expectSame } from './stage';

const ROUNDS = 4;
const IMAGES = 300;

export const browserKilled: DurabilityRow = async ({ start, say }) => {
  const random = seededRandom(5);
  const offered: string[] = [];
  let walk = await start();
  for (let round = 1; round <= ROUNDS; round++) {
    const addresses = Array.from({ length: IMAGES }, (_, i) => soakAddress(round * IMAGES + i));
    offered.push(...addresses);
    await queueUp(
      walk.app,
      `round ${round}`,
      addresses.map(url => ({ url })),
    );
    await pause(random.between(1500, 5000));
    const seen = await storedAddresses(walk.app);
    await killBrowser(walk);
    walk = await start();
    const kept = new Set(await storedAddresses(walk.app));
    const lost = seen.filter(address => !kept.has(address));
    say(`Round ${round}: ${seen.length} seen stored before the kill, ${lost.length} of them lost.`);
    expectSame('Lost in a kill', lost, []);
  }
  await allDone(walk);
  const { stored, lost, duplicated } = await audit(walk.app, offered);
  await walk.close();
  expectSame('In the end', { stored, lost, duplicated }, { stored: offered.length, lost: 0, duplicated: 0 });
  return undefined;
};

/** All processes of the browser at once, with no chance to write anything. */
async function killBrowser(walk: Walk): Promise<void> {
  const pid = walk.app.browser().process()?.pid;
  if (pid === undefined) throw new Error('the browser has no process of its own');
  // Puppeteer makes the browser the leader of a process group where the system has such.
  if (process.platform === 'win32') process.kill(pid, 'SIGKILL');
  else process.kill(-pid, 'SIGKILL');
  await walk.driver.closed;
  await walk.site.close();
}
