// Row 13: files of the database itself are damaged. The browser opens an empty one without a word; the app says so.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { press } from '../../harness/browsers/elements';
import { waitForWords } from '../../harness/browsers/words';
import { audit } from '../soak/audit';
import { queueUp } from '../soak/queue-up';
import { soakAddress } from '../soak/soak';
import { allDone, type DurabilityRow, expectSame } from './stage';

const IMAGES = 20;
const DAMAGES: [string, RegExp][] = [
  ['MANIFEST', /^MANIFEST-/],
  ['CURRENT', /^CURRENT$/],
  ['log', /^\d+\.log$/],
];

export const damagedDatabase: DurabilityRow = async ({ start, profile, say }) => {
  for (const [i, [name, file]] of DAMAGES.entries()) {
    const offered = Array.from({ length: IMAGES + i }, (_, n) => soakAddress(n));
    let walk = await start();
    await queueUp(
      walk.app,
      'lost',
      offered.map(url => ({ url })),
    );
    await allDone(walk);
    expectSame('Stored before', (await audit(walk.app, offered)).stored, offered.length);
    // The canary is fed when the queue has come to its end.
    await canaryCounts(walk, offered.length);
    await walk.close();
    await damage(profile, file);

    walk = await start();
    const words = await waitForWords(walk.app, /The browser lost the collection: \d+ images?/);
    say(`${name}: ${words}`);
    expectSame('Images said to be lost', Number(/\d+/.exec(words)?.[0]), offered.length);
    await press(walk.app, 'Dismiss');
    await walk.close();
  }
  return undefined;
};

async function canaryCounts(walk: { app: import('puppeteer-core').Page }, images: number): Promise<void> {
  await walk.app.waitForFunction(
    async wanted => {
      const { storage } = (globalThis as unknown as { chrome: typeof chrome }).chrome;
      const { canary } = (await storage.local.get('canary')) as { canary?: { rowCount: number } };
      return canary?.rowCount === wanted;
    },
    { timeout: 30_000, polling: 500 },
    images,
  );
}

/** Writes rubbish over the files of this name in every database of the profile's extensions. */
async function damage(profile: string, name: RegExp): Promise<void> {
  const root = join(profile, 'Default', 'IndexedDB');
  let damaged = 0;
  for (const folder of await readdir(root)) {
    if (!folder.startsWith('chrome-extension_') || !folder.endsWith('.leveldb')) continue;
    for (const file of await readdir(join(root, folder))) {
      if (!name.test(file)) continue;
      await writeFile(join(root, folder, file), Buffer.alloc(2000, 0xa5));
      damaged++;
    }
  }
  if (damaged === 0) throw new Error(`the database has no file like ${name}`);
}
