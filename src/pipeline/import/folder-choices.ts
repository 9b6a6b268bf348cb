// The ways in which a tree can be read as classes: as it seems to be meant, by any of its folders, or as one class.
import { classFolders } from './folders';
import type { ClassFolders, FolderImage } from './found-classes';
import { nameStart } from './name-starts';
import { ownClasses } from './own-dataset';

/**
 * How the label of an image is found: `found` as the whole tree suggests; by the folder it lies in; by the n-th folder from the
 * top; all under one; or by what its file's name begins with.
 */
export type FolderChoice = 'found' | 'parent' | `level-${number}` | 'one' | 'file-name';

/** Levels that are offered. */
const MOST_LEVELS = 6;
/** More classes than this are no classes, but some other tree. */
export const MOST_LABELS = 1000;

export interface FolderReading<T> extends ClassFolders<T> {
  choice: FolderChoice;
  /** Images by label, in the order of the tree. */
  labels: Map<string, T[]>;
}

/**
 * The tree read in one way. Images that have no folder where one is wanted are left out.
 * @param tables  texts of the tree's tables (`METADATA` in own-dataset.ts), by path
 * @param found  what `classFolders` gave, where it was asked before
 */
export function readFolders<T extends { path: string }>(
  images: readonly T[],
  otherwise: string,
  tables: ReadonlyMap<string, string>,
  choice: FolderChoice = 'found',
  found: ClassFolders<T> = classFolders(images, otherwise),
): FolderReading<T> {
  if (choice === 'found') {
    const own = ownClasses(images, tables);
    const meant = own ? { images: own, left: {}, splits: own.length > 0 ? splitsOf(own) : [], doubts: [] } : found;
    return { ...meant, choice, labels: byLabel(meant.images) };
  }
  const hidden = new Set(found.left.hidden);
  const left: ClassFolders<T>['left'] = { ...(found.left.hidden && { hidden: found.left.hidden }) };
  const taken: FolderImage<T>[] = [];
  const beside: T[] = [];
  for (const file of images) {
    if (hidden.has(file)) continue;
    const label = labelBy(choice, file.path, otherwise);
    if (label === undefined) beside.push(file);
    else taken.push({ file, label });
  }
  if (beside.length > 0) left['beside-classes'] = beside;
  return { images: taken, left, splits: [], doubts: [], choice, labels: byLabel(taken) };
}

/** Every way that gives other labels than those before it, the meant one first. */
export function everyReading<T extends { path: string }>(
  images: readonly T[],
  otherwise: string,
  tables: ReadonlyMap<string, string>,
): FolderReading<T>[] {
  const deepest = Math.min(
    MOST_LEVELS,
    images.reduce((most, { path }) => Math.max(most, path.split('/').length - 1), 0),
  );
  const levels = Array.from({ length: deepest }, (_, level) => `level-${level + 1}` as const);
  const readings: FolderReading<T>[] = [];
  const known = new Set<string>();
  const found = classFolders(images, otherwise);
  for (const choice of ['found', ...levels, 'parent', 'file-name', 'one'] as const) {
    const reading = readFolders(images, otherwise, tables, choice, found);
    const key = [...reading.labels]
      .map(([label, members]) => `${label}/${members.length}`)
      .sort()
      .join('\n');
    const fit = reading.labels.size > 0 && reading.labels.size <= MOST_LABELS && !known.has(key);
    if (choice !== 'found' && !fit) continue;
    known.add(key);
    readings.push(reading);
  }
  return readings;
}

function labelBy(choice: FolderChoice, path: string, otherwise: string): string | undefined {
  if (choice === 'one') return otherwise;
  if (choice === 'file-name') return nameStart(path);
  const folders = path.split('/').slice(0, -1);
  return choice === 'parent' ? folders.at(-1) : folders[Number(choice.slice('level-'.length)) - 1];
}

function byLabel<T>(images: readonly FolderImage<T>[]): Map<string, T[]> {
  const labels = new Map<string, T[]>();
  for (const { file, label } of images) {
    const members = labels.get(label);
    if (members) members.push(file);
    else labels.set(label, [file]);
  }
  return labels;
}

function splitsOf<T extends { path: string }>(images: readonly FolderImage<T>[]): string[] {
  return [...new Set(images.map(({ file }) => file.path.split('/').at(-3) ?? ''))].filter(name => name !== '');
}
