// The second half of the walk: weights, training, report, export and the test of an image in the popup.
import { copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BUILT_IN } from '../../src/backbones';
import type { Report } from '../../src/contract/report';
import { forgetDownload, waitForDownload } from '../browsers/downloads';
import { field, fill, giveFile, hasButton, press, select, spoken, unfold } from '../browsers/elements';
import { wordsOf } from '../browsers/words';
import { waitFor } from '../wait';
import { POPUP_PAGE, show, takeImage, type Walk } from '../walk';

const WEIGHTS_MS = 180_000;
const TRAIN_MS = 30 * 60_000;
const EXPORT_MS = 10 * 60_000;
const PREDICT_MS = 180_000;

/** `quick` is the built-in network, `resnet50` the article's, packed or downloaded; else `seeded` or a weights file. */
export type BackboneChoice = string;

/** Has the app use this network. Rejects with the app's own words when it cannot. */
export async function chooseBackbone(walk: Walk, choice: BackboneChoice): Promise<void> {
  await show(walk, 'train');
  if (choice === 'quick') {
    const use = `Use ${BUILT_IN.network}`;
    if (await hasButton(walk.app, use)) await press(walk.app, use);
    await backbone(walk, /comes with Gleaner/);
    return walk.say(`Weights: ${BUILT_IN.network}, built in.`);
  }
  if (choice === 'resnet50') {
    const packed = await hasPackedWeights(walk);
    // Those the app installs by itself at its first start.
    if (!packed) await press(walk.app, 'Download ResNet-50');
    await backbone(
      walk,
      packed ? /packed into this build/ : /^Backbone\W*ResNet-50.*storage\.googleapis\.com/,
      15 * 60_000,
    );
    return walk.say(`Weights: ResNet-50, ${packed ? 'packed into this build' : 'downloaded by the app'}.`);
  }
  await unfold(walk.app, 'Use other weights');
  if (choice === 'seeded') {
    walk.say('Weights: seeded random ones, as asked. They know nothing of pictures; every screen says so.');
    await press(walk.app, 'Use seeded weights');
    await backbone(walk, /from seed 1/);
    if (!/seeded weights/i.test(await wordsOf(walk.app)))
      throw new Error('The screen does not say that the weights are seeded.');
    return;
  }
  await giveFile(walk.app, 'Choose a weights file', choice);
  await backbone(walk, new RegExp(`from ${escaped(basename(choice))}`));
  walk.say(`Weights: read from ${choice}.`);
}

/** Whether `npm run backbone` put weights into this build; the app then installs them by itself. */
function hasPackedWeights(walk: Walk): Promise<boolean> {
  return walk.app.evaluate(async () => (await (await fetch('/backbone/packed.json')).json()) !== null);
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function backbone(walk: Walk, wanted: RegExp, timeoutMs = WEIGHTS_MS): Promise<void> {
  const failure = await backboneOrAlert(walk, wanted, timeoutMs);
  if (failure !== undefined) throw new Error(`The app cannot use these weights: ${failure}`);
}

/** Waits until the app says so of the backbone in use, or says why not, and gives those words. */
export function backboneOrAlert(walk: Walk, wanted: RegExp, timeoutMs: number): Promise<string | undefined> {
  return waitFor(
    'the weights of the backbone',
    async () => {
      const state = await walk.app.$eval('[aria-label="Backbone"]', element => ({
        alert: element.querySelector('[role="alert"]')?.textContent?.trim() ?? '',
        busy: element.querySelector('progress') !== null,
        // The first sentence is of the network in use.
        words: `${element.querySelector('h2')?.textContent} ${element.querySelector('p')?.textContent}`,
      }));
      if (state.alert !== '') return { failure: state.alert };
      return wanted.test(state.words) && !state.busy ? { failure: undefined } : undefined;
    },
    timeoutMs,
  ).then(({ failure }) => failure);
}

/**
 * Trains and waits for the end: the article's head for so many epochs, or as the app does unasked. Leaves an image of the
 * curves, when there are some.
 */
export async function train(walk: Walk, epochs?: number): Promise<void> {
  await show(walk, 'train');
  if (epochs !== undefined) {
    await unfold(walk.app, 'Advanced');
    await select(walk.app, 'Head', 'article');
    await fill(walk.app, 'Epochs', String(epochs));
  }
  await press(walk.app, 'Train');
  let told = '';
  let told_at = 0;
  await waitFor(
    'the training to end',
    async () => {
      const alerts = await spoken(walk.app, 'alert');
      if (alerts.length > 0) throw new Error(`Training failed: ${alerts.join(' ')}`);
      const words = (await spoken(walk.app, 'status')).join(' ');
      if (words !== told && Date.now() - told_at > 4000 && words !== '') {
        walk.say(`Training: ${words}`);
        told = words;
        told_at = Date.now();
      }
      return /The model is trained/.test(words) || undefined;
    },
    TRAIN_MS,
    async () => (await spoken(walk.app, 'status')).join(' '),
  );
  await walk.app.$$eval('.charts', charts => charts[0]?.scrollIntoView({ block: 'end' }));
  await pause(500);
  await takeImage(walk, walk.app, 'training');
}

/** Saves the app's own report through its button and reads it. */
export async function saveReport(walk: Walk): Promise<Report> {
  await show(walk, 'report');
  await forgetDownload(walk.driver.downloads, 'report.json');
  await press(walk.app, 'Save report.json');
  const path = await waitForDownload(walk.driver.downloads, 'report.json', 30_000);
  await takeImage(walk, walk.app, 'report');
  const report = JSON.parse(await readFile(path, 'utf8')) as Report;
  // JSON has no NaN: with no image held out there is no figure.
  const percent = (share: number | null) => (share === null ? 'no figure' : `${(share * 100).toFixed(1)} %`);
  walk.say(
    `Report: validation accuracy ${percent(report.validAccuracy)}, test accuracy ${percent(report.testAccuracy)}.`,
  );
  return report;
}

/** Saves both zips through the app's buttons and copies them into `out`. */
export async function exportZips(walk: Walk): Promise<void> {
  const start = Date.now();
  await show(walk, 'export');
  for (const name of ['dataset.zip', 'model.zip']) {
    await forgetDownload(walk.driver.downloads, name);
    await press(walk.app, `Save ${name}`);
    const path = await waitForDownload(walk.driver.downloads, name, EXPORT_MS).catch(async error => {
      const words = [...(await spoken(walk.app, 'alert')), ...(await spoken(walk.app, 'status'))].join(' ');
      throw new Error(`${error.message} The screen says: ${words}`);
    });
    await copyFile(path, join(walk.out, name));
    walk.say(`Export: ${name} saved.`);
  }
  walk.seconds.export = (Date.now() - start) / 1000;
}

/** Asks the popup what an image shows; gives its list, best first. */
export async function testInPopup(walk: Walk, image: string): Promise<{ label: string; p: number }[]> {
  const popup = await walk.driver.newPage();
  await walk.driver.open(popup, walk.driver.extensionUrl(POPUP_PAGE));
  await popup.bringToFront();
  await field(popup, 'Choose an image');
  await giveFile(popup, 'Choose an image', image);
  const lines = await waitFor(
    'the classes of the picture',
    async () => {
      const items = await popup.$$eval('[aria-label="Most likely labels"] li', all =>
        all.map(item => (item.textContent ?? '').replace(/\s+/g, ' ').trim()),
      );
      return items.length > 0 ? items : undefined;
    },
    PREDICT_MS,
    () => wordsOf(popup),
  );
  await takeImage(walk, popup, 'popup');
  await popup.close();
  walk.say(`Popup: ${lines.join(', ')}.`);
  return lines.map(line => {
    const [, label, percent] = /^(.*) ([\d.]+)%$/.exec(line) ?? [];
    if (label === undefined) throw new Error(`The popup's line "${line}" is not a label and per cent.`);
    return { label, p: Number(percent) / 100 };
  });
}
