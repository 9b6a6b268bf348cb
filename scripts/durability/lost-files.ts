// Row 12: files of stored images vanish or are cut short. "Verify collection" counts them, and they are fetched again.
import { readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { press } from '../../harness/browsers/elements';
import { waitForWords } from '../../harness/browsers/words';
import { show } from '../../harness/walk';
import { audit } from '../soak/audit';
import { queueUp } from '../soak/queue-up';
import { soakAddress } from '../soak/soak';
import { allDone, type DurabilityRow, expectSame } from './stage';

const IMAGES = 60;
const DELETED = 5;
const TRUNCATED = 3;

export const lostFiles: DurabilityRow = async ({ start, profile, say }) => {
  const offered = Array.from({ length: IMAGES }, (_, i) => soakAddress(i));
  let walk = await start();
  await queueUp(
    walk.app,
    'files',
    offered.map(url => ({ url })),
  );
  await allDone(walk);
  await walk.close();
  const files = await imageFiles(profile);
  expectSame('Files of pictures', files.length, IMAGES);
  for (const file of files.slice(0, DELETED)) await rm(file);
  for (const file of files.slice(DELETED, DELETED + TRUNCATED)) await truncate(file, 100);

  walk = await start();
  expectSame('Unreadable before', (await audit(walk.app, offered)).lost, DELETED + TRUNCATED);
  await show(walk, 'settings');
  await press(walk.app, 'Verify collection');
  const words = await waitForWords(
    walk.app,
    /Lost or damaged by the browser: \d+ of \d+ images\. Downloaded again: \d+/,
  );
  say(words);
  const damaged = DELETED + TRUNCATED;
  expectSame('Counts', words.match(/\d+/g)?.map(Number), [damaged, IMAGES, damaged]);
  await allDone(walk);
  const fetched = walk.site.requests.length;
  const { stored, lost, duplicated } = await audit(walk.app, offered);
  await walk.close();
  expectSame(
    'In the end',
    { stored, lost, duplicated, fetched },
    { stored: IMAGES, lost: 0, duplicated: 0, fetched: damaged },
  );
  return undefined;
};

/** The files in which Chromium keeps the images; thumbnails, which are JPEGs, are left out. */
async function imageFiles(profile: string): Promise<string[]> {
  const root = join(profile, 'Default', 'IndexedDB');
  const found: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !path.includes('.blob')) continue;
    if ((await readFile(path)).toString('latin1', 0, 2) === 'BM') found.push(path);
  }
  return found.sort();
}
