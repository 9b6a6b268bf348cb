// The report in both browsers: every figure against what the database holds, every chart as a file; and all screens looked over.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { JSDOM } from 'jsdom';
import { PNG } from 'pngjs';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetDownload, waitForDownload } from '../../harness/browsers/downloads';
import { BROWSER_NAMES, type BrowserName } from '../../harness/browsers/driver';
import { giveFile, press } from '../../harness/browsers/elements';
import { readCollection } from '../../harness/collection';
import { drawnLabels } from '../../harness/pictures/pictures';
import { chooseBackbone, train } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, POPUP_PAGE, show, type Walk } from '../../harness/walk';
import manifest from '../../manifest.json' with { type: 'json' };
import { ENOUGH, type Model } from '../../src/contract/report';
import { calibrationOf } from '../../src/pipeline/report/calibration';
import { inCell } from '../../src/pipeline/report/verdicts';
import { percent } from './steps/figures';
import { tellBackground } from './steps/harvesting';
import { pressByKey, tabTo } from './steps/keys';
import { layoutShifts } from './steps/layout-shift';
import { lookOver, POPUP } from './steps/look-over';
import { stage } from './steps/stage';
import { collectOwn } from './steps/trained';
import { cosines, trainedModel } from './steps/trained-rows';

const LABELS = ['dots', 'rings', 'stripes'];
const IMAGES = 6;

// What the app does alike in both browsers is seen in one of them; the main job goes all the way in both.
describe.each(BROWSER_NAMES.slice(0, 1))('the report in %s', (browser: BrowserName) => {
  let walk: Walk;
  let model: Pick<Model, 'report' | 'verdicts' | 'backbone'>;

  beforeAll(async () => {
    walk = await stage(browser, { labels: drawnLabels(1, ['dots']) });
  }, 120_000);
  afterAll(async () => {
    await walk?.close();
    expect(walk?.driver.errors, 'errors on the extension’s pages').toEqual([]);
  });

  const text = (selector: string) =>
    walk.app.$eval(selector, element => (element.textContent ?? '').replace(/\s+/g, ' ').trim());
  const region = (name: string) => `[aria-label="${name}"]`;

  it('begins with the names of labels, and every empty screen says what to do next', async () => {
    await walk.app.waitForSelector('.start textarea');
    for (const screen of ['dataset', 'train', 'export', 'settings'] as const) {
      await show(walk, screen);
      await walk.app.waitForSelector(`main.${screen} h1`);
      await lookOver(walk.driver, walk.app, `${screen}-empty`);
    }
    await inPopup(popup => lookOver(walk.driver, popup, 'popup-empty', { looks: POPUP }));
  });

  it('explains every permission of its manifest', async () => {
    await show(walk, 'settings');
    const rows = await walk.app.$$eval('.permissions tbody tr', all =>
      all.map(row => [...row.children].map(cell => cell.textContent ?? '')),
    );
    // Each browser has one of its own.
    const own = JSON.parse(await readFile(join(walk.extension, 'manifest.json'), 'utf8'));
    const { permissions, optional_host_permissions: hosts } = own as typeof manifest;
    expect(permissions.length).toBeGreaterThan(0);
    expect(rows.map(([name]) => name)).toEqual([...permissions, ...hosts]);
    expect(rows.filter(([, why]) => !why || /^permission_/.test(why))).toEqual([]);
  });

  it('leads to training while there is no model', async () => {
    await show(walk, 'report');
    await walk.app.waitForSelector('main.report .empty');
    expect(await text('main .empty')).toContain('A report follows every training.');
    await lookOver(walk.driver, walk.app, 'report-empty');
    await walk.app.locator('::-p-aria([name="Go to Train"][role="link"])').click();
    expect(await walk.app.evaluate(() => location.hash)).toBe('#train');
  });

  it('tells accuracies with the intervals that the verdicts give', async () => {
    await collectOwn(walk, LABELS, IMAGES);
    await chooseBackbone(walk, 'quick');
    const before = (await layoutShifts(walk.app))?.length ?? 0;
    await train(walk, 3);
    // Neither when it begins nor as its words, curves and end come; notices lie over the screen.
    const moved = (await layoutShifts(walk.app))?.slice(before).filter(shift => !shift.includes('class="notice"'));
    expect(moved ?? [], 'what moved during the training').toEqual([]);
    model = await trainedModel(walk.app);
    await show(walk, 'report');
    await walk.app.waitForSelector(region('In words'));
    await lookOver(walk.driver, walk.app, 'report');
    await pressByKey(walk.app, 'Figures in detail');
    await walk.app.waitForSelector(region('Accuracy'));
    const words = await text(region('Accuracy'));
    for (const split of ['test', 'valid'] as const) {
      const held = model.verdicts.filter(verdict => verdict.split === split);
      const right = held.filter(({ p, truth }) => p.indexOf(Math.max(...p)) === truth).length;
      const [low, high] = model.report[split === 'test' ? 'testInterval' : 'validInterval'] ?? [];
      expect(held.length).toBeGreaterThan(0);
      expect(words).toContain(
        `${right} right of ${held.length} ${held.length === 1 ? 'image' : 'images'} · 95% interval ${percent(low)} to ${percent(high)}`,
      );
    }
    await lookOver(walk.driver, walk.app, 'report-details', { at: region('Accuracy') });
  });

  it('says of the calibration what the verdicts give', async () => {
    const { error, images, confidence } = calibrationOf(model.verdicts)!;
    expect(model.report.calibration).toEqual(calibrationOf(model.verdicts));
    const words = await text(region('Is it as sure as it is right?'));
    // Of a handful nothing is said: it would be a figure of chance.
    expect(words).toContain(
      images < ENOUGH
        ? `Too few images were held out to say: with ${ENOUGH} or more this can be measured.`
        : `Of ${images} images it had not learnt from it was ${percent(confidence)} sure on average`,
    );
    expect(words.includes(`Expected calibration error: ${(100 * error).toFixed(1)} points`)).toBe(images >= ENOUGH);
  });

  it('lists each class with the scores of the test images', async () => {
    const rows = await walk.app.$$eval('[aria-label="Per label"] tbody tr', all =>
      all.map(row => [...row.children].map(cell => (cell.textContent ?? '').replace(/\s+/g, ' ').trim())),
    );
    expect(rows).toEqual(
      model.report.perClass.map(({ label, precision, recall, f1, support }, k) => [
        label,
        // Nothing is known of a class that no test image was predicted as, or that has none.
        percent(model.report.confusion.matrix.some(row => row[k]! > 0) ? precision : undefined),
        percent(support > 0 ? recall : undefined),
        percent(support > 0 ? f1 : undefined),
        String(support),
      ]),
    );
  });

  it('opens the images behind a cell of the confusion matrix, and one of them in full', async () => {
    const [wrong] = model.verdicts.filter(verdict => verdict.split === 'test');
    const { truth, p } = wrong!;
    const predicted = p.indexOf(Math.max(...p));
    const count = model.report.confusion.matrix[truth]?.[predicted] ?? 0;
    expect(count).toBeGreaterThan(0);
    const said = truth === predicted ? 'recognised' : `taken for ${LABELS[predicted]}`;
    const name = `${count} ${count === 1 ? 'image' : 'images'} of ${LABELS[truth]} ${said}`;
    await pressByKey(walk.app, name);
    await walk.app.waitForSelector('.cell-images .verdicts img');
    expect(await walk.app.$$('.cell-images .verdicts li')).toHaveLength(count);
    await tabTo(walk.app, '.cell-images .verdicts button');
    await walk.app.keyboard.press('Enter');
    await walk.app.waitForSelector('dialog .zoom-picture img');
    // Another page deletes it while it is shown, and brings it back.
    const sha256s = inCell(model.verdicts, truth, predicted)
      .slice(0, 1)
      .map(({ sha256 }) => sha256);
    await tellBackground(walk, 'deleteSamples', { sha256s });
    await waitFor(
      'a word that it is gone',
      async () => (await text('dialog[open]')).includes('no longer in the dataset') || undefined,
      15_000,
    );
    await tellBackground(walk, 'undeleteSamples', { sha256s });
    await walk.app.waitForSelector('dialog .zoom-picture img');
  });

  it('shows on one image what the backbone responded to, and the evidence for any class', async () => {
    await pressByKey(walk.app, 'Ask the model');
    const map = await walk.app.waitForSelector('dialog select[aria-label="Heat map"]', { timeout: 60_000 });
    const choice = map as ElementHandle<HTMLSelectElement>;
    const options = await choice.$$eval('option', all => all.map(option => option.textContent?.split(' · ')[0]));
    expect(options).toHaveLength(LABELS.length + 2);
    expect(options).toEqual(
      expect.arrayContaining([
        'Activation of the backbone',
        ...LABELS.map(label => `Grad-CAM: ${label}`),
        'Image only',
      ]),
    );
    const painted = new Set<string>();
    for (const value of ['activation', '0', '1', '2', 'none']) {
      await choice.select(value);
      await pause(150);
      painted.add(await walk.app.$eval('dialog canvas', canvas => canvas.toDataURL()));
    }
    // Grad-CAM of a class nothing speaks for leaves the image black; two such look the same.
    expect(painted.size).toBeGreaterThanOrEqual(4);
    await choice.select('0');
    await lookOver(walk.driver, walk.app, 'report-image');
    await walk.app.keyboard.press('Escape');
    await waitFor('the dialog to close', async () => (await walk.app.$('dialog')) === null || undefined, 5000);
    // The keyboard is where it was.
    expect(await walk.app.evaluate(() => document.activeElement?.matches('.cell-images .verdicts button'))).toBe(true);
  });

  it('shows the maps of two images of each label', async () => {
    await pressByKey(walk.app, `Show the heat maps of ${2 * LABELS.length} images`);
    await waitFor(
      'the maps',
      async () => (await walk.app.$$('.looks canvas')).length === 2 * LABELS.length || undefined,
      60_000,
    );
    const paint = () =>
      walk.app.$$eval('.looks canvas', all => all.map(canvas => (canvas as HTMLCanvasElement).toDataURL()));
    await pause(300);
    const activations = await paint();
    expect(new Set(activations).size).toBe(2 * LABELS.length);
    const choice = (await walk.app.$(
      `${region('Where it looked')} select[aria-label="Heat map"]`,
    )) as ElementHandle<HTMLSelectElement>;
    await choice.select('truth');
    await pause(300);
    const evidence = await paint();
    expect(evidence.filter((one, i) => one === activations[i])).toEqual([]);
    await lookOver(walk.driver, walk.app, 'report-heat-maps', { at: region('Where it looked') });
  });

  it('compares any chosen images by the cosine of their features', async () => {
    const similarity = region('Similarity');
    expect(await walk.app.$$(`${similarity} tbody tr`)).toHaveLength(2 * LABELS.length);
    await pressByKey(walk.app, 'Choose images');
    await walk.app.waitForSelector('dialog .choose img');
    await lookOver(walk.driver, walk.app, 'report-choose');
    await pressByKey(walk.app, 'Choose none');
    for (const nth of [1, 2, 3]) await pressByKey(walk.app, `Image ${nth} of dots`);
    await pressByKey(walk.app, 'Compare');
    const chosen = model.verdicts.filter(({ truth }) => truth === 0).slice(0, 3);
    const wanted = await cosines(
      walk.app,
      model.backbone.id,
      chosen.map(({ sha256 }) => sha256),
    );
    const shown = () =>
      walk.app.$$eval(`${similarity} tbody tr`, rows =>
        rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)),
      );
    await waitFor('three rows', async () => (await shown()).length === 3 || undefined, 10_000);
    expect(await shown()).toEqual(wanted.map(row => row.map(value => value.toFixed(2))));
    await lookOver(walk.driver, walk.app, 'report-similarity', { at: similarity });
    // The same from the grid of a label.
    await show(walk, 'dataset');
    await walk.app.waitForSelector('.tile canvas:not([width="0"])');
    await walk.app.focus('[role="listbox"]');
    await walk.app.keyboard.down('Control');
    await walk.app.keyboard.press('a');
    await walk.app.keyboard.up('Control');
    await press(walk.app, 'Compare');
    await waitFor('a row for each', async () => (await shown().catch(() => [])).length === IMAGES || undefined, 10_000);
    expect(await walk.app.evaluate(() => location.hash)).toBe('#report');
    expect(await walk.app.$eval(similarity, section => section.getBoundingClientRect().top < innerHeight)).toBe(true);
  });

  it('saves every chart as SVG and PNG', async () => {
    for (const [title, file] of [
      ['Loss', 'loss'],
      ['Accuracy', 'accuracy'],
      ['Confusion matrix', 'confusion-matrix'],
      ['Similarity', 'similarity'],
    ] as const) {
      const svg = (await saved(`Save ${title} as SVG`, `${file}.svg`)).toString('utf8');
      const { documentElement } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document;
      expect(documentElement.tagName).toBe('svg');
      // It stands alone: no variables of the page, nothing to load.
      expect(svg).not.toMatch(/var\(|https?:\/\/(?!www\.w3\.org)/);
      const png = PNG.sync.read(await saved(`Save ${title} as PNG`, `${file}.png`));
      expect(png.width).toBeGreaterThan(200);
      expect(new Set(png.data).size, `colours of ${file}.png`).toBeGreaterThan(8);
    }
  });

  it('saves the whole report as one file that loads nothing, and the numbers as JSON', async () => {
    const numbers = JSON.parse((await saved('Save report.json', 'report.json')).toString('utf8'));
    expect(numbers).toMatchObject(JSON.parse(JSON.stringify(model.report)));
    expect(numbers.architecture.backbone).toMatchObject({ id: model.backbone.id, parameters: 3_350_000 });
    expect(numbers.versions.gleaner).toBe(manifest.version);
    const html = (await saved('Save report.html', 'report.html', 60_000)).toString('utf8');
    const { document } = new JSDOM(html).window;
    expect(document.querySelectorAll('script, link, iframe, object')).toHaveLength(0);
    const addresses = [...document.querySelectorAll('[src], [href]')].map(
      element => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
    );
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter(address => !/^(data:image\/|#)/.test(address))).toEqual([]);
    expect(html).not.toMatch(/url\(\s*['"]?(?!data:)[^)]/);
    expect(document.querySelector('.in-words')?.textContent).toBe(await text('.in-words'));
    const headings = [...document.querySelectorAll('h1, h2, h3')].map(heading => heading.textContent);
    expect(headings).toEqual(
      expect.arrayContaining(['Confusion matrix', 'Per label', 'Loss', 'Where it looked', 'Similarity']),
    );
    expect(document.querySelectorAll('.maps img').length).toBeGreaterThanOrEqual(4 * LABELS.length);
    const page = await walk.driver.newPage();
    await page.setContent(html);
    await lookOver(walk.driver, page, 'report-file');
    await page.close();
  });

  it('ranks doubtful labels for review, and moves an image where the person says so', async () => {
    await pressByKey(walk.app, 'Look for wrong labels');
    await walk.app.waitForSelector('.doubt-actions', { timeout: 60_000 });
    await lookOver(walk.driver, walk.app, 'report-doubts', { at: '.doubt-actions' });
    const before = (await walk.app.$$('.doubt-actions')).length;
    const [move] = await walk.app.$$('.doubt-actions button');
    const name = await move?.evaluate(button => button.getAttribute('aria-label'));
    const to = /^Move to (.+)$/.exec(name ?? '')?.[1] ?? '';
    const imagesOf = async () => {
      const { labels, samples } = await readCollection(walk.app);
      return samples.filter(({ labelId }) => labelId === labels.find(label => label.name === to)?.id).length;
    };
    expect(await imagesOf()).toBe(IMAGES);
    await pressByKey(walk.app, name ?? '');
    await waitFor('the move', async () => (await imagesOf()) === IMAGES + 1 || undefined, 10_000);
    await waitFor(
      'the list to go on',
      async () => (await walk.app.$$('.doubt-actions')).length === before - 1 || undefined,
      5000,
    );
    await press(walk.app, 'Undo');
    await waitFor('the way back', async () => (await imagesOf()) === IMAGES || undefined, 10_000);
  });

  it('looks right on every other screen', async () => {
    await show(walk, 'dataset');
    await walk.app.waitForSelector('.tile canvas:not([width="0"])');
    await lookOver(walk.driver, walk.app, 'dataset');
    await press(walk.app, 'New label');
    await walk.app.waitForSelector('dialog[open]');
    await lookOver(walk.driver, walk.app, 'dataset-new-label');
    await press(walk.app, 'Cancel');
    for (const screen of ['train', 'export', 'settings'] as const) {
      await show(walk, screen);
      await walk.app.waitForSelector(`main.${screen} h1`);
      await lookOver(walk.driver, walk.app, screen);
    }
    const image = join(walk.out, 'own', 'dots-0.jpg');
    await inPopup(async popup => {
      await giveFile(popup, 'Choose an image', image);
      await popup.waitForSelector('.result select[aria-label="Heat map"]', { timeout: 60_000 });
      await lookOver(walk.driver, popup, 'popup', { looks: POPUP });
    });
  });

  it('moves nothing while it loads', async () => {
    for (const screen of ['dataset', 'train', 'report', 'export', 'settings'] as const) {
      await walk.driver.open(walk.app, `${walk.driver.extensionUrl(APP_PAGE)}#${screen}`);
      await walk.app.reload({ waitUntil: [], timeout: 1500 }).catch(() => undefined);
      await walk.app.waitForSelector(`main.${screen} h1`);
      await pause(700);
      const shifts = await layoutShifts(walk.app);
      expect(shifts, screen).toEqual([]);
    }
  });

  async function inPopup(work: (popup: Page) => Promise<void>): Promise<void> {
    const popup = await walk.driver.newPage();
    await walk.driver.open(popup, walk.driver.extensionUrl(POPUP_PAGE));
    await popup.waitForSelector('h1, h2');
    await work(popup);
    await popup.close();
  }

  async function saved(button: string, name: string, timeout = 20_000): Promise<Buffer> {
    await forgetDownload(walk.driver.downloads, name);
    await press(walk.app, button);
    return readFile(await waitForDownload(walk.driver.downloads, name, timeout));
  }
});
