// What folders beside each other have in common: which of them are splits or copies, told by the folders within them.
import { areParts, areSplits, isContainer, isMask, splitRest } from './folder-names';
import { type Folder, namesWithin, onlyFolder } from './folder-tree';

/** The splits of a level that also has other folders: two or more with split names that hold folders of the same names. */
export function splitsAmongOthers<T>(kids: Folder<T>[]): Folder<T>[] | undefined {
  const named = kids.filter(kid => splitRest(kid.name) === '' && kid.folders.size > 0);
  if (named.length < 2 || !shareFolders(named)) return undefined;
  const names = new Set(named.flatMap(namesWithin));
  const sure = new Set(named);
  // Classes, some with a split's name, that hold the splits.
  if (areSplits([...names]) || areParts([...names])) return undefined;
  return kids.filter(
    kid => sure.has(kid) || splitRest(kid.name) === '' || (!isMask(kid.name) && isParallel(namesWithin(kid), names)),
  );
}

/** All folders, where one has a word for a split in its name and all hold folders of the same names: `set`, `set-test`. */
export function likeSplits<T>(kids: Folder<T>[]): Folder<T>[] | undefined {
  const meant = kids.length > 1 && kids.some(kid => splitRest(kid.name) !== undefined) && shareFolders(kids);
  const names = new Set(kids.flatMap(namesWithin));
  return meant && !areSplits([...names]) && !areParts([...names]) ? kids : undefined;
}

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

/** The splits without their wrappers; of wrappers with different names it takes all to know that they are such. */
export function unwrappedAll<T>(splits: readonly Folder<T>[]): Folder<T>[] {
  const inner = splits.map(unwrapped);
  const within = inner.map(onlyFolder).filter(folder => folder !== undefined);
  return within.length === inner.length && within.length > 1 && shareFolders(within) ? within : inner;
}

/** Whether all of them hold folders of the same names, at least half of them, names that say something. */
export function shareFolders<T>(kids: readonly Folder<T>[]): boolean {
  const [first, ...others] = kids.map(
    kid => new Set(namesWithin(kid).filter(name => !isContainer(name) && !isMask(name))),
  );
  return first !== undefined && first.size > 0 && others.every(names => isParallel([...names], first));
}

function isParallel(names: readonly string[], others: ReadonlySet<string>): boolean {
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
