// The version: one number, in every place that names it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws when two places disagree, or when the tag is not that of the version. */
export function versionOf(root: string, tag?: string): string {
  const json = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as { version: string };
  const lock = json('package-lock.json') as { version: string; packages: Record<string, { version: string }> };
  const places = {
    'package.json': json('package.json').version,
    'package-lock.json': lock.version,
    'package-lock.json, packages': lock.packages['']?.version,
    'manifest.json': json('manifest.json').version,
    ...(tag !== undefined && { 'the tag': tag.replace(/^v/, '') }),
  };
  const [version = ''] = Object.values(places);
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(`${version} is no version of three numbers, as both stores want it`);
  const other = Object.entries(places).find(([, found]) => found !== version);
  if (other) throw new Error(`package.json says version ${version}, ${other[0]} says ${other[1]}`);
  return version;
}
