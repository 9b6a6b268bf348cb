// Learning that is interrupted: a closed page, a hidden tab, a damaged picture, images that come later, a lost graphics device.
import type { Page, WebWorker } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../scripts/browsers/driver';
import { field, hasButton, press, select, unfold } from '../../scripts/browsers/elements';
import { chooseBackbone } from '../../scripts/demo/learn-steps';
import { waitFor } from '../../scripts/demo/wait';
import { APP_PAGE, show, type Walk } from '../../scripts/demo/walk';
import type { Model } from '../../src/contract/report';
import type { Sample } from '../../src/contract/sample';
import { stage } from './stage';
import { collectOwn } from './trained';

const PICTURES = 6;
const TRAIN_MS = 240_000;

describe.each(BROWSER_NAMES)('learning in %s', browser => {
  let walk: Walk;

  beforeAll(async () => {
    // Where there is a software renderer it must not be chosen; Chromium is given one.
    walk = await stage(browser, { labels: [], softwareGraphics: true });
    await collectOwn(walk, ['dots', 'rings'], PICTURES);
    await chooseBackbone(walk, 'seeded');
  }, 300_000);
  afterAll(() => walk?.close());

  it('keeps the features of a page that was closed, and says so', async () => {
    // Opened beforehand: what is left to compute takes less time than a new tab.
    const next = await walk.driver.newPage();
    await walk.app.bringToFront();
    await startTraining(walk);
    await waitFor('the first features', async () => (await features(walk)).length >= 1 || undefined, TRAIN_MS);
    await reopen(walk, next);
    const kept = (await features(walk)).length;
    expect(kept).toBeLessThan(2 * PICTURES);
    await show(walk, 'train');
    await onScreen(walk, `The features of ${kept} of ${2 * PICTURES} images are ready`);
  });

  it('goes on where it stopped, in a hidden tab and past a picture that is damaged', async () => {
    const before = await features(walk);
    const damaged = await damageOne(walk);
    await startTraining(walk);
    const other = await walk.driver.newPage();
    await other.bringToFront();
    const hidden = () => walk.app.evaluate(() => document.visibilityState);
    await waitFor('the app to be hidden', async () => (await hidden()) === 'hidden' || undefined, 10_000);
    const model = await waitFor('a model', () => newest(walk.app), TRAIN_MS);
    expect(await hidden()).toBe('hidden');
    await other.close();
    expect(model.report.backend).toBe('wasm');
    expect(model.report.skipped).toBe(1);
    expect(model.unread).toEqual([damaged]);
    const after = await features(walk);
    expect(after).toHaveLength(2 * PICTURES - 1);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(model.verdicts.length).toBe(after.length);
  });

  it('continues with the images of a new label in one click', async () => {
    const first = (await newest(walk.app))!;
    await collectOwn(walk, ['stripes'], PICTURES);
    await show(walk, 'train');
    await onScreen(walk, 'New labels: stripes.');
    await press(walk.app, `Continue with ${PICTURES} new images`);
    const model = await modelAfter(walk, first);
    expect(model.labels.map(({ name }) => name)).toEqual(['dots', 'rings', 'stripes']);
    expect(model.report.head.reason).toEqual({ code: 'continued', words: [String(PICTURES)] });
    expect(model.head.kind).toBe(first.head.kind);
    expect(model.verdicts.length).toBe(3 * PICTURES - 1);
    await show(walk, 'train');
    await onScreen(walk, 'The model is trained');
    expect(await hasButton(walk.app, `Continue with ${PICTURES} new images`)).toBe(false);
  });

  it('computes the mirror images of what is learnt from, and nothing else anew', async () => {
    const first = (await newest(walk.app))!;
    await overFeatures(walk, 'mark');
    await show(walk, 'train');
    await unfold(walk.app, 'Advanced');
    const mirror = await field(walk.app, 'Learn from mirror images too');
    await mirror.click();
    await startTraining(walk);
    const model = await modelAfter(walk, first);
    expect(model.report.head.options.mirror).toBe(true);
    const rows = await read<{ key: string[]; seen?: true }>(walk.app, 'features');
    const mirrored = rows.filter(({ key }) => key[2] === 'mirror').map(({ key }) => key[0]);
    const learnt = model.verdicts.filter(({ split }) => split === 'train').map(({ sha256 }) => sha256);
    expect(mirrored.sort()).toEqual(learnt.sort());
    expect(rows.filter(({ seen }) => seen)).toHaveLength(3 * PICTURES - 1);
    expect(rows).toHaveLength(3 * PICTURES - 1 + learnt.length);
    // The linear head has seen each of these images twice, and judges each once.
    expect(model.verdicts).toHaveLength(3 * PICTURES - 1);
    await show(walk, 'train');
    await unfold(walk.app, 'Advanced');
    await (await field(walk.app, 'Learn from mirror images too')).click();
  });

  it('holds no picture out that the backbone finds alike to one it learns from; seeded weights find nothing', async () => {
    const [learnt, copy] = await makeFeatures(walk);
    for (const weights of ['seeded', 'file'] as const) {
      await callWeights(walk, weights);
      const first = (await newest(walk.app))!;
      await startTraining(walk);
      const model = await modelAfter(walk, first);
      const rows = new Map((await read<Sample>(walk.app, 'samples')).map(row => [row.sha256, row]));
      const [a, b] = [rows.get(learnt)!, rows.get(copy)!];
      expect(a.group === b.group).toBe(weights === 'file');
      if (weights === 'file') expect([a.split, b.split]).toEqual(['train', 'train']);
      for (const { sha256, split } of model.verdicts) expect(split).toBe(rows.get(sha256)?.split);
    }
    await callWeights(walk, 'seeded');
  });

  it.runIf(browser === 'chromium')('hands the work of a lost graphics device to the next backend', async () => {
    walk.app.on('workercreated', loseItsContext);
    await overFeatures(walk, 'empty');
    await show(walk, 'settings');
    await select(walk.app, 'Backend', 'webgl');
    const first = (await newest(walk.app))!;
    await startTraining(walk);
    const model = await modelAfter(walk, first);
    expect(lost).toEqual(['lost']);
    expect(model.report.backend).toBe('wasm');
    expect(await features(walk)).toHaveLength(3 * PICTURES - 1);
  });
});

/** One word for each worker whose context was lost. */
const lost: string[] = [];

/** Lets the WebGL context of a worker go in the midst of its first batch: after so many draws, each an operation. */
async function loseItsContext(worker: WebWorker): Promise<void> {
  await worker
    .evaluate(() => {
      const { drawElements } = WebGL2RenderingContext.prototype;
      let draws = 0;
      return new Promise<string>(resolve => {
        WebGL2RenderingContext.prototype.drawElements = function (...given) {
          drawElements.apply(this, given);
          if (++draws !== 4) return;
          this.getExtension('WEBGL_lose_context')?.loseContext();
          resolve('lost');
        };
      });
    })
    .then(
      word => lost.push(word),
      () => undefined,
    );
}

/** The linear head, because it is done in a second. */
async function startTraining(walk: Walk): Promise<void> {
  await show(walk, 'train');
  await select(walk.app, 'Head', 'linear');
  await press(walk.app, 'Train');
}

/** Closes the app's tab without asking and opens it anew in another, as a crash or a restart would. */
async function reopen(walk: Walk, app: Page): Promise<void> {
  await walk.app.close();
  walk.app = app;
  await walk.driver.open(app, `${walk.driver.extensionUrl(APP_PAGE)}#dataset`);
}

function newest(app: Page): Promise<Model | undefined> {
  return read<Model>(app, 'models').then(all => all.sort((a, b) => b.createdAt - a.createdAt)[0]);
}

function modelAfter(walk: Walk, first: Model): Promise<Model> {
  const next = async () => {
    const now = await newest(walk.app);
    return now?.id === first.id ? undefined : now;
  };
  return waitFor('the next model', next, TRAIN_MS);
}

/** Hashes of the pictures whose features are stored. */
async function features(walk: Walk): Promise<string[]> {
  return (await read<{ key: [string] }>(walk.app, 'features')).map(({ key }) => key[0]);
}

/** All rows of a store; numbers of typed arrays are left out. */
async function read<T>(app: Page, store: string): Promise<T[]> {
  const json = await app.evaluate(
    name =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('gleaner');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const request = database.transaction(name).objectStore(name).getAll();
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            database.close();
            resolve(JSON.stringify(request.result, (_, value) => (ArrayBuffer.isView(value) ? undefined : value)));
          };
        };
      }),
    store,
  );
  return JSON.parse(json) as T[];
}

/** Empties the store of features, or marks each row as seen: a row that is computed anew loses its mark. */
async function overFeatures(walk: Walk, work: 'empty' | 'mark'): Promise<void> {
  await walk.app.evaluate(
    mark =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('gleaner');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('features', 'readwrite');
          const store = transaction.objectStore('features');
          const rows = store.getAll();
          rows.onsuccess = () => {
            store.clear();
            if (mark) for (const row of rows.result) store.put({ ...row, seen: true });
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    work === 'mark',
  );
}

/** Overwrites the bytes of one picture that has no features yet; gives its hash. */
async function damageOne(walk: Walk): Promise<string> {
  const had = await features(walk);
  const sample = (await read<{ sha256: string; split: string }>(walk.app, 'samples')).find(
    ({ sha256, split }) => split === 'train' && !had.includes(sha256),
  )!;
  await walk.app.evaluate(
    sha256 =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('gleaner');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('blobs', 'readwrite');
          transaction.objectStore('blobs').put({ sha256, blob: new Blob([new Uint8Array(5000)]) });
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    sample.sha256,
  );
  return sample.sha256;
}

/**
 * Gives each picture features of its own, none like another's, but for two of one label in groups of their own: the first is
 * trained with, the second has the features of the first.
 */
async function makeFeatures(walk: Walk): Promise<[learnt: string, copy: string]> {
  const had = new Set(await features(walk));
  const samples = (await read<Sample>(walk.app, 'samples')).filter(({ sha256 }) => had.has(sha256));
  const learnt = samples.find(({ split }) => split === 'train')!;
  const mates = samples.filter(({ labelId, group }) => labelId === learnt.labelId && group !== learnt.group);
  const copy = mates.find(({ split }) => split !== 'train') ?? mates[0]!;
  await walk.app.evaluate(
    (learnt, copy) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('gleaner');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('features', 'readwrite');
          const store = transaction.objectStore('features');
          const rows = store.getAll();
          rows.onsuccess = () => {
            const hashes = rows.result.map(({ key }) => key[0]);
            for (const { key } of rows.result) {
              const values = new Float32Array(4096);
              values[hashes.indexOf(key[0] === copy ? learnt : key[0])] = 1;
              store.put({ key, values });
            }
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    learnt.sha256,
    copy.sha256,
  );
  return [learnt.sha256, copy.sha256];
}

/** Has the installed weights pass for ones from a file, or for what they are. */
async function callWeights(walk: Walk, weights: 'seeded' | 'file'): Promise<void> {
  await walk.app.evaluate(
    weights =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('gleaner');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('backbones', 'readwrite');
          const store = transaction.objectStore('backbones');
          const rows = store.getAll();
          rows.onsuccess = () => {
            for (const row of rows.result) store.put({ ...row, info: { ...row.info, weights } });
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    weights,
  );
}

async function onScreen(walk: Walk, words: string): Promise<void> {
  const shown = async () =>
    walk.app.$eval('body', body => (body.textContent ?? '').replace(/\s+/g, ' ')).catch(() => '');
  await waitFor(`"${words}"`, async () => (await shown()).includes(words) || undefined, 30_000, shown);
}
