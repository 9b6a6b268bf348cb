// The source files, read as text by the tests of conventions.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Every TypeScript file of `src`, from the root, with slashes. */
export const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name))
  .map(name => join('src', name).split(sep).join('/'));

/** The names a file imports that are no types, each with the file it comes from, without its ending. */
export function namesImported(file: string): { name: string; target: string }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/import \{([^}]*)\} from '(\.[^']+)'/g)].flatMap(([, names = '', path = '']) => {
    const target = relative(ROOT, join(ROOT, dirname(file), path))
      .split(sep)
      .join('/');
    return names
      .split(',')
      .map(name => name.trim().replace(/ as .*/, ''))
      .filter(name => name !== '' && !name.startsWith('type '))
      .map(name => ({ name, target }));
  });
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
