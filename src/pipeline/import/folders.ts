// Which folders of a tree are the classes: told by their siblings, so that a split, a wrapper or a copy is no class.
import { descend } from './class-level';
import { nested } from './folder-likeness';
import { isContainer, splitRest } from './folder-names';
import { treeOf } from './folder-tree';
import { type ClassFolders, doubt, leaveBeside, take, type Walk } from './found-classes';
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
  const walk: Walk<T> = { found, names: [otherwise], split: false };
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

/** Of the names above a single class the innermost that says something. */
function labelOf(names: readonly string[], otherwise: string): string {
  return names.findLast(name => !isContainer(name) && splitRest(name) !== '') ?? otherwise;
}
