// What is found in a tree of folders: images and their classes, what is left out and why, and what a person has to say.
import { isContainer, isMask } from './folder-names';
import { type Folder, imagesBelow } from './folder-tree';

/** An image of the tree and the class its folder names. */
export interface FolderImage<T> {
  file: T;
  label: string;
}

/** Why an image belongs to no class: it lies beside the class folders, beside the images it masks, or where systems hide things. */
export type LeftReason = 'beside-classes' | 'mask' | 'hidden';

/**
 * Why a person has to say what the folders mean: splits without classes, or with names of more kinds; classes within classes; a
 * copy that may be a class; many images beside the classes; file names that may name the classes; one folder in another.
 */
export type FolderDoubt =
  | 'splits-only'
  | 'splits-mixed'
  | 'folders-in-classes'
  | 'copy'
  | 'many-beside'
  | 'file-names'
  | 'one-in-another';

export interface ClassFolders<T> {
  images: FolderImage<T>[];
  left: Partial<Record<LeftReason, T[]>>;
  /** Folders that were taken for splits: Gleaner splits by content, so they are not kept. */
  splits: string[];
  doubts: FolderDoubt[];
}

/** The folder with all below it is one class; masks in it belong to none. */
export function take<T>(found: ClassFolders<T>, folder: Folder<T>, label: string): void {
  const open = [folder];
  for (let next = open.pop(); next; next = open.pop()) {
    const kids = [...next.folders.values()];
    const masks = kids.some(kid => isContainer(kid.name)) ? kids.filter(kid => isMask(kid.name)) : [];
    for (const mask of masks) leave(found, 'mask', imagesBelow(mask));
    for (const file of next.images) found.images.push({ file, label });
    open.push(...kids.filter(kid => !masks.includes(kid)).reverse());
  }
}

export function leaveBeside<T>(found: ClassFolders<T>, images: T[]): void {
  if (images.length > 0) leave(found, 'beside-classes', images);
}

export function leave<T>(found: ClassFolders<T>, reason: LeftReason, images: T[]): void {
  const all = found.left[reason] ?? [];
  for (const image of images) all.push(image);
  found.left[reason] = all;
}

export function doubt<T>(found: ClassFolders<T>, what: FolderDoubt): void {
  if (!found.doubts.includes(what)) found.doubts.push(what);
}
