// How much memory a browser takes: all of its processes together.
import { spawnSync } from 'node:child_process';

/**
 * Resident memory of a process and all its descendants in MB; pages they share count once for each. Undefined where
 * there is no `ps`.
 */
export function residentMegabytes(root: number): number | undefined {
  const { stdout, status } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const rows = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const family = new Set([root]);
  // Children may stand before their parents in the list.
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const [pid = 0, parent = 0] of rows) if (family.has(parent)) family.add(pid);
  }
  const kilobytes = rows.reduce((sum, [pid = 0, , rss = 0]) => sum + (family.has(pid) ? rss : 0), 0);
  return Math.round(kilobytes / 1024);
}
