// Mozilla's own check of what would be handed in: no error, and no warning or notice that a reviewer would have to ask about.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { distFolder } from '../../scripts/build/build-extension';

const LINTER = join(import.meta.dirname, '../../node_modules/addons-linter/bin/addons-linter');

interface Finding {
  code: string;
  message: string;
  file?: string;
}

it("finds nothing in Firefox's build", () => {
  const folder = process.env.GLEANER_DIST ? join(process.env.GLEANER_DIST, 'firefox') : distFolder('firefox');
  const { stdout, stderr } = spawnSync(process.execPath, [LINTER, '--output', 'json', folder], { encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(`the linter did not run: ${stderr}`);
  const { errors, warnings, notices, metadata } = JSON.parse(stdout) as Record<
    'errors' | 'warnings' | 'notices',
    Finding[]
  > & { metadata: { totalScannedFileSize: number } };
  // It reads every script, or its silence would mean nothing.
  expect(metadata.totalScannedFileSize).toBeGreaterThan(1_000_000);
  const found = [...errors, ...warnings, ...notices];
  expect(found.map(({ code, message, file }) => `${code} in ${file}: ${message}`)).toEqual([]);
});
