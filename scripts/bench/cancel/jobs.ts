// The jobs of the app that take a while, each begun as a person begins it, in an order in which each finds what it works on.
import { fill, press, select, unfold } from '../../../harness/browsers/elements';
import { confirmImport } from '../../../harness/steps/import-steps';
import { train } from '../../../harness/steps/learn-steps';
import { show, type Walk } from '../../../harness/walk';
import { choose, deleteEverything, onScreen, saveBackup } from '../../../tests/e2e/steps/hand-over-steps';

const WAIT_MS = 600_000;

export interface Job {
  name: string;
  /** What has to be there, and is not timed. */
  before?(walk: Walk): Promise<void>;
  start(walk: Walk): Promise<void>;
  /** The words of the button that stops it. */
  stop: 'Cancel' | 'Stop';
  /** How long it works before it is stopped, in ms. */
  after: number;
}

/** @param photos @param names  as `writeFiles` leaves them */
export function jobs(photos: string, names: string): Job[] {
  let backup = '';
  return [
    { name: 'a zip of many names is read', start: walk => chosen(walk, names), stop: 'Cancel', after: 0 },
    { name: 'images are imported', start: walk => imported(walk, photos), stop: 'Cancel', after: 3000 },
    {
      name: 'dataset.zip is written',
      async before(walk) {
        await imported(walk, photos);
        await onScreen(walk, 'added ·', WAIT_MS);
      },
      start: pressed('export', 'Save dataset.zip'),
      stop: 'Cancel',
      after: 300,
    },
    { name: 'a backup is written', start: pressed('export', 'Save backup'), stop: 'Cancel', after: 300 },
    { name: 'the collection is verified', start: pressed('settings', 'Verify collection'), stop: 'Cancel', after: 300 },
    { name: 'features are computed', start: pressed('train', 'Train'), stop: 'Stop', after: 3000 },
    {
      name: 'a head is trained',
      before: walk => train(walk),
      async start(walk) {
        await show(walk, 'train');
        await unfold(walk.app, 'Advanced');
        await select(walk.app, 'Head', 'article');
        await fill(walk.app, 'Epochs', '500');
        await press(walk.app, 'Train');
      },
      stop: 'Stop',
      after: 2000,
    },
    {
      name: 'wrong labels are looked for',
      start: pressed('report', 'Look for wrong labels'),
      stop: 'Cancel',
      after: 0,
    },
    {
      name: 'heat maps are drawn',
      start: pressed('report', 'Show the heat maps of 8 images'),
      stop: 'Cancel',
      after: 0,
    },
    { name: 'model.zip is written', start: pressed('export', 'Save model.zip'), stop: 'Cancel', after: 100 },
    {
      name: 'a backup is read',
      async before(walk) {
        backup = (await saveBackup(walk)).path;
        await deleteEverything(walk);
      },
      async start(walk) {
        await show(walk, 'export');
        await choose(walk, 'Choose a backup', backup);
      },
      stop: 'Cancel',
      after: 0,
    },
    {
      name: 'a backup is restored',
      async start(walk) {
        await choose(walk, 'Choose a backup', backup);
        await press(walk.app, 'Restore', WAIT_MS);
      },
      stop: 'Cancel',
      after: 2000,
    },
  ];
}

function pressed(screen: Parameters<typeof show>[1], button: string) {
  return async (walk: Walk) => {
    await show(walk, screen);
    await press(walk.app, button);
  };
}

async function chosen(walk: Walk, path: string): Promise<void> {
  await show(walk, 'export');
  await choose(walk, 'Choose a zip of label folders', path);
}

async function imported(walk: Walk, path: string): Promise<void> {
  await chosen(walk, path);
  await confirmImport(walk.app);
}
