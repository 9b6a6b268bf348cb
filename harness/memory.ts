// How much memory processes hold: one by one, or a browser with all of its own.
import { spawnSync } from 'node:child_process';

interface Process {
  pid: number;
  parent: number;
  /** Resident, with the pages it shares. */
  megabytes: number;
}

/** Every process there is; undefined where there is no `ps`. */
function processes(): Process[] | undefined {
  const { stdout, status } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return stdout
    .trim()
    .split('\n')
    .map(line => {
      const [pid = 0, parent = 0, kibibytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, megabytes: (kibibytes * 1024) / 1e6 };
    });
}

/** Resident megabytes of each process. Throws where there is no `ps`. */
export function residentSizes(pids: readonly number[]): number[] {
  const sizes = new Map(processes()?.map(({ pid, megabytes }) => [pid, megabytes]));
  if (sizes.size === 0) throw new Error('the sizes of processes are read with ps, which failed');
  return pids.flatMap(pid => sizes.get(pid) ?? []);
}

/**
 * Resident megabytes of a process and all its descendants; pages they share count once for each. Undefined where there is no
 * `ps`.
 */
export function residentMegabytes(root: number): number | undefined {
  const all = processes();
  if (!all) return undefined;
  const family = new Set([root]);
  // Children may stand before their parents in the list.
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return Math.round(all.reduce((sum, { pid, megabytes }) => sum + (family.has(pid) ? megabytes : 0), 0));
}
