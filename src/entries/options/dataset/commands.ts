// What the keys do on the Dataset screen: on a grid, with images, and over an image in full.
import type { Label } from '../../../contract/label';
import type { Sample } from '../../../contract/sample';
import { UNDO_COMMANDS } from '../app/changes';
import type { Command } from '../app/commands';
import { type Gesture, type Selection, step } from './selection';

/** The grid the keys are on. */
export interface GridHere {
  selection: Selection;
  keys: readonly string[];
  columns: number;
  rowsPerPage: number;
  /** Makes a gesture on the tile of this index. */
  go: (index: number, gesture: Gesture) => void;
  choose: (chosen: Iterable<string>) => void;
  open: (index: number) => void;
}

/** The images a command is for. */
export interface ImagesHere {
  labels: readonly Label[];
  /** Read only when a command is given: with ten thousand tiles looking for them can be felt. */
  targets: () => Sample[];
  move: (samples: Sample[], to: Label) => unknown;
  remove: (samples: Sample[]) => unknown;
}

const STEPS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** As in file managers: an arrow takes its tile along, with Shift all up to it, with Ctrl it moves the keyboard alone. */
const goWith =
  (gesture: Gesture): Command<GridHere>['run'] =>
  ({ selection, keys, columns, rowsPerPage, go }, key) =>
    go(step(key, selection.focus, columns, rowsPerPage, keys.length) ?? selection.focus, gesture);

export const GRID_COMMANDS: readonly Command<GridHere>[] = [
  { name: 'arrows', keys: STEPS, run: goWith('only') },
  { name: 'shift', keys: STEPS.flatMap(key => [`Shift+${key}`, `Ctrl+Shift+${key}`]), run: goWith('range') },
  { name: 'go', keys: STEPS.map(key => `Ctrl+${key}`), run: goWith('go') },
  { name: 'space', keys: [' ', 'Ctrl+ '], run: ({ selection, go }) => go(selection.focus, 'toggle') },
  { name: 'all', keys: ['Ctrl+a'], run: ({ keys, choose }) => choose(keys) },
  { name: 'escape', keys: ['Escape'], run: ({ choose }) => choose([]) },
  { name: 'enter', keys: ['Enter'], run: ({ selection, open }) => open(selection.focus) },
];

const DELETE: Command<ImagesHere> = {
  name: 'delete',
  keys: ['Delete', 'Backspace'],
  once: true,
  run: ({ targets, remove }) => remove(targets()),
};
const MOVE: Command<ImagesHere> = {
  name: 'digits',
  keys: DIGITS,
  once: true,
  run({ labels, targets, move }, key) {
    const to = labels[Number(key) - 1];
    if (to) move(targets(), to);
  },
};

export const IMAGE_COMMANDS: readonly Command<ImagesHere>[] = [DELETE, MOVE];
/** Over an image in full, where Backspace leads back in many a program. */
export const ZOOMED_COMMANDS: readonly Command<ImagesHere>[] = [{ ...DELETE, keys: ['Delete'] }, MOVE];

/** All that answer on the grid of a label: what its help tells of. */
export const COMMANDS_OF_GRID = [...GRID_COMMANDS, ...IMAGE_COMMANDS, ...UNDO_COMMANDS] as readonly Command<never>[];
