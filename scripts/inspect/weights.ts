// A weights file, read in a process of its own: a damaged one may never come to an end.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GleanerError } from '../../src/contract/error';
import type { Found } from './found';

/** Milliseconds; the app gives up on a reader that shows no progress for about as long. */
const LONGEST = 8000;

/** @throws GleanerError  `weights_…` */
export function inspectWeights(path: string): Found {
  const script = join(import.meta.dirname, 'read-weights.ts');
  const { stdout, status, error } = spawnSync(process.execPath, ['--import', 'tsx', script, path], {
    encoding: 'utf8',
    timeout: LONGEST,
    killSignal: 'SIGKILL',
    cwd: join(import.meta.dirname, '../..'),
  });
  if (error || status === null) throw new GleanerError('weights_damaged');
  const answer = JSON.parse(stdout) as { code: string; words: string[] } | { family: string; layers: number };
  if ('code' in answer) throw new GleanerError(answer.code, answer.words);
  return { kind: 'weights', ...answer, asked: null };
}
