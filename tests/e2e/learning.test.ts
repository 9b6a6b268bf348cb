// Learning that is interrupted: a closed page, a hidden tab, a damaged image, images that come later, a lost graphics device.
import type { Page, WebWorker } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { field, hasButton, press, select, unfold } from '../../harness/browsers/elements';
import { waitForWords } from '../../harness/browsers/words';
import { readRows } from '../../harness/database';
import { chooseBackbone } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, show, type Walk } from '../../harness/walk';
import type { Model } from '../../src/contract/report';
import type { Sample } from '../../src/contract/sample';
import { chooseByKey, fieldOf, pressByKey, unfoldByKey } from './steps/keys';
import { callWeights, damageOne, featured, makeFeatures, overFeatures, trustBackend } from './steps/learning-rows';
import { stage } from './steps/stage';
import { collectOwn } from './steps/trained';

const IMAGES = 6;
const TRAIN_MS = 240_000;

describe.each(BROWSER_NAMES)('learning in %s', browser => {
  let walk: Walk;

  beforeAll(async () => {
    // Where there is a software renderer it must not be chosen; Chromium is given one.
    walk = await stage(browser, { labels: [], softwareGraphics: true });
    // Before there are images: the built-in network would look at them as they arrive.
    await chooseBackbone(walk, 'seeded');
    await collectOwn(walk, ['dots', 'rings'], IMAGES);
  }, 300_000);
  afterAll(() => walk?.close());

  it('keeps the features of a page that was closed, and says so', async () => {
    // Opened beforehand: what is left to compute takes less time than a new tab.
    const next = await walk.driver.newPage();
    await walk.app.bringToFront();
    await startTraining(walk);
    await waitFor('the first features', async () => (await featured(walk.app)).length >= 1 || undefined, TRAIN_MS);
    await reopen(walk, next);
    const kept = (await featured(walk.app)).length;
    expect(kept).toBeLessThan(2 * IMAGES);
    await show(walk, 'train');
    await waitForWords(walk.app, `The features of ${kept} of ${2 * IMAGES} images are ready`);
  });

  it('goes on where it stopped, in a hidden tab and past a picture that is damaged', async () => {
    const before = await featured(walk.app);
    const damaged = await damageOne(walk.app);
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
    const after = await featured(walk.app);
    expect(after).toHaveLength(2 * IMAGES - 1);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(model.verdicts.length).toBe(after.length);
  });

  it('continues with the images of a new label in one click', async () => {
    const first = (await newest(walk.app))!;
    await collectOwn(walk, ['stripes'], IMAGES);
    await show(walk, 'train');
    await waitForWords(walk.app, 'New labels: stripes.');
    await press(walk.app, `Continue with ${IMAGES} new images`);
    const model = await modelAfter(walk, first);
    expect(model.labels.map(({ name }) => name)).toEqual(['dots', 'rings', 'stripes']);
    expect(model.report.head.reason).toEqual({ code: 'continued', words: [String(IMAGES)] });
    expect(model.head.kind).toBe(first.head.kind);
    expect(model.verdicts.length).toBe(3 * IMAGES - 1);
    await show(walk, 'train');
    await waitForWords(walk.app, 'The model is trained');
    expect(await hasButton(walk.app, `Continue with ${IMAGES} new images`)).toBe(false);
  });

  it.runIf(browser === 'chromium')(
    'computes the mirror images of what is learnt from, and nothing else anew',
    async () => {
      const first = (await newest(walk.app))!;
      await overFeatures(walk.app, 'mark');
      await show(walk, 'train');
      await unfold(walk.app, 'Advanced');
      const mirror = await field(walk.app, 'Learn from mirror images too');
      await mirror.click();
      await startTraining(walk);
      const model = await modelAfter(walk, first);
      expect(model.report.head.options.mirror).toBe(true);
      const rows = await readRows<{ key: string[]; seen?: true }>(walk.app, 'features');
      const mirrored = rows.filter(({ key }) => key[2] === 'mirror').map(({ key }) => key[0]);
      const learnt = model.verdicts.filter(({ split }) => split === 'train').map(({ sha256 }) => sha256);
      expect(mirrored.sort()).toEqual(learnt.sort());
      expect(rows.filter(({ seen }) => seen)).toHaveLength(3 * IMAGES - 1);
      expect(rows).toHaveLength(3 * IMAGES - 1 + learnt.length);
      // The linear head has seen each of these images twice, and judges each once.
      expect(model.verdicts).toHaveLength(3 * IMAGES - 1);
      await show(walk, 'train');
      await unfold(walk.app, 'Advanced');
      await (await field(walk.app, 'Learn from mirror images too')).click();
    },
  );

  it.runIf(browser === 'chromium')(
    'holds no picture out that the backbone finds alike to one it learns from; seeded weights find nothing',
    async () => {
      const [learnt, copy] = await makeFeatures(walk.app);
      for (const weights of ['seeded', 'file'] as const) {
        await callWeights(walk.app, weights);
        const first = (await newest(walk.app))!;
        await startTraining(walk);
        const model = await modelAfter(walk, first);
        const rows = new Map((await readRows<Sample>(walk.app, 'samples')).map(row => [row.sha256, row]));
        const [a, b] = [rows.get(learnt)!, rows.get(copy)!];
        expect(a.group === b.group).toBe(weights === 'file');
        if (weights === 'file') expect([a.split, b.split]).toEqual(['train', 'train']);
        for (const { sha256, split } of model.verdicts) expect(split).toBe(rows.get(sha256)?.split);
      }
      await callWeights(walk.app, 'seeded');
    },
  );

  it.runIf(browser === 'chromium')('hands the work of a lost graphics device to the next backend', async () => {
    // As if it had been compared with the kernels before: the device goes in the midst of the work itself.
    await trustBackend(walk.app, 'webgl', (await newest(walk.app))!.backbone.id);
    walk.app.on('workercreated', loseItsContext);
    await overFeatures(walk.app, 'empty');
    await show(walk, 'settings');
    await select(walk.app, 'Backend', 'webgl');
    const first = (await newest(walk.app))!;
    await startTraining(walk);
    const model = await modelAfter(walk, first);
    expect(lost).toEqual(['lost']);
    expect(model.report.backend).toBe('wasm');
    expect(await featured(walk.app)).toHaveLength(3 * IMAGES - 1);
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

/** The linear head, because it is done in a second; by keyboard. */
async function startTraining(walk: Walk): Promise<void> {
  await show(walk, 'train');
  await unfoldByKey(walk.app, 'Advanced');
  await chooseByKey(walk.app, await fieldOf(walk.app, 'Head'), 'One linear layer');
  await pressByKey(walk.app, 'Train', 'main');
}

/** Closes the app's tab without asking and opens it anew in another, as a crash or a restart would. */
async function reopen(walk: Walk, app: Page): Promise<void> {
  await walk.app.close();
  walk.app = app;
  await walk.driver.open(app, `${walk.driver.extensionUrl(APP_PAGE)}#dataset`);
}

function newest(app: Page): Promise<Model | undefined> {
  return readRows<Model>(app, 'models').then(all => all.sort((a, b) => b.createdAt - a.createdAt)[0]);
}

function modelAfter(walk: Walk, first: Model): Promise<Model> {
  const next = async () => {
    const now = await newest(walk.app);
    return now?.id === first.id ? undefined : now;
  };
  return waitFor('the next model', next, TRAIN_MS);
}
