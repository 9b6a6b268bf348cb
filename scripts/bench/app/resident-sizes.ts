// How much memory single processes hold.
import { spawnSync } from 'node:child_process';

/** Resident megabytes of each process, shared pages included. Throws where there is no `ps`. */
export function residentSizes(pids: number[]): number[] {
  const { stdout, status } = spawnSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' });
  if (status !== 0) throw new Error('the sizes of processes are read with ps, which failed');
  return stdout
    .trim()
    .split('\n')
    .map(line => (Number(line) * 1024) / 1e6);
}
