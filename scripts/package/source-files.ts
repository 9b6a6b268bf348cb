// Which files are the source: what git follows, or, where the source was unpacked from a zip, all that git would not ignore.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From the root, with slashes, in no order. */
export function sourceFiles(root: string): string[] {
  if (!existsSync(join(root, '.git'))) return unpackedFiles(root);
  const listed = git(root, ['ls-files', '-z']).split('\0');
  // What was deleted and not yet committed is still on git's list.
  return listed.filter(path => path !== '' && existsSync(join(root, path)));
}

/** What is changed and not committed, so that the packages would not be those of any version; empty outside git. */
export function uncommitted(root: string): string[] {
  if (!existsSync(join(root, '.git'))) return [];
  return git(root, ['status', '--porcelain', '--untracked-files=no']).split('\n').filter(Boolean);
}

function git(root: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  return stdout;
}

/** `.gitignore` holds names of folders and endings of files only; a line of another kind is refused rather than passed over. */
function unpackedFiles(root: string): string[] {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const strange = lines.find(line => !/^(?:[\w.-]+\/|\*\.\w+)$/.test(line));
  if (strange !== undefined) throw new Error(`.gitignore says "${strange}", which is not understood here`);
  const folders = lines.filter(line => line.endsWith('/')).map(line => line.slice(0, -1));
  const endings = lines.filter(line => line.startsWith('*')).map(line => line.slice(1));
  const found: string[] = [];
  const look = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !folders.includes(entry.name)) look(path);
      else if (entry.isFile() && !endings.some(ending => path.endsWith(ending))) found.push(path);
    }
  };
  look('');
  return found;
}
