// Tells whether node_modules holds what package-lock.json asks for, by the record npm leaves there itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is wrong with `<root>/node_modules`, in words, or undefined when it is as package-lock.json says.
 * npm writes its record last, so an install that was cut short counts as missing; packages for other systems do not count.
 */
export function stalePackage(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'none are installed';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(record);
  for (const path of Object.keys(wanted)) {
    if (path === '') continue;
    const name = path.replace(/^.*node_modules\//, '');
    if (!installed[path]) {
      if (!wanted[path].optional) return `${name} is missing`;
    } else if (installed[path].version !== wanted[path].version) return `${name} has another version`;
    else if (!wanted[path].optional && !existsSync(join(root, path))) return `${name} is missing`;
  }
  return undefined;
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages || {};
  } catch {
    // An unreadable record is as good as none: installing anew writes a good one.
    return {};
  }
}
