// Class folders and backups come in through the Export screen, and files that mean harm do not.
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../scripts/browsers/driver';
import { press } from '../../scripts/browsers/elements';
import { readCollection } from '../../scripts/demo/collection';
import { drawnLabels, type LabelPictures } from '../../scripts/demo/pictures';
import { waitFor } from '../../scripts/demo/wait';
import { show, type Walk } from '../../scripts/demo/walk';
import { choose, complaint, deleteEverything, onScreen, restore, saveBackup } from './hand-over-steps';
import { stage } from './stage';

const PICTURES = 12;

describe.each(BROWSER_NAMES)('handing over in %s', browser => {
  let walk: Walk;
  let folders: LabelPictures[];

  const file = async (name: string, zip: JSZip) => {
    const path = join(walk.out, name);
    await writeFile(path, await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
    return path;
  };
  const samples = async () => (await readCollection(walk.app)).samples;
  const counted = (n: number) =>
    waitFor(`${n} images`, async () => ((await samples()).length === n ? true : undefined), 60_000);

  beforeAll(async () => {
    folders = drawnLabels(PICTURES, ['dots', 'rings']);
    walk = await stage(browser, { labels: drawnLabels(1, ['stripes']) });
    await show(walk, 'export');
  }, 300_000);
  afterAll(() => walk?.close());

  it('imports a zip of class folders, says what it left out, and takes it back', async () => {
    const zip = new JSZip();
    for (const { label, pictures } of folders) {
      for (const [i, { bytes }] of pictures.entries()) {
        zip.file(`set/${i % 3 === 0 ? 'test' : 'train'}/${label}/${i}.png`, bytes);
      }
    }
    zip.file('set/readme.txt', 'hello');
    zip.file('set/train/dots/broken.jpg', 'no picture');
    await choose(walk, 'Choose a zip of class folders', await file('set.zip', zip));
    const words = await onScreen(walk, '24 images added');
    expect(words).toContain('2 labels');
    expect(words).toContain('1 other file was passed over');
    const { labels, harvests } = await readCollection(walk.app);
    expect(labels.map(({ name }) => name).sort()).toEqual(['dots', 'rings']);
    expect((await samples()).every(sample => sample.provenance.query === 'set')).toBe(true);
    expect(harvests.map(({ engine, added }) => [engine, added])).toEqual([
      ['folder', PICTURES],
      ['folder', PICTURES],
    ]);
    await press(walk.app, 'Undo');
    await counted(0);
    await press(walk.app, 'Redo');
    await counted(2 * PICTURES);
  });

  it('refuses zips that mean harm with a sentence, and takes nothing of them', async () => {
    const climbing = new JSZip().file('dots/../../evil.jpg', folders[0]?.pictures[0]?.bytes ?? '', {
      createFolders: false,
    });
    await choose(walk, 'Choose a zip of class folders', await file('climbing.zip', climbing));
    expect(await complaint(walk)).toMatch(/Refused: the zip holds a file named .+evil\.jpg/);
    const bomb = new JSZip().file('dots/1.jpg', new Uint8Array(250_000_000));
    await choose(walk, 'Choose a zip of class folders', await file('bomb.zip', bomb));
    expect(await complaint(walk)).toMatch(/Refused: this zip would unpack to far more/);
    await choose(walk, 'Choose a backup', await file('no-backup.zip', new JSZip().file('a/1.jpg', 'x')));
    expect(await complaint(walk)).toMatch(/no backup of Gleaner/);
    expect(await samples()).toHaveLength(2 * PICTURES);
  });

  it('comes back from a backup byte for byte after everything was deleted', async () => {
    const { harvests, ...before } = await readCollection(walk.app);
    // What an undone import left in the log belongs to labels that are gone.
    const kept = new Set(before.labels.map(({ id }) => id));
    const first = await saveBackup(walk);
    const copy = join(walk.out, 'first.zip');
    await copyFile(first.path, copy);
    await deleteEverything(walk);
    expect(await readCollection(walk.app)).toEqual({ labels: [], jobs: [], samples: [], harvests: [] });
    expect(await restore(walk, copy)).toContain(`${2 * PICTURES} images restored · 2 labels`);
    expect(await readCollection(walk.app)).toEqual({
      ...before,
      harvests: harvests.filter(({ labelId }) => kept.has(labelId)),
    });
    expect((await saveBackup(walk)).manifest).toBe(first.manifest);
  });

  it('merges a backup into what is here, and leaves a changed backup alone', async () => {
    const { path, zip } = await saveBackup(walk);
    await choose(walk, 'Choose a backup', path);
    await onScreen(walk, `${2 * PICTURES} here already`);
    await press(walk.app, 'Cancel');
    const table = Object.keys(zip.files).find(name => name.startsWith('samples/')) ?? '';
    zip.file(table, `${await zip.file(table)?.async('string')}`.replace('"split":"train"', '"split":"tests"'));
    await choose(walk, 'Choose a backup', await file('changed.zip', zip));
    expect(await complaint(walk)).toMatch(/is missing or was changed/);
    expect(await samples()).toHaveLength(2 * PICTURES);
  });
});
