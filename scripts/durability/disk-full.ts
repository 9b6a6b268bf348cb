// Row 11: the disk is full for real. The queue pauses and says so, nothing stored is harmed, and it goes on with space.
import { spawnSync } from 'node:child_process';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot } from '../../harness/browsers/profile';
import { wordsOf } from '../../harness/browsers/words';
import { waitFor } from '../../harness/wait';
import { show } from '../../harness/walk';
import { audit, stillQueued, storedAddresses } from '../soak/audit';
import { queueUp, wakeQueue } from '../soak/queue-up';
import { largeSoakAddress } from '../soak/soak';
import { allDone, type DurabilityRow, expectSame } from './stage';

const IMAGES = 300;
/** The profile of a browser that has done nothing takes some tens of megabytes; the images take 300, and 500 stay free. */
const ROOMY = '1200m';
/** Stored before the disk is full, and what is then left of it, in bytes. */
const SOME = 60;
const LEFT = 2 * 1024 * 1024;

export const diskFull: DurabilityRow = async ({ start, say }) => {
  if (process.platform !== 'linux' || !isRoot()) return 'a disk of a chosen size needs Linux and its root user';
  const disk = join(tmpdir(), `gleaner-small-disk-${process.pid}`);
  await mkdir(disk);
  try {
    if (!mount('-t', 'tmpfs', '-o', `size=${ROOMY}`, 'tmpfs', disk)) return 'this system lets nobody mount a tmpfs';
    const offered = Array.from({ length: IMAGES }, (_, i) => largeSoakAddress(i));
    const walk = await start(join(disk, 'profile'));
    await queueUp(
      walk.app,
      'full',
      offered.map(url => ({ url })),
    );
    await show(walk, 'dataset');
    const some = async () => ((await storedAddresses(walk.app)).length >= SOME ? true : undefined);
    await waitFor('the first pictures', some, 120_000);
    // Filled by others, between two looks of the queue at how much is left: what it writes next finds no room.
    const { blocks, bfree, bsize } = await statfs(disk);
    if (!mount('-o', `remount,size=${(blocks - bfree) * bsize + LEFT}`, disk)) return 'this system cannot fill a disk';
    let seen: string[] = [];
    const words = await waitFor(
      'a word about the full disk',
      async () => {
        // Where nothing at all can be written, Chromium cannot even open the database.
        seen = await storedAddresses(walk.app).catch(() => seen);
        return /The disk is full[^.]*\. Free up some space[^.]*\./.exec(await wordsOf(walk.app))?.[0];
      },
      180_000,
      async () => `${seen.length} stored. ${await walk.app.$eval('main', main => main.textContent ?? '')}`,
    );
    say(`${words} ${seen.length} were stored by then.`);
    if (seen.length === IMAGES) throw new Error('everything found room: the disk was not full');
    const full = await audit(walk.app, offered).catch(() => undefined);
    if (full === undefined) say('The browser cannot open the database on this disk.');
    else {
      say(`${full.stored} stored, ${full.queued} wait, ${JSON.stringify(full.rejected)} rejected.`);
      expectSame('Rejected on a full disk', full.rejected, {});
      expectSame('Readable on a full disk', IMAGES - full.lost, full.stored);
    }

    if (!mount('-o', `remount,size=${ROOMY}`, disk)) throw new Error('the disk could not be made larger');
    await waitFor(
      'the database to open again',
      async () => {
        await wakeQueue(walk.app);
        return stillQueued(walk.app).catch(() => undefined);
      },
      120_000,
    );
    await allDone(walk, 240_000);
    const kept = new Set(await storedAddresses(walk.app));
    const { stored, lost, duplicated } = await audit(walk.app, offered);
    await walk.close();
    expectSame(
      'Lost of what was stored before',
      seen.filter(address => !kept.has(address)),
      [],
    );
    expectSame('With space', { stored, lost, duplicated }, { stored: IMAGES, lost: 0, duplicated: 0 });
    return undefined;
  } finally {
    spawnSync('umount', ['-l', disk]);
    await rm(disk, { recursive: true, force: true });
  }
};

function mount(...args: string[]): boolean {
  return spawnSync('mount', args).status === 0;
}
