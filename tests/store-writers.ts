// Which object stores the functions of src/edges write, themselves or through others they call: read from their text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, namesImported, ROOT, withoutComments } from './sources';

/** By file, without its ending, and by function. */
export function storeWriters(): Map<string, Map<string, Set<string>>> {
  const texts = new Map<string, string>();
  const bodies = new Map<string, Map<string, string>>();
  for (const path of files.filter(name => name.startsWith('src/edges/') && name.endsWith('.ts'))) {
    const text = withoutComments(readFileSync(join(ROOT, path), 'utf8'));
    const file = path.replace(/\.ts$/, '');
    const functions = text.matchAll(/^(?:export )?(?:async )?function\*? (\w+)[\s\S]*?^\}$/gm);
    texts.set(file, text);
    bodies.set(file, new Map([...functions].map(([body, name = '']) => [name, body])));
  }

  function storesOf(file: string, name: string, callers: readonly string[] = []): Set<string> {
    const stores = new Set<string>();
    const body = bodies.get(file)?.get(name);
    if (body === undefined || callers.includes(body)) return stores;
    for (const store of writtenBy(body, texts.get(file)!)) stores.add(store);
    const beside = [...bodies.get(file)!.keys()].map(other => ({ name: other, target: file }));
    for (const called of [...beside, ...namesImported(`${file}.ts`)]) {
      if (!new RegExp(`\\b${called.name}\\(`).test(body)) continue;
      for (const store of storesOf(called.target, called.name, [...callers, body])) stores.add(store);
    }
    return stores;
  }

  return new Map(
    [...bodies].map(([file, functions]) => [
      file,
      new Map([...functions.keys()].map(name => [name, storesOf(file, name)])),
    ]),
  );
}

/** Stores of the transactions the function opens to write, and of what it writes without one. */
function writtenBy(body: string, text: string): string[] {
  const lists = [
    ...[...body.matchAll(/transaction\(\s*([^()]*?),\s*'readwrite'/g)].map(([, list = '']) => list),
    ...[...body.matchAll(/(?:\bdb|\))\.(?:put|add|delete|clear)\(('\w+')/g)].map(([, store = '']) => store),
  ];
  return lists.flatMap(list => {
    // A name stands for a list above: const STORES = ['labels', …].
    const names = /^\w+$/.test(list) ? (new RegExp(`const ${list} = \\[[^\\]]*`).exec(text)?.[0] ?? '') : list;
    return [...names.matchAll(/'(\w+)'/g)].map(([, store = '']) => store).filter(store => !onlyRead(store, body));
  });
}

/** Whether a store stands in the transaction only to be asked: each mention of it in the function is a reading. */
function onlyRead(store: string, body: string): boolean {
  const mentions = [...body.matchAll(new RegExp(`objectStore\\('${store}'\\)(\\.get(?:Key|All|AllKeys)?\\()?`, 'g'))];
  return mentions.length > 0 && mentions.every(([, reading]) => reading !== undefined);
}
