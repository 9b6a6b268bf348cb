// A copy of a set within itself, as unpacking a zip into the folder of its name leaves it: both are taken for one.
import { copyStem, isContainer, splitRest } from './folder-names';
import { type Folder, joined, without } from './folder-tree';
import { doubt, type Walk } from './found-classes';

/** A level within which lies a copy of itself, one folder down, with both taken for one. */
export function withoutCopies<T>(level: Folder<T>, walk: Walk<T>): Folder<T> {
  const kids = [...level.folders.values()];
  const names = new Set(kids.map(({ name }) => name));
  // Of splits each may hold a class that is called as another split.
  const copies = kids.filter(kid => splitRest(kid.name) === undefined && copyWithin(kid, names));
  if (copies.length === 0 || copies.length === kids.length) return level;
  const known = new Set(walk.names.map(copyStem));
  if (copies.some(({ name }) => !known.has(copyStem(name)) && !isContainer(name))) doubt(walk.found, 'copy');
  const inner = copies.map(kid => copyWithin(kid, names) ?? kid);
  return withoutCopies(joined(level.name, [without(level, copies), ...inner]), walk);
}

/** The folder, this one or down a chain of single ones, whose folders are those beside this one. */
function copyWithin<T>(kid: Folder<T>, siblings: ReadonlySet<string>): Folder<T> | undefined {
  for (let inner = kid; inner.folders.size > 0; ) {
    const within = [...inner.folders.keys()];
    const others = within.filter(name => name !== kid.name && siblings.has(name));
    if (others.length > 0 && others.length * 2 >= within.length) return inner;
    const [only] = inner.folders.values();
    if (within.length > 1 || inner.images.length > 0 || !only) return undefined;
    inner = only;
  }
  return undefined;
}
