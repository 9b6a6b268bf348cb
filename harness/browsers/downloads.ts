// Waits until a file is whole in a browser's download folder.
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 150;

/** Removes an earlier file of this name, so that the browser does not number the next one. */
export async function forgetDownload(folder: string, name: string): Promise<void> {
  await rm(join(folder, name), { force: true });
}

/** The path of the file once it has stopped growing and no part file stands beside it. Rejects after the time limit. */
export async function waitForDownload(folder: string, name: string, timeoutMs: number): Promise<string> {
  const path = join(folder, name);
  const end = Date.now() + timeoutMs;
  let size = -1;
  while (Date.now() < end) {
    const parts = (await readdir(folder)).filter(entry => /\.(?:part|crdownload)$/.test(entry));
    const now = existsSync(path) && parts.length === 0 ? (await stat(path)).size : -1;
    // Firefox makes an empty file first, to hold the name.
    if (now > 0 && now === size) return path;
    size = now;
    await pause(POLL_MS);
  }
  throw new Error(
    `${name} was not downloaded within ${timeoutMs / 1000} s; the folder holds: ${await readdir(folder)}`,
  );
}
