// A tree of folders with the images in them, and how branches of it are joined.
import { isHidden } from './folder-names';

export interface Folder<T> {
  /** '' for the root. */
  name: string;
  folders: Map<string, Folder<T>>;
  /** Images that lie in this folder itself. */
  images: T[];
}

/** Folders inside each other; the zip's reader and file systems stay below it. */
const DEEPEST = 64;

export function emptyFolder<T>(name: string): Folder<T> {
  return { name, folders: new Map(), images: [] };
}

/** The tree of these images; those that a system hides are left out and given back. */
export function treeOf<T extends { path: string }>(images: Iterable<T>): { root: Folder<T>; hidden: T[] } {
  const root = emptyFolder<T>('');
  const hidden: T[] = [];
  for (const image of images) {
    const parts = image.path.split('/');
    if (parts.some(isHidden)) {
      hidden.push(image);
      continue;
    }
    let folder = root;
    for (const part of parts.slice(0, -1).slice(0, DEEPEST)) {
      const next = folder.folders.get(part) ?? emptyFolder<T>(part);
      folder.folders.set(part, next);
      folder = next;
    }
    folder.images.push(image);
  }
  return { root, hidden };
}

/** One folder that holds what the given ones hold, folders of one name joined: all of them at once, each image moved once a level. */
export function joined<T>(name: string, branches: readonly Folder<T>[]): Folder<T> {
  const whole = emptyFolder<T>(name);
  const namesakes = new Map<string, Folder<T>[]>();
  for (const branch of branches) {
    for (const image of branch.images) whole.images.push(image);
    for (const [name, folder] of branch.folders) {
      const same = namesakes.get(name);
      if (same) same.push(folder);
      else namesakes.set(name, [folder]);
    }
  }
  // A folder that has no namesake is taken as it is; what is joined is always made anew, so no tree changes under another.
  for (const [name, [only, ...others]] of namesakes)
    if (only) whole.folders.set(name, others.length === 0 ? only : joined(name, [only, ...others]));
  return whole;
}

/** The folder without some of its own folders. */
export function without<T>(folder: Folder<T>, gone: ReadonlySet<Folder<T>>): Folder<T> {
  return { ...folder, folders: new Map([...folder.folders].filter(([, kid]) => !gone.has(kid))) };
}

/** All images below, its own included. */
export function imagesBelow<T>(folder: Folder<T>): T[] {
  const found: T[] = [];
  const open = [folder];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const image of next.images) found.push(image);
    open.push(...next.folders.values());
  }
  return found;
}

/** The names of the folders in it; of a folder that holds nothing but one other, those of that one. */
export function namesWithin<T>(folder: Folder<T>): string[] {
  let inner = folder;
  for (let only = onlyFolder(inner); only; only = onlyFolder(inner)) inner = only;
  return [...inner.folders.keys()];
}

/** The one folder that is all there is in it, if that holds folders as well. */
export function onlyFolder<T>(folder: Folder<T>): Folder<T> | undefined {
  const [only] = folder.folders.values();
  return folder.folders.size === 1 && folder.images.length === 0 && only && only.folders.size > 0 ? only : undefined;
}
