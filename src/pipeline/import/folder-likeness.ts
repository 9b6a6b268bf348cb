// What folders say of each other by what they hold: the names of classes, splits, or a whole set.
import { areParts, areSplits, isContainer, isMask } from './folder-names';
import { type Folder, namesWithin } from './folder-tree';

/** Whether it is a whole set: its folders are splits, and these hold folders themselves. */
export function holdsSplits<T>(folder: Folder<T>): boolean {
  const inner = [...unwrapped(folder).folders.values()];
  return inner.length > 1 && areSplits(inner.map(({ name }) => name)) && inner.some(({ folders }) => folders.size > 0);
}

/** The folder itself, or the one that it only wraps. */
export function unwrapped<T>(folder: Folder<T>): Folder<T> {
  let inner = folder;
  for (;;) {
    const [only] = inner.folders.values();
    const wraps = inner.folders.size === 1 && inner.images.length === 0 && only !== undefined;
    // A single class in a split is no wrapper, unless it bears a name that says nothing.
    if (!wraps || !(only.name === inner.name || isContainer(only.name))) return inner;
    inner = only;
  }
}

/** Whether all of them hold folders of the same names, at least half of them, names that say something. */
export function shareFolders<T>(kids: readonly Folder<T>[]): boolean {
  const [first, ...others] = kids.map(
    kid => new Set(namesWithin(kid).filter(name => !isContainer(name) && !isMask(name))),
  );
  return first !== undefined && first.size > 0 && others.every(names => isParallel([...names], first));
}

/** Whether at least half of the names are among the others. */
export function isParallel(names: readonly string[], others: ReadonlySet<string>): boolean {
  const shared = names.filter(name => others.has(name)).length;
  return shared > 0 && shared * 2 >= names.length;
}

/** Classes that hold several folders each, which may be the classes as well. */
export function nested<T>(kids: readonly Folder<T>[]): boolean {
  return kids.some(kid => {
    const names = namesWithin(kid).filter(name => !isContainer(name) && !isMask(name));
    return holdsSplits(kid) || (names.length > 1 && !areSplits(names) && !areParts(names));
  });
}
