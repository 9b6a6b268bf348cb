// The names of a source, those it declares for others and all, read from its syntax tree.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { ROOT } from './sources';

interface Declared {
  type: string;
  id?: { name: string };
  declarations?: { id: { name?: string } }[];
  body?: { body: { key?: { name?: string } }[] };
}

/** Names of the functions, classes, constants, types and interfaces a file exports. */
export function exportedNames(file: string): string[] {
  const declared = declarationsOf(file).flatMap(({ id, declarations }) => [
    ...(id ? [id.name] : []),
    ...(declarations ?? []).flatMap(({ id }) => id.name ?? []),
  ]);
  return [...declared, ...handedOn(file)];
}

/** Names of the types, interfaces and classes a file exports. */
export function exportedTypes(file: string): string[] {
  return declarationsOf(file)
    .filter(({ type }) => ['TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'ClassDeclaration'].includes(type))
    .flatMap(({ id }) => id?.name ?? []);
}

/** Every name that a file gives or uses: of values, types, members and attributes. */
export function namesIn(file: string): string[] {
  const names = new Set<string>();
  const open: unknown[] = [treeOf(file)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { type, name } = node as { type?: string; name?: unknown };
    if (typeof name === 'string' && /Identifier$/.test(type ?? '')) names.add(name);
    open.push(...Object.values(node).filter(child => child !== undefined));
  }
  return [...names];
}

/** Names of the messages between contexts: the members of the interfaces that list them. */
export function messageNames(): string[] {
  return declarationsOf('src/contract/messages.ts')
    .filter(({ type, id }) => type === 'TSInterfaceDeclaration' && id?.name.endsWith('Messages'))
    .flatMap(({ body }) => (body?.body ?? []).flatMap(({ key }) => key?.name ?? []));
}

interface Exporting {
  type: string;
  declaration?: Declared | null;
  specifiers?: { exported?: { name?: string } }[];
}

function exportsOf(file: string): Exporting[] {
  return (treeOf(file).body as unknown as Exporting[]).filter(({ type }) => /^Export(?:Named|Default)/.test(type));
}

function declarationsOf(file: string): Declared[] {
  return exportsOf(file).flatMap(({ declaration }) => declaration ?? []);
}

/** Names under which others' things are exported: `export { a as b }`. */
function handedOn(file: string): string[] {
  return exportsOf(file).flatMap(({ specifiers }) =>
    (specifiers ?? []).flatMap(({ exported }) => exported?.name ?? []),
  );
}

function treeOf(file: string) {
  return parseAst(readFileSync(join(ROOT, file), 'utf8'), { lang: file.endsWith('.tsx') ? 'tsx' : 'ts' });
}
