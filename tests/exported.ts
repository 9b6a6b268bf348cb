// The names a source declares for others, read from its syntax tree.
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
  return declarationsOf(file).flatMap(({ id, declarations }) => [
    ...(id ? [id.name] : []),
    ...(declarations ?? []).flatMap(({ id }) => id.name ?? []),
  ]);
}

/** Names of the messages between contexts: the members of the interfaces that list them. */
export function messageNames(): string[] {
  return declarationsOf('src/contract/messages.ts')
    .filter(({ type, id }) => type === 'TSInterfaceDeclaration' && id?.name.endsWith('Messages'))
    .flatMap(({ body }) => (body?.body ?? []).flatMap(({ key }) => key?.name ?? []));
}

function declarationsOf(file: string): Declared[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const { body } = parseAst(text, { lang: file.endsWith('.tsx') ? 'tsx' : 'ts' });
  return (body as unknown as { type: string; declaration?: Declared | null }[])
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ declaration }) => declaration ?? []);
}
