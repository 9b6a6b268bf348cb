// The second half of the walk: weights, training, report, export and the test of an image in the popup.
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Report } from '../../src/contract/report';
import { forgetDownload, waitForDownload } from '../browsers/downloads';
import { field, fill, giveFile, press, select, spoken, unfold } from '../browsers/elements';
import { waitFor } from '../wait';
import { POPUP_PAGE, show, takePicture, type Walk } from '../walk';

const WEIGHTS_MS = 180_000;
const TRAIN_MS = 30 * 60_000;
const EXPORT_MS = 10 * 60_000;
const PREDICT_MS = 180_000;

/** A weights file, the word `seeded`, or undefined for the app's own download. */
export type BackboneChoice = string | undefined;

/** Brings weights into the app; falls back to seeded ones only when the app's own download failed, and says so. */
export async function chooseBackbone(walk: Walk, choice: BackboneChoice): Promise<void> {
  await show(walk, 'train');
  if (choice === undefined) {
    if (await hasPackedWeights(walk)) {
      const failure = await backboneOrAlert(walk, WEIGHTS_MS);
      if (failure !== undefined) throw new Error(`The app refused the packed weights: ${failure}`);
      return walk.say('Weights: packed into this build.');
    }
    await press(walk.app, 'Download weights');
    const failure = await backboneOrAlert(walk, 15 * 60_000);
    if (failure === undefined) return walk.say('Weights: downloaded by the app.');
    walk.say(`Weights: the app's own download failed ("${failure}").`);
    walk.say('Weights: seeded random ones instead. They know nothing of pictures; every screen says so.');
    return useSeeded(walk);
  }
  if (choice === 'seeded') {
    walk.say('Weights: seeded random ones, as asked. They know nothing of pictures; every screen says so.');
    return useSeeded(walk);
  }
  await giveFile(walk.app, 'Choose a weights file', choice);
  const failure = await backboneOrAlert(walk, WEIGHTS_MS);
  if (failure !== undefined) throw new Error(`The app refused ${choice}: ${failure}`);
  walk.say(`Weights: read from ${choice}.`);
}

/** Whether `npm run backbone` put weights into this build; the app then installs them by itself. */
function hasPackedWeights(walk: Walk): Promise<boolean> {
  return walk.app.evaluate(async () => (await (await fetch('/backbone/packed.json')).json()) !== null);
}

async function useSeeded(walk: Walk): Promise<void> {
  await press(walk.app, 'Use seeded weights');
  const failure = await backboneOrAlert(walk, WEIGHTS_MS);
  if (failure !== undefined) throw new Error(`Seeded weights failed: ${failure}`);
  const words = await walk.app.evaluate(() => document.body.textContent ?? '');
  if (!/seeded weights/i.test(words)) throw new Error('The screen does not say that the weights are seeded.');
}

/** Waits until the backbone has weights or the app says why not, and gives those words. */
export function backboneOrAlert(walk: Walk, timeoutMs: number): Promise<string | undefined> {
  const region = '[aria-label="Backbone"]';
  return waitFor(
    'the weights of the backbone',
    async () => {
      const state = await walk.app.$eval(region, element => ({
        alert: element.querySelector('[role="alert"]')?.textContent?.trim() ?? '',
        busy: element.querySelector('progress') !== null,
        // The ways to get weights fold away once there are some.
        installed: element.querySelector('details') !== null,
      }));
      if (state.alert !== '') return { failure: state.alert };
      return state.installed && !state.busy ? { failure: undefined } : undefined;
    },
    timeoutMs,
  ).then(({ failure }) => failure);
}

/** Trains the article's head and waits for the end; leaves a picture taken on the way, when there are curves. */
export async function train(walk: Walk, epochs: number): Promise<void> {
  await show(walk, 'train');
  await select(walk.app, 'Head', 'article');
  await unfold(walk.app, 'Advanced');
  await fill(walk.app, 'Epochs', String(epochs));
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
  await walk.app.$eval('.charts', charts => charts.scrollIntoView({ block: 'end' }));
  await pause(500);
  await takePicture(walk, walk.app, 'training');
}

/** Saves the app's own report through its button and reads it. */
export async function saveReport(walk: Walk): Promise<Report> {
  await show(walk, 'report');
  await forgetDownload(walk.driver.downloads, 'report.json');
  await press(walk.app, 'Save report.json');
  const path = await waitForDownload(walk.driver.downloads, 'report.json', 30_000);
  await takePicture(walk, walk.app, 'report');
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

/** Asks the popup what a picture shows; gives its list, best first. */
export async function testInPopup(walk: Walk, picture: string): Promise<{ label: string; p: number }[]> {
  const popup = await walk.driver.newPage();
  await walk.driver.open(popup, walk.driver.extensionUrl(POPUP_PAGE));
  await popup.bringToFront();
  await field(popup, 'Choose an image');
  await giveFile(popup, 'Choose an image', picture);
  const lines = await waitFor(
    'the classes of the picture',
    async () => {
      const items = await popup.$$eval('[aria-label="Top classes"] li', all =>
        all.map(item => (item.textContent ?? '').replace(/\s+/g, ' ').trim()),
      );
      return items.length > 0 ? items : undefined;
    },
    PREDICT_MS,
    async () => popup.evaluate(() => document.body.textContent ?? ''),
  );
  await takePicture(walk, popup, 'popup');
  await popup.close();
  walk.say(`Popup: ${lines.join(', ')}.`);
  return lines.map(line => {
    const [, label, percent] = /^(.*) ([\d.]+) %$/.exec(line) ?? [];
    if (label === undefined) throw new Error(`The popup's line "${line}" is not a label and per cent.`);
    return { label, p: Number(percent) / 100 };
  });
}
