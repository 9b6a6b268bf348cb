// Which folders of a tree are the classes: told by their siblings, so that a split, a wrapper or a copy is no class.
import {
  holdsSplits,
  likeSplits,
  nested,
  shareFolders,
  splitsAmongOthers,
  unwrapped,
  unwrappedAll,
} from './folder-likeness';
import { areParts, areSplits, copyStem, isContainer, isMask, splitRest } from './folder-names';
import { emptyFolder, type Folder, imagesBelow, joined, treeOf, without } from './folder-tree';
import { type ClassFolders, doubt, leave, leaveBeside, take } from './found-classes';
import { namesClasses } from './name-starts';

/** Of all images so many beside the class folders are no stray preview. */
const MANY_BESIDE = { least: 5, share: 0.1 };

/**
 * Walks down from the root past wrappers, splits, parts and containers to the first level whose folders differ in kind: they are
 * the classes, and all below belongs to them. `dataset/train/bears/1.jpg` is a bear, as is `bears/black/1.jpg` beside foxes.
 * @param otherwise  label of images in no folder that could name one
 */
export function classFolders<T extends { path: string }>(images: Iterable<T>, otherwise: string): ClassFolders<T> {
  const { root, hidden } = treeOf(images);
  const found: ClassFolders<T> = { images: [], left: {}, splits: [], doubts: [] };
  if (hidden.length > 0) found.left.hidden = hidden;
  const walk: Walk<T> = { found, names: [otherwise], split: false, parts: false };
  const level = descend(root, walk);
  const kids = [...level.folders.values()];
  if (kids.length === 0) {
    take(found, level, labelOf(walk.names, otherwise));
    if (level.images.length > 0 && walk.names.length === 1 && namesClasses(level.images)) doubt(found, 'file-names');
  } else {
    for (const kid of kids) take(found, kid, kid.name);
    leaveBeside(found, level.images);
    if (nested(kids)) doubt(found, 'folders-in-classes');
    const likeSplits = kids.filter(kid => splitRest(kid.name) !== undefined).length;
    if (!walk.split && likeSplits > 1) doubt(found, 'splits-mixed');
  }
  const beside = found.left['beside-classes']?.length ?? 0;
  if (beside > MANY_BESIDE.least && beside > MANY_BESIDE.share * found.images.length) doubt(found, 'many-beside');
  return found;
}

interface Walk<T> {
  found: ClassFolders<T>;
  /** Names that a single class may bear, the outermost first. */
  names: string[];
  /** A level of splits was passed; the next names that look like splits are classes. */
  split: boolean;
  /** A level of parts was passed, above or below the splits. */
  parts: boolean;
}

/** The folder whose folders are the classes; one without folders is a class of its own. */
function descend<T extends { path: string }>(root: Folder<T>, walk: Walk<T>): Folder<T> {
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

/** The splits' or parts' folders joined, where the level's folders are such; undefined where they are not. */
function splitLevel<T>(level: Folder<T>, kids: Folder<T>[], walk: Walk<T>): Folder<T> | undefined {
  const names = kids.map(kid => kid.name);
  // Below splits, numbered folders with images in them are the classes.
  const parts = !walk.parts && areParts(names) && (!walk.split || kids.every(kid => kid.folders.size > 0));
  if (walk.split && !parts) return undefined;
  const [one] = kids;
  const splits = !parts && areSplits(names) && (kids.length > 1 || (one !== undefined && splitRest(one.name) === ''));
  const mixed = splits || parts ? undefined : (splitsAmongOthers(kids) ?? likeSplits(kids));
  if (!splits && !parts && !mixed) return undefined;
  // Each fold may hold splits of its own.
  if (parts && kids.some(kid => kid.folders.size > 0)) walk.parts = true;
  else walk.split = true;
  const members = new Set(mixed ?? kids);
  if (mixed?.some(kid => splitRest(kid.name) === undefined)) doubt(walk.found, 'splits-mixed');
  for (const { name } of members) walk.found.splits.push(name);
  const whole = joined(level.name, unwrappedAll([...members]));
  for (const kid of kids) {
    if (members.has(kid)) continue;
    // A class whose images somebody put beside the splits is that class; whatever else lies there is not in the set.
    if (whole.folders.has(kid.name))
      return joined(level.name, [
        whole,
        { ...emptyFolder<T>(''), folders: new Map([[kid.name, kid]]) },
        ...stray(level),
      ]);
    doubt(walk.found, 'splits-mixed');
    if (isMask(kid.name)) leave(walk.found, 'mask', imagesBelow(kid));
    else leaveBeside(walk.found, imagesBelow(kid));
  }
  if (whole.folders.size === 0) doubt(walk.found, 'splits-only');
  return joined(level.name, [whole, ...stray(level)]);
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

/** A level within which lies a copy of itself, one folder down, with both taken for one. */
function withoutCopies<T>(level: Folder<T>, walk: Walk<T>): Folder<T> {
  const kids = [...level.folders.values()];
  const names = new Set(kids.map(({ name }) => name));
  // Of splits each may hold a class that is called as another split.
  const copies = kids.filter(kid => splitRest(kid.name) === undefined && copyWithin(kid, names));
  if (copies.length === 0 || copies.length === kids.length) return level;
  const known = new Set(walk.names.map(copyStem));
  if (copies.some(({ name }) => !known.has(copyStem(name)) && !isContainer(name))) doubt(walk.found, 'copy');
  const inner = copies.map(kid => copyWithin(kid, names) ?? kid);
  return withoutCopies(joined(level.name, [without(level, new Set(copies)), ...inner]), walk);
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

/** Of the names above a single class the innermost that says something. */
function labelOf(names: readonly string[], otherwise: string): string {
  return names.findLast(name => !isContainer(name) && splitRest(name) !== '') ?? otherwise;
}

/** The images of the level itself, as a branch to be joined. */
function stray<T>(level: Folder<T>): Folder<T>[] {
  return level.images.length > 0 ? [{ ...emptyFolder<T>(''), images: level.images }] : [];
}
