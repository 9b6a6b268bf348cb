// A slip of the hand loses nothing, in both browsers: the keys mean the tile they are on, choosing moves nothing, and what was
// deleted, by hand, by label or with its harvest, comes back: by Undo after a reload, and from Deleted.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { press } from '../../harness/browsers/elements';
import { readCollection } from '../../harness/collection';
import { drawImage } from '../../harness/pictures/pictures';
import { grantAccess, harvest } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, show, type Walk } from '../../harness/walk';
import { type DatasetScreen, datasetScreen } from './pages/dataset-screen';
import { allDownloaded } from './steps/harvesting';
import { lookOver } from './steps/look-over';
import { stage } from './steps/stage';

const MANY = 30;
const FEW = 4;
const images = (of: 'dots' | 'rings', n: number) => Array.from({ length: n }, (_, i) => drawImage(of, i));

// What the app does alike in both browsers is seen in one of them.
describe.each(BROWSER_NAMES.slice(0, 1))('what a slip of the hand does in %s', browser => {
  let walk: Walk;
  let app: Page;
  let screen: DatasetScreen;

  beforeAll(async () => {
    walk = await stage(browser, {
      labels: [
        { label: 'dots', images: images('dots', MANY) },
        { label: 'rings', images: images('rings', FEW) },
      ],
    });
    app = walk.app;
    screen = datasetScreen(app);
    await grantAccess(walk);
    await (await harvest(walk, 'dots')).close();
    await (await harvest(walk, 'rings')).close();
    await allDownloaded(walk);
    await show(walk, 'dataset');
    await app.setViewport({ width: 1280, height: 900 });
    await screen.openLabel('dots');
    await waitFor('the tiles', async () => (await screen.tiles()).length >= 12 || undefined, 30_000);
  }, 300_000);
  afterAll(() => walk?.close());

  const live = async (label: string) => {
    const { labels, samples } = await readCollection(app);
    const id = labels.find(({ name }) => name === label)?.id;
    return samples.filter(({ labelId }) => labelId === id).length;
  };
  const liveToBe = (label: string, n: number) =>
    waitFor(`${n} live under ${label}`, async () => (await live(label)) === n || undefined, 20_000, screen.words);
  const reload = async () => {
    await app.reload({ waitUntil: [], timeout: 1500 }).catch(() => undefined);
    await app.bringToFront();
    await app.waitForSelector('section[aria-label="Labels"]');
  };
  const openDeleted = async (n: number) => {
    // The list of labels moves when it is read again; a click in that moment meets another row.
    await waitFor(
      `${n} in the bin`,
      async () =>
        (await app
          .$eval('.deleted-place', (row, count) => row.textContent?.includes(count), `${n}`)
          .catch(() => false)) || undefined,
      20_000,
      screen.words,
    );
    await waitFor(
      'the place of deleted images',
      async () => {
        await app.locator('.deleted-place').click();
        await pause(500);
        return (await screen.words()).includes('Deleted images stay here') || undefined;
      },
      30_000,
      screen.words,
    );
    await screen.tilesToBe(n);
  };
  const openLabel = async (name: string) => {
    await app.locator(`::-p-xpath(//section[@aria-label="Labels"]//li//button[contains(., "${name}")])`).click();
  };

  it('lets arrows take the choice along, so that Delete removes the tile under the keyboard', async () => {
    const before = await screen.tiles();
    await screen.click(2);
    await app.keyboard.press('ArrowRight');
    expect(await screen.chosen()).toBe(1);
    await app.keyboard.press('Delete');
    await screen.onScreen('1 image deleted');
    await liveToBe('dots', MANY - 1);
    const after = await screen.tiles();
    expect(after).toContain(before[2]);
    expect(after).not.toContain(before[3]);
    // The keyboard is on the tile that took its place.
    await app.keyboard.press('Delete');
    await liveToBe('dots', MANY - 2);
    expect(await screen.tiles()).not.toContain(before[4]);
    // Held down it is one command, and a second while the first is under way is none.
    await app.keyboard.down('Delete');
    for (let repeats = 0; repeats < 4; repeats++) await app.keyboard.down('Delete');
    await app.keyboard.up('Delete');
    await liveToBe('dots', MANY - 3);
    await screen.undo();
    await screen.undo();
    await screen.undo();
    await liveToBe('dots', MANY);
    // With Control the keyboard goes alone, and the choice stays.
    await screen.click(0);
    await app.keyboard.down('Control');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.up('Control');
    await app.keyboard.press(' ');
    expect(await screen.chosen()).toBe(2);
    await app.keyboard.down('Shift');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.up('Shift');
    expect(await screen.chosen()).toBe(2);
    await app.keyboard.press('Home');
    expect(await screen.chosen()).toBe(1);
    await app.keyboard.press('Escape');
  });

  it('leaves the keys on the picture that was looked at last', async () => {
    const before = await screen.tiles();
    await screen.click(1);
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] dl');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.press('ArrowRight');
    await waitFor(
      'the third',
      async () => before[3]!.startsWith((await app.$eval('dialog[open] h2', h => h.textContent)) ?? '-') || undefined,
      10_000,
    );
    await app.keyboard.press('Escape');
    await app.waitForSelector('dialog[open]', { hidden: true });
    await app.keyboard.press('Delete');
    await liveToBe('dots', MANY - 1);
    expect(await screen.tiles()).not.toContain(before[3]);
    await screen.undo();
    await liveToBe('dots', MANY);
    // Also when several were chosen before: what is chosen must not be what nobody has looked at any more.
    await screen.click(1);
    await screen.click(2, 'Control');
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] dl');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.press('Escape');
    await app.waitForSelector('dialog[open]', { hidden: true });
    expect(await screen.chosen()).toBe(1);
    expect(await app.$eval('[aria-selected="true"]', tile => tile.getAttribute('aria-label'))).toBe(before[3]);
  });

  it('moves nothing when tiles are chosen, at any width, and opens the tile that was under the pointer', async () => {
    const gridTop = () => app.$eval('[role="listbox"]', grid => grid.getBoundingClientRect().top);
    const barHeight = () => app.$eval('.grid-bar', bar => bar.getBoundingClientRect().height);
    for (const width of [1500, 1366, 1280, 1000, 760, 400]) {
      await app.setViewport({ width, height: 900 });
      await app.evaluate(() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 150)));
      await screen.focusGrid();
      await app.keyboard.press('Escape');
      const [top, height] = [await gridTop(), await barHeight()];
      await screen.click(0);
      expect([width, await gridTop(), await barHeight()]).toEqual([width, top, height]);
      await app.keyboard.down('Shift');
      await app.keyboard.press('ArrowRight');
      await app.keyboard.up('Shift');
      expect(await screen.chosen()).toBe(2);
      expect([width, await gridTop(), await barHeight()]).toEqual([width, top, height]);
      await screen.choose('Flags', 'near-duplicate');
      expect([width, await barHeight()]).toEqual([width, height]);
      await screen.choose('Flags', 'any');
    }
    await app.setViewport({ width: 1280, height: 900 });
    await app.evaluate(() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 150)));
    await screen.focusGrid();
    await app.keyboard.press('Escape');
    // Near the upper edge of a tile of the second row, where a grid that sinks brings the row above.
    const { name, x, y } = await app.evaluate(() => {
      const tiles = [...document.querySelectorAll('[role="option"]')].map(tile => ({
        box: tile.getBoundingClientRect(),
        name: tile.getAttribute('aria-label') ?? '',
      }));
      const second = tiles.find(({ box }) => box.top > (tiles[0]?.box.bottom ?? 0))!;
      return { name: second.name, x: second.box.left + second.box.width / 2, y: second.box.top + 6 };
    });
    await app.mouse.click(x, y, { count: 2 });
    await app.waitForSelector('dialog[open] dl');
    expect(name.startsWith(await app.$eval('dialog[open] h2', heading => heading.textContent ?? '-'))).toBe(true);
    await press(app, 'Close');
    await app.waitForSelector('dialog[open]', { hidden: true });
  });

  it('takes the last steps back after the page was loaded anew', async () => {
    await screen.click(0);
    await app.keyboard.press('Delete');
    await liveToBe('dots', MANY - 1);
    await screen.click(1);
    await app.keyboard.press('2');
    await liveToBe('rings', FEW + 1);
    await reload();
    await screen.undo();
    await screen.onScreen('Undone: 1 image moved to rings');
    await liveToBe('rings', FEW);
    await screen.undo();
    await screen.onScreen('Undone: 1 image deleted');
    await liveToBe('dots', MANY);
    // Done again, and taken back by another page of the app.
    await press(app, 'Redo');
    await liveToBe('dots', MANY - 1);
    const second = await walk.driver.newPage();
    await walk.driver.open(second, `${walk.driver.extensionUrl(APP_PAGE)}#train`);
    await second.waitForSelector('main.train');
    await second.bringToFront();
    await datasetScreen(second).undo();
    await datasetScreen(second).onScreen('Undone: 1 image deleted');
    await second.close();
    await app.bringToFront();
    await liveToBe('dots', MANY);
  });

  it('says how many images undoing a harvest takes, puts them into the bin, and takes that back', async () => {
    const log = async () => {
      await press(app, 'Harvest log');
      await app.waitForSelector('dialog[open] tbody td');
    };
    await log();
    await press(app, `Remove these ${MANY} images…`);
    await screen.onScreen(`${MANY} images go from dots to the bin. You can bring them back from there.`);
    await lookOver(walk.driver, app, 'harvest-undo');
    await press(app, `Remove these ${MANY} images`);
    await liveToBe('dots', 0);
    await screen.inDialog(`${MANY} images of a harvest moved to the bin`);
    // Heard in the dialog, too.
    await screen.undo();
    await liveToBe('dots', MANY);
    await screen.inDialog(`Undone: ${MANY} images of a harvest moved to the bin`);
    // The log has been read again, and its rows stand still.
    await screen.inDialog(`Remove these ${MANY} images…`);
    await press(app, `Remove these ${FEW} images…`);
    await press(app, `Remove these ${FEW} images`);
    await liveToBe('rings', 0);
    await waitFor(
      'one button less',
      async () => (await app.$$('.harvest-undo')).length === 2 || undefined,
      10_000,
      screen.words,
    );
    await screen.inDialog(`Bring ${FEW} images back`);
    await lookOver(walk.driver, app, 'harvest-log-undone');
    await press(app, 'Close');
    await app.waitForSelector('dialog[open]', { hidden: true });
    await reload();
    await log();
    await press(app, `Bring ${FEW} images back`);
    await liveToBe('rings', FEW);
    await screen.undo();
    await liveToBe('rings', 0);
    await press(app, 'Close');
    await openDeleted(FEW);
    await screen.focusGrid();
    await app.keyboard.down('Control');
    await app.keyboard.press('a');
    await app.keyboard.up('Control');
    await press(app, 'Bring back');
    await screen.onScreen(`${FEW} images brought back`);
    await liveToBe('rings', FEW);
    await screen.onScreen('The bin is empty.');
  });

  it('keeps deleted images in a place of their own, over a reload, until they are deleted for good', async () => {
    await openLabel('dots');
    await waitFor('the tiles', async () => (await screen.tiles()).length >= 12 || undefined, 30_000);
    await screen.click(0);
    await screen.click(2, 'Shift');
    await app.keyboard.press('Delete');
    await liveToBe('dots', MANY - 3);
    await reload();
    await openDeleted(3);
    for (const tile of await screen.tiles()) expect(tile).toMatch(/^dots, .*, Deleted from dots$/);
    await screen.click(0);
    await app.keyboard.press('ArrowRight');
    await lookOver(walk.driver, app, 'deleted');
    await press(app, 'Bring back');
    await liveToBe('dots', MANY - 2);
    await screen.tilesToBe(2);
    expect(await app.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
    // Taken back, and taken back for good.
    await screen.undo();
    await screen.tilesToBe(3);
    await screen.focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('Delete');
    await screen.onScreen('1 image is removed for good, with its file.');
    await lookOver(walk.driver, app, 'deleted-for-good');
    await app.locator('dialog[open] button.danger').click();
    await screen.onScreen('1 image deleted for good');
    await screen.tilesToBe(2);
    // The way back brings what is there, and says what is not.
    await screen.undo();
    await screen.onScreen('1 image was deleted for good and cannot come back.');
    await liveToBe('dots', MANY - 1);
    await screen.onScreen('Undone: 2 images deleted');
  });

  it('says of an emptied label how many of its images lie there, and leads to them alone', async () => {
    await openLabel('rings');
    await screen.tilesToBe(FEW);
    await screen.focusGrid();
    await app.keyboard.down('Control');
    await app.keyboard.press('a');
    await app.keyboard.up('Control');
    await app.keyboard.press('Delete');
    await screen.onScreen(`rings has no images now. ${FEW} images are in the bin`);
    // Once it is counted anew, what to do next is another thing.
    await app.waitForFunction(() =>
      [...document.querySelectorAll('main button.primary')].some(one => one.textContent === 'Search for images'),
    );
    await lookOver(walk.driver, app, 'emptied-label');
    await press(app, 'Show them');
    await screen.tilesToBe(FEW);
    await screen.undo();
    await liveToBe('rings', FEW);
  });

  it('brings a deleted label back from there, whole or with one image alone', async () => {
    await openLabel('rings');
    await screen.tilesToBe(FEW);
    await app.locator('.label-view .menu summary').click();
    await press(app, 'Delete label');
    await screen.onScreen('Label rings deleted');
    await reload();
    await openDeleted(FEW);
    await screen.onScreen(`The label rings is deleted; ${FEW} of its images are here.`);
    await lookOver(walk.driver, app, 'deleted-label');
    await screen.click(1);
    await press(app, 'Bring back');
    await liveToBe('rings', 1);
    await screen.undo();
    await screen.onScreen('Undone: 1 image brought back');
    await screen.tilesToBe(FEW);
    expect((await readCollection(app)).labels.map(({ name }) => name)).toEqual(['dots']);
    await press(app, 'Bring back label');
    await screen.onScreen('Label rings brought back');
    await liveToBe('rings', FEW);
    await screen.onScreen('The bin is empty.');
  });

  it('says so when a step cannot be taken back any more, and goes on with the one before', async () => {
    await openLabel('dots');
    await waitFor('the tiles', async () => (await screen.tiles()).length >= 12 || undefined, 30_000);
    // The label that came back has its digit only once the list has been read again.
    await app.locator('::-p-xpath(//button[contains(@class,"label-row")][.//bdi[.="rings"]])').wait();
    await screen.click(0);
    await app.keyboard.press('2');
    await liveToBe('rings', FEW + 1);
    await screen.click(0);
    await app.keyboard.press('Delete');
    await liveToBe('dots', MANY - 3);
    await openDeleted(1);
    await press(app, 'Empty the bin');
    await app.locator('dialog[open] button.danger').click();
    await screen.onScreen('The bin is empty.');
    await reload();
    await screen.undo();
    await screen.onScreen(
      '“1 image deleted” can no longer be undone: These images were deleted for good. Undo goes on with the step before.',
    );
    await screen.undo();
    await screen.onScreen('Undone: 1 image moved to rings');
    await liveToBe('dots', MANY - 2);
  });
});
