// The way down a tree to its classes: past wrappers, splits, parts and containers to the first level whose folders differ in kind.
import { withoutCopies } from './folder-copies';
import { holdsSplits, isParallel, shareFolders, unwrapped } from './folder-likeness';
import { areParts, areSplits, copyStem, isContainer, isMask, splitRest } from './folder-names';
import { emptyFolder, type Folder, imagesBelow, joined, namesWithin } from './folder-tree';
import { doubt, leave, leaveBeside, type Walk } from './found-classes';

/** The folder whose folders are the classes; one without folders is a class of its own. */
export function descend<T extends { path: string }>(root: Folder<T>, walk: Walk<T>): Folder<T> {
  let level = root;
  for (;;) {
    level = withoutCopies(level, walk);
    const kids = [...level.folders.values()];
    const [only] = kids;
    if (kids.length === 0 || !only) return level;
    const next = splitLevel(level, kids, walk) ?? containerLevel(level, kids, walk);
    if (next) level = next;
    else if (kids.length > 1) return level;
    else if (only.folders.size === 0) return loneFolder(level, only, walk);
    else {
      // A wrapper: what lies beside it belongs to no class within it.
      leaveBeside(walk.found, level.images);
      walk.names.push(only.name);
      level = only;
    }
  }
}

/** The splits' folders joined, where the level's folders are splits; undefined where they are not. */
function splitLevel<T>(level: Folder<T>, kids: Folder<T>[], walk: Walk<T>): Folder<T> | undefined {
  if (walk.split) return undefined;
  const names = kids.map(kid => kid.name);
  const [one] = kids;
  const splits = areSplits(names) && (kids.length > 1 || (one !== undefined && splitRest(one.name) === ''));
  const parts = areParts(names);
  const mixed = splits || parts ? undefined : splitsAmongOthers(kids);
  if (!splits && !parts && !mixed) return undefined;
  walk.split = true;
  const members = mixed ?? kids;
  if (mixed?.some(kid => splitRest(kid.name) === undefined)) doubt(walk.found, 'splits-mixed');
  walk.found.splits.push(...members.map(kid => kid.name));
  const whole = joined(level.name, members.map(unwrapped));
  for (const kid of kids) {
    if (members.includes(kid)) continue;
    // A class whose images somebody put beside the splits is that class; whatever else lies there is not in the set.
    if (whole.folders.has(kid.name))
      return joined(level.name, [
        whole,
        { ...emptyFolder<T>(''), folders: new Map([[kid.name, kid]]) },
        ...stray(level),
      ]);
    doubt(walk.found, 'splits-mixed');
    leaveBeside(walk.found, imagesBelow(kid));
  }
  if (whole.folders.size === 0) doubt(walk.found, 'splits-only');
  return joined(level.name, [whole, ...stray(level)]);
}

/** The splits of a level that also has other folders: two or more with split names that hold folders of the same names. */
function splitsAmongOthers<T>(kids: Folder<T>[]): Folder<T>[] | undefined {
  const named = kids.filter(kid => splitRest(kid.name) === '' && kid.folders.size > 0);
  if (named.length < 2 || !shareFolders(named)) return undefined;
  const names = new Set(named.flatMap(namesWithin));
  // Classes, some with a split's name, that hold the splits.
  if (areSplits([...names]) || areParts([...names])) return undefined;
  return kids.filter(kid => named.includes(kid) || splitRest(kid.name) === '' || isParallel(namesWithin(kid), names));
}

/** Folders such as `images` and `masks`, or copies of a set beside each other: joined, masks left out. */
function containerLevel<T>(level: Folder<T>, kids: Folder<T>[], walk: Walk<T>): Folder<T> | undefined {
  const holders = kids.filter(kid => isContainer(kid.name));
  const masks = kids.filter(kid => isMask(kid.name));
  if (holders.length > 0 && kids.length > 1 && holders.length + masks.length === kids.length) {
    for (const mask of masks) leave(walk.found, 'mask', imagesBelow(mask));
    return joined(level.name, [...holders, ...stray(level)]);
  }
  if (kids.length < 2) return undefined;
  const stems = new Set(kids.map(kid => copyStem(kid.name)));
  const sets = kids.every(kid => holdsSplits(kid));
  if (!shareFolders(kids) || (!sets && (stems.size > 1 || stems.has('')))) return undefined;
  if (stems.size > 1) doubt(walk.found, 'copy');
  return joined(level.name, [...kids.map(unwrapped), ...stray(level)]);
}

/** One folder without folders, beside which images may lie. */
function loneFolder<T>(level: Folder<T>, only: Folder<T>, walk: Walk<T>): Folder<T> {
  const named = level.name !== '' && !isContainer(level.name) && splitRest(level.name) === undefined;
  if (level.images.length > 0) {
    doubt(walk.found, 'one-in-another');
    if (named && level.images.length >= only.images.length)
      return { ...joined('', [level]), folders: new Map(), images: imagesBelow(level) };
    leaveBeside(walk.found, level.images);
  }
  walk.names.push(only.name);
  return only;
}

/** The images of the level itself, as a branch to be joined. */
function stray<T>(level: Folder<T>): Folder<T>[] {
  return level.images.length > 0 ? [{ ...emptyFolder<T>(''), images: level.images }] : [];
}
