// Run as a process of its own: opens one backup and says how it ended, how long that took and how much memory it cost at most.
import { openAsBlob } from 'node:fs';
import { openBackup } from '../../../src/pipeline/backup/open-backup';
import { openZip } from '../../../src/pipeline/import/open-zip';

export interface Cost {
  code: string;
  ms: number;
  /** Above what the process held before, in megabytes. */
  mb: number;
}

const file = await openAsBlob(process.argv[2] ?? '');
// A first use of each part of node costs memory of its own.
await crypto.subtle.digest('SHA-256', new Uint8Array(1_000_000));
const before = process.resourceUsage().maxRSS;
const began = performance.now();
const code = await openZip(file)
  .then(archive => openBackup(archive, 25_000_000, new AbortController().signal))
  .then(
    ({ modelsLeftOut }) => (modelsLeftOut > 0 ? 'model_left_out' : 'opened'),
    error => error.code ?? String(error),
  );
const cost: Cost = { code, ms: performance.now() - began, mb: (process.resourceUsage().maxRSS - before) / 1000 };
console.log(JSON.stringify(cost));
