// The main job in both browsers, through the extension's own screens, on pictures the test draws and the built-in network.
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES, type BrowserName } from '../../harness/browsers/driver';
import { press, unfold } from '../../harness/browsers/elements';
import { type Collection, readCollection } from '../../harness/collection';
import { drawnLabels, drawPhoto, drawTestPicture } from '../../harness/pictures/pictures';
import { testInPopup } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import type { Walk } from '../../harness/walk';
import type { DemoEngine } from '../../harness/web/results-page';
import type { DemoReport } from '../../scripts/demo/report';
import { walkMainJob } from '../../scripts/demo/steps';
import { SPLITS } from '../../src/contract/sample';
import { askShared, openShared, saveShared } from './pages/shared-page';
import { lookOver } from './steps/look-over';
import { classifyWithPlainTfjs } from './steps/plain-tfjs';
import { stage } from './steps/stage';

const PICTURES = 16;
const LABELS = ['dots', 'rings', 'stripes'];
const EPOCHS = 3;
/** Of the shared page's answers; both round to 1e-3. */
const TOLERANCE = 1.001e-3;
/** Each browser with another engine's markup. */
const ENGINE: Record<BrowserName, DemoEngine> = { chromium: 'bing', firefox: 'google' };

describe.each(BROWSER_NAMES)('the main job in %s', browser => {
  let walk: Walk;
  let report: DemoReport;
  let collection: Collection;
  const picture = drawTestPicture('dots', 0);

  beforeAll(async () => {
    walk = await stage(browser, { labels: drawnLabels(PICTURES, LABELS), engine: ENGINE[browser] });
    const path = join(walk.out, picture.name);
    await writeFile(path, picture.bytes);
    report = await walkMainJob(walk, { backbone: 'quick', epochs: EPOCHS, picture: { path, name: picture.name } });
    collection = await readCollection(walk.app);
  }, 600_000);
  afterAll(() => walk?.close());

  it('finds every listed image once and never a thumbnail', () => {
    expect(collection.labels.map(label => label.name).sort()).toEqual(LABELS);
    expect(collection.harvests.map(({ found, tiles, added, engine }) => ({ found, tiles, added, engine }))).toEqual(
      LABELS.map(() => ({ found: PICTURES + 1, tiles: PICTURES + 1, added: PICTURES + 1, engine: ENGINE[browser] })),
    );
    const listed = [...walk.web.results.values()].flat().map(result => result.address);
    expect(collection.jobs.map(job => job.candidate.url).sort()).toEqual(listed.sort());
  });

  it('stores every different image and names the copies as such', () => {
    expect(report.found).toBe(LABELS.length * (PICTURES + 1));
    expect(report.stored).toBe(LABELS.length * PICTURES);
    expect(report.rejected).toEqual({ 'duplicate-of': LABELS.length });
    expect(collection.samples).toHaveLength(report.stored);
    expect(new Set(collection.samples.map(sample => sample.sha256)).size).toBe(report.stored);
  });

  it('counts in the report what the database holds', () => {
    const counted: DemoReport['counts'] = {};
    for (const { id, name } of collection.labels) {
      const mine = collection.samples.filter(sample => sample.labelId === id);
      const count = (split: string) => mine.filter(sample => sample.split === split).length;
      counted[name] = { train: count('train'), valid: count('valid'), test: count('test') };
    }
    expect(report.counts).toEqual(counted);
    expect(report.labels).toEqual(LABELS);
  });

  it('reports numbers that fit together', () => {
    expect(report.backbone).toEqual({ id: 'efficientnet-lite0-b162cb0e1da74881-crop224', weights: 'imagenet' });
    // Real weights tell drawn patterns apart, whatever the seed.
    expect(report.testAccuracy).toBeGreaterThan(0.9);
    expect(report.epochs).toBe(EPOCHS);
    expect(report.history).toHaveLength(EPOCHS);
    for (const { loss, acc, valLoss, valAcc } of report.history) {
      expect(loss).toBeGreaterThan(0);
      expect(valLoss).toBeGreaterThan(0);
      for (const share of [acc, valAcc]) expect(share >= 0 && share <= 1).toBe(true);
    }
    const { matrix, labels } = report.confusion;
    expect(labels).toEqual(LABELS);
    const rows = matrix.map(row => row.reduce((sum, n) => sum + n, 0));
    expect(rows).toEqual(LABELS.map(label => report.counts[label]?.test));
    const right = matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
    const tested = rows.reduce((sum, n) => sum + n, 0);
    expect(tested).toBeGreaterThan(0);
    expect(report.testAccuracy).toBeCloseTo(right / tested, 6);
    for (const [part, seconds] of Object.entries(report.seconds)) expect(seconds, part).toBeGreaterThan(0);
    expect(report.imagesPerSecond).toBeGreaterThan(0);
  });

  it('leaves a dataset.zip whose folders are the splits and labels', async () => {
    const zip = await JSZip.loadAsync(await readFile(join(walk.out, 'dataset.zip')), { checkCRC32: true });
    for (const label of LABELS) {
      for (const split of SPLITS) {
        const images = zip.file(new RegExp(`^dataset/${split}/${label}/[^/]+\\.(?:jpg|png)$`));
        expect(images, `${split}/${label}`).toHaveLength(report.counts[label]?.[split] ?? -1);
      }
    }
  });

  it('leaves a model.zip that plain tfjs loads, and that answers as the popup did', async () => {
    const zip = await JSZip.loadAsync(await readFile(join(walk.out, 'model.zip')), { checkCRC32: true });
    const answer = await classifyWithPlainTfjs(zip, picture.bytes);
    expect(answer.map(({ label }) => label)).toEqual(report.popup.top.map(({ label }) => label));
    for (const [i, { p }] of answer.entries()) expect(p).toBeCloseTo(report.popup.top[i]?.p ?? Number.NaN, 2);
  });

  it('shares the model as one file that opens from the disk, and answers as the popup did', async () => {
    const path = await saveShared(walk, 'dots, rings, stripes.html');
    const { size } = await stat(path);
    expect(size).toBeLessThan(15_000_000);
    // Told before it was saved.
    const told = await walk.app.$eval('[aria-labelledby="export-share"]', card => card.textContent ?? '');
    const [, megabytes] = /about ([\d.]+) MB/.exec(told) ?? [];
    expect(Math.abs((Number(megabytes) * 1e6) / size - 1), `${told}, ${size} bytes`).toBeLessThan(0.1);

    const opened = await openShared(walk, path, /Ready for an image/);
    try {
      const { page } = opened;
      const agrees = (said: { label: string; p: number }[], popup: typeof said) => {
        expect(said.map(({ label }) => label)).toEqual(popup.map(({ label }) => label));
        // As closely as one digit behind the point tells.
        for (const [i, { p }] of said.entries()) expect(Math.abs(p - popup[i]!.p)).toBeLessThan(TOLERANCE);
      };
      agrees(await askShared(opened, picture.bytes), report.popup.top);
      // What is seen of one that is wider than high is told by how the page cuts it.
      const wide = drawPhoto('rings', 1, 320, 200);
      await writeFile(join(walk.out, wide.name), wide.bytes);
      agrees(await askShared(opened, wide.bytes), await testInPopup(walk, join(walk.out, wide.name)));
      const painted = await page.$eval('.heat-picture', canvas => (canvas as HTMLCanvasElement).toDataURL());
      await page.select('select[aria-label="Heat map"]', 'none');
      await waitFor(
        'the picture alone',
        async () =>
          (await page.$eval('.heat-picture', canvas => (canvas as HTMLCanvasElement).toDataURL())) !== painted ||
          undefined,
        10_000,
      );
      const words = await opened.says(/It tells apart: dots, rings, stripes/);
      expect(words).toMatch(/Of \d+ images it had never seen it classified [\d.]+ % correctly/);
      await page.select('select[aria-label="Heat map"]', '0');
      await lookOver(walk.driver, page, 'shared', { at: 'h1' });
      await press(page, 'Use the webcam');
      await opened.says(/No webcam was found|webcam was not allowed|gives no (?:picture|camera)/);
      for (const fold of ['Report', 'Credit and licences']) await unfold(page, fold);
      const inReport = await page.$eval('#report', element => element.shadowRoot?.textContent ?? '');
      expect(inReport).toContain('Accuracy');
      expect(await opened.says(/Apache License/)).toContain('EfficientNet-Lite0');
      expect(opened.asked).toEqual([]);
      expect(opened.errors).toEqual([]);
    } finally {
      await opened.close();
    }
  });

  it('says of a shared file that was cut off that it is not whole', async () => {
    const path = await saveShared(walk, 'dots, rings, stripes.html');
    const cut = join(walk.out, 'cut.html');
    await writeFile(cut, (await readFile(path)).subarray(0, 2_000_000));
    const opened = await openShared(walk, cut, /This file is not whole/);
    await opened.close();
  });

  it('leaves a picture of each screen', () => {
    for (const name of ['search-page', 'dataset', 'training', 'report', 'popup']) {
      expect(existsSync(join(walk.out, 'screenshots', `${name}.png`)), name).toBe(true);
    }
  });
});
