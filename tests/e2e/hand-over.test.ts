// Class folders and backups come in through the Export screen, and files that mean harm do not.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { press, tick } from '../../harness/browsers/elements';
import { readCollection } from '../../harness/collection';
import { readRows } from '../../harness/database';
import { drawnLabels, drawTestImage, type LabelImages } from '../../harness/pictures/pictures';
import { confirmImport, importShown } from '../../harness/steps/import-steps';
import { chooseBackbone, train } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { show, type Walk } from '../../harness/walk';
import type { Model } from '../../src/contract/report';
import { readHeader } from '../../src/formats/image';
import { IMAGE_LIMITS } from '../../src/pipeline/download/limits';
import { inHalf } from '../../src/pipeline/export/halves';
import {
  choose,
  complaint,
  deleteEverything,
  forgeManifest,
  forgeTable,
  onScreen,
  restore,
  saveBackup,
  saveZip,
  sha256,
  unfoldOptions,
} from './steps/hand-over-steps';
import { tellBackground } from './steps/harvesting';
import { lookOver } from './steps/look-over';
import { stage } from './steps/stage';
import { trainedModel } from './steps/trained-rows';

/** Of each label; few, because a model is trained on them. */
const IMAGES = 3;

/** The user's word on two near-duplicates, which a backup keeps. */
async function confirmTwo(walk: Walk): Promise<void> {
  const { labels, samples } = await readCollection(walk.app);
  const labelIds = labels.map(({ id }) => id).sort();
  const confirmed = samples.slice(0, 2).map(({ sha256 }) => ({ sha256, labelIds }));
  await tellBackground(walk, 'resolveConflicts', { confirmed });
}

describe.each(BROWSER_NAMES)('handing over in %s', browser => {
  let walk: Walk;
  let folders: LabelImages[];

  const file = async (name: string, zip: JSZip) => {
    const path = join(walk.out, name);
    await writeFile(path, await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
    return path;
  };
  const look = (state: string) => lookOver(walk.driver, walk.app, state);
  const samples = async () => (await readCollection(walk.app)).samples;
  const modelIds = async () => (await readRows<Model>(walk.app, 'models')).map(({ id }) => id).sort();
  const counted = (n: number) =>
    waitFor(`${n} images`, async () => ((await samples()).length === n ? true : undefined), 60_000);

  beforeAll(async () => {
    folders = drawnLabels(IMAGES, ['dots', 'rings']);
    walk = await stage(browser, { labels: drawnLabels(1, ['stripes']) });
    await show(walk, 'export');
  }, 300_000);
  afterAll(() => walk?.close());

  it('imports a zip of class folders, says what it left out, and takes it back', async () => {
    const zip = new JSZip();
    for (const { label, images } of folders) {
      for (const [i, { bytes }] of images.entries()) {
        zip.file(`set/${i % 3 === 0 ? 'test' : 'train'}/${label}/${i}.png`, bytes);
      }
    }
    zip.file('set/readme.txt', 'hello');
    zip.file('set/train/dots/broken.jpg', 'no picture');
    await choose(walk, 'Choose a zip of label folders', await file('set.zip', zip));
    const shown = await importShown(walk.app);
    // A copy of one image of each, and a file that is no image: both are found out when they are taken.
    expect(shown.labels).toEqual({ dots: IMAGES + 2, rings: IMAGES + 1 });
    expect(shown.words).toContain('1 other file was passed over');
    expect(shown.words).toContain('Not kept: the split into test, train');
    expect(await samples()).toHaveLength(0);
    await look('export-import-asked');
    await confirmImport(walk.app);
    const words = await onScreen(walk, `${2 * IMAGES} images added`);
    await look('export-imported');
    expect(words).toContain('2 labels');
    expect(words).toContain('broken.jpg: This file is not an image.');
    const { labels, harvests } = await readCollection(walk.app);
    expect(labels.map(({ name }) => name).sort()).toEqual(['dots', 'rings']);
    expect((await samples()).every(sample => sample.provenance.query === 'set')).toBe(true);
    expect(harvests.map(({ engine, added }) => [engine, added])).toEqual([
      ['folder', IMAGES],
      ['folder', IMAGES],
    ]);
    await press(walk.app, 'Undo');
    await counted(0);
    await press(walk.app, 'Redo');
    await counted(2 * IMAGES);
  });

  it('refuses zips that mean harm with a sentence, and takes nothing of them', async () => {
    const climbing = new JSZip().file('dots/../../evil.jpg', folders[0]?.images[0]?.bytes ?? '', {
      createFolders: false,
    });
    await choose(walk, 'Choose a zip of label folders', await file('climbing.zip', climbing));
    expect(await complaint(walk)).toMatch(/Refused: the zip holds a file named .+evil\.jpg/);
    const bomb = await file('bomb.zip', new JSZip().file('dots/1.jpg', new Uint8Array(250_000)));
    await writeFile(bomb, promisingMore(await readFile(bomb), 250_000_000));
    await choose(walk, 'Choose a zip of label folders', bomb);
    expect(await complaint(walk, () => look('export-refused'))).toMatch(/Refused: this zip would unpack to far more/);
    await choose(walk, 'Choose a backup', await file('no-backup.zip', new JSZip().file('a/1.jpg', 'x')));
    expect(await complaint(walk)).toMatch(/not a Gleaner backup/);
    expect(await samples()).toHaveLength(2 * IMAGES);
  });

  it('saves of the dataset what was chosen, scaled down', async () => {
    await unfoldOptions(walk, 'Dataset');
    await tick(walk.app, 'validation', false);
    await tick(walk.app, 'dots', false);
    await tick(walk.app, 'Longest side at most');
    await walk.app.locator('::-p-aria([name="Longest side in pixels"])').fill('96');
    const { zip } = await saveZip(walk, 'dataset.zip');
    const { labels, samples: all } = await readCollection(walk.app);
    const rings = labels.find(({ name }) => name === 'rings')?.id;
    const wanted = all.filter(({ labelId, split }) => labelId === rings && split !== 'valid');
    expect(wanted.length).toBeGreaterThan(1);
    const images = Object.values(zip.files).filter(({ name }) => /\.(?:jpg|png)$/.test(name));
    expect(images.map(({ name }) => name.replace(/\.\w+$/, '')).sort()).toEqual(
      wanted.map(({ split, sha256 }) => `dataset/${split}/rings/${sha256}`).sort(),
    );
    for (const image of images) {
      const { width, height } = readHeader(
        image.name.endsWith('.png') ? 'png' : 'jpeg',
        await image.async('uint8array'),
        IMAGE_LIMITS,
      )!;
      expect(Math.max(width, height)).toBe(96);
    }
    expect(Object.keys(zip.files).filter(name => /valid|dots/.test(name))).toEqual([]);
    expect((await zip.file('dataset/urls.csv')!.async('string')).trim().split('\r\n')).toHaveLength(1 + wanted.length);
  });

  it.runIf(browser === 'chromium')('saves a model in the formats that are asked for', async () => {
    await chooseBackbone(walk, 'quick');
    await train(walk, 1);
    await show(walk, 'export');
    await unfoldOptions(walk, 'Model');
    await tick(walk.app, 'Teachable Machine');
    const { zip } = await saveZip(walk, 'model.zip');
    const files = Object.keys(zip.files);
    expect(files).toEqual(
      expect.arrayContaining(['report.html', 'labels.txt', 'teachable-machine/metadata.json', 'backbone/NOTICE.txt']),
    );
    expect(files.filter(name => /^(?:keras|onnx)/.test(name))).toEqual([]);
    const { architecture } = JSON.parse(await zip.file('report.json')!.async('string'));
    const weights = await zip.file('teachable-machine/weights.bin')!.async('uint8array');
    // The conversion of pixels has 9 weights and 3 biases.
    expect(weights.length).toBe(4 * (architecture.backbone.parameters + architecture.head.parameters + 12));
  });

  it.runIf(browser === 'chromium')('saves the head alone, in half precision where that does not show', async () => {
    for (const choice of ['Half precision', 'Head only', 'Keras', 'ONNX']) await tick(walk.app, choice);
    const { zip } = await saveZip(walk, 'model.zip');
    const files = Object.keys(zip.files);
    expect(files).toEqual(expect.arrayContaining(['tfjs/model.json', 'keras/model.h5', 'onnx/model.onnx']));
    // Both are whole networks by definition.
    expect(files.filter(name => /^teachable-machine|index\.html/.test(name))).toEqual([]);
    const { architecture } = JSON.parse(await zip.file('report.json')!.async('string'));
    const shards = files.filter(name => name.endsWith('.bin')).map(name => zip.file(name)!.async('uint8array'));
    const bytes = (await Promise.all(shards)).reduce((sum, { length }) => sum + length, 0);
    const { weightsManifest } = JSON.parse(await zip.file('tfjs/model.json')!.async('string'));
    const tensors = weightsManifest.flatMap(({ weights }: { weights: { shape: number[]; quantization?: object }[] }) =>
      weights.map(({ shape, quantization }) => ({
        numbers: shape.reduce((all, side) => all * side, 1),
        each: quantization ? 2 : 4,
      })),
    ) as { numbers: number; each: number }[];
    expect(tensors.reduce((sum, { numbers }) => sum + numbers, 0)).toBe(architecture.head.parameters);
    expect(tensors.every(({ numbers, each }) => each === (inHalf(numbers) ? 2 : 4))).toBe(true);
    expect(bytes).toBe(tensors.reduce((sum, { numbers, each }) => sum + numbers * each, 0));
  });

  it('comes back from a backup byte for byte after everything was deleted', async () => {
    // Where one was trained, it comes back too, with the features it learnt from.
    const model = await trainedModel(walk.app).catch(() => undefined);
    await confirmTwo(walk);
    const { harvests, ...before } = await readCollection(walk.app);
    // What an undone import left in the log belongs to labels that are gone.
    const kept = new Set(before.labels.map(({ id }) => id));
    const first = await saveBackup(walk, true);
    const tables = JSON.parse(first.manifest).pieces.map(({ table }: { table: string }) => table);
    if (model) expect(tables).toEqual(expect.arrayContaining(['features', 'models']));
    const copy = join(walk.out, 'first.zip');
    await copyFile(first.path, copy);
    await deleteEverything(walk, () => look('settings-delete'));
    expect(await readCollection(walk.app)).toEqual({ labels: [], jobs: [], samples: [], harvests: [] });
    expect(await restore(walk, copy)).toContain(`${2 * IMAGES} images restored · 2 labels`);
    expect(await readCollection(walk.app)).toEqual({
      ...before,
      harvests: harvests.filter(({ labelId }) => kept.has(labelId)),
    });
    expect(await trainedModel(walk.app).catch(() => undefined)).toEqual(model);
    expect((await saveBackup(walk)).manifest).toBe(first.manifest);
  });

  it.runIf(browser === 'chromium')('merges a backup into what is here, and leaves a changed backup alone', async () => {
    const { path, zip } = await saveBackup(walk);
    await choose(walk, 'Choose a backup', path);
    await onScreen(walk, `${2 * IMAGES} here already`);
    await look('export-restore');
    await press(walk.app, 'Cancel');
    const table = Object.keys(zip.files).find(name => name.startsWith('samples/')) ?? '';
    zip.file(table, `${await zip.file(table)?.async('string')}`.replace('"split":"train"', '"split":"tests"'));
    await choose(walk, 'Choose a backup', await file('changed.zip', zip));
    expect(await complaint(walk)).toMatch(/is missing or was changed/);
    expect(await samples()).toHaveLength(2 * IMAGES);
  });

  it.runIf(browser === 'chromium')(
    'lets no stranger’s backup take or delete what is ours, and takes all of it back',
    async () => {
      const before = await readCollection(walk.app);
      const models = await modelIds();
      const { zip } = await saveBackup(walk);
      const careless = await saveBackup(walk);
      await forgeTable(zip, 'harvests/00000.jsonl', rows => rows.map(row => ({ ...row, id: 'totally-normal' })));
      await choose(walk, 'Choose a backup', await file('no-id.zip', zip));
      expect(await complaint(walk)).toMatch(/holds something at “id”/);

      // It calls its harvests by the ids of ours, brings an image for them, and models that were trained in the far future.
      const evil = (await saveBackup(walk)).zip;
      const bytes = drawTestImage('dots', 99).bytes;
      const image = {
        sha256: sha256(bytes),
        dHash: sha256(bytes),
        group: sha256(bytes),
        bytes: bytes.length,
        type: 'png',
      };
      evil.file(`images/${image.sha256}.png`, bytes, { createFolders: false });
      await forgeTable(evil, 'harvests/00000.jsonl', rows => rows.map(row => ({ ...row, query: 'theirs' })));
      await forgeTable(evil, 'samples/00000.jsonl', rows =>
        [...rows, { ...rows[0], ...image }].sort((a, b) => (`${a.sha256}` < `${b.sha256}` ? -1 : 1)),
      );
      if (models.length > 0) await forgeModels(evil, 3);
      await choose(walk, 'Choose a backup', await file('evil.zip', evil));
      await onScreen(walk, models.length > 0 ? 'Yours is kept: under Report' : 'here already');
      await look('export-restore-models');
      await press(walk.app, 'Restore');
      await onScreen(walk, '1 image restored ·');
      expect(await modelIds()).toHaveLength(models.length > 0 ? models.length + 3 : 0);
      const during = await readCollection(walk.app);
      expect(during.harvests).toEqual(expect.arrayContaining(before.harvests));
      await press(walk.app, 'Undo');
      await counted(2 * IMAGES);
      await waitFor('models', async () => (await modelIds()).length === models.length || undefined, 10_000);
      expect([await readCollection(walk.app), await modelIds()]).toEqual([before, models]);

      await press(walk.app, 'Redo');
      await counted(2 * IMAGES + 1);
      const ours = new Set(before.harvests.map(({ id }) => id));
      for (const { id } of during.harvests) {
        if (!ours.has(id)) await tellBackground(walk, 'undoHarvest', { harvestId: id });
      }
      expect((await readCollection(walk.app)).samples).toEqual(before.samples);

      // Into an empty project a backup brings its settings, but not to collect what forbids it unless that is asked for.
      await deleteEverything(walk);
      await forgeManifest(careless.zip, manifest => ({
        ...manifest,
        settings: { ...manifest.settings, honourOptOut: false, transfers: 2 },
      }));
      await show(walk, 'export');
      await choose(walk, 'Choose a backup', await file('careless.zip', careless.zip));
      await onScreen(walk, 'Downloads at once: 2');
      await look('export-restore-settings');
      await press(walk.app, 'Restore');
      await onScreen(walk, 'restored ·');
      const settings = await walk.app.evaluate(async () => (await chrome.storage.local.get('settings')).settings);
      expect(settings).toMatchObject({ honourOptOut: true, transfers: 2 });
    },
  );
});

/** The backup with its model several times, each under an id and a date of its own. */
async function forgeModels(zip: JSZip, count: number): Promise<void> {
  const text = await zip.file('models/00000.jsonl')!.async('string');
  const numbers = await zip.file('models/00000.f32')!.async('uint8array');
  const pieces = Array.from({ length: count }, (_, i) => {
    const row = { ...JSON.parse(text), id: crypto.randomUUID(), createdAt: 8e15 + i };
    return { path: `models/0000${i}.jsonl`, text: `${JSON.stringify(row)}\n` };
  });
  for (const { path, text } of pieces) {
    zip.file(path, text, { createFolders: false });
    zip.file(path.replace('jsonl', 'f32'), numbers, { createFolders: false });
  }
  await forgeManifest(zip, manifest => {
    const [model] = manifest.pieces.filter(({ table }) => table === 'models');
    const others = manifest.pieces.filter(({ table }) => table !== 'models');
    const forged = pieces.map(({ path, text }) => ({ ...model!, path, sha256: sha256(text) }));
    return { ...manifest, pieces: [...others, ...forged] };
  });
}

/** The zip with another unpacked size in its directory; a real bomb of that size takes seconds to make. */
function promisingMore(zip: Buffer, bytes: number): Buffer {
  const changed = Buffer.from(zip);
  // The directory follows the files, and its first record is that of the folder; each has its size at this place.
  const record = changed.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  changed.writeUInt32LE(bytes, record + 24);
  return changed;
}
