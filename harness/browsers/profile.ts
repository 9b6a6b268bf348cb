// A browser's fresh profile in the temporary folder, removed when the browser is gone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function freshProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gleaner-profile-'));
}

export function removeProfile(folder: string): Promise<void> {
  // The browser's last processes may still write for a moment.
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Browsers refuse their own sandbox to root; everyone else keeps it. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
