// The Dataset screen in both browsers, by the names people see: counts, grid, keyboard, flags, conflicts, own files, undo.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { field, press, unfold } from '../../harness/browsers/elements';
import { readCollection } from '../../harness/collection';
import { drawImage } from '../../harness/pictures/pictures';
import { grantAccess, harvest } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import { show, type Walk } from '../../harness/walk';
import { type DatasetScreen, datasetScreen } from './pages/dataset-screen';
import { altered, dark, outOfFocus, shrunk, strip } from './steps/flawed-pictures';
import { tellBackground } from './steps/harvesting';
import { lookOver } from './steps/look-over';
import { stage } from './steps/stage';

const DOTS = Array.from({ length: 6 }, (_, i) => drawImage('dots', i));
const FLAWED = [
  altered(DOTS[1]!, 'blurred.jpg', outOfFocus),
  altered(DOTS[2]!, 'dark.jpg', dark),
  altered(drawImage('stripes', 0), 'strip.jpg', strip),
  altered(DOTS[0]!, 'smaller.jpg', shrunk),
];
const RINGS = Array.from({ length: 4 }, (_, i) => drawImage('rings', i));
const LONG_NAME = 'אדום כחול ירוק '.repeat(20).trim();

// What the app does alike in both browsers is seen in one of them; files are handed over in both by `hand-over`.
describe.each(BROWSER_NAMES.slice(0, 1))('the Dataset screen in %s', browser => {
  let walk: Walk;
  let app: Page;
  let screen: DatasetScreen;
  /** Whether the host that lost its image has found it again, and the one that keeps its own back lets go. */
  const hosts = { found: false, open: false };

  beforeAll(async () => {
    walk = await stage(browser, {
      labels: [
        { label: 'dots', images: [...DOTS, ...FLAWED] },
        { label: 'rings', images: [...RINGS, { ...DOTS[2]!, name: 'the-same.jpg' }, drawImage('rings', 5)] },
      ],
      alterHosts(web) {
        const [orchard, quarry] = [web.get('media.orchard.example')!, web.get('photos.quarry.example')!];
        web.set('media.orchard.example', (request, url, response) => {
          if (hosts.found || !url.pathname.startsWith('/dots')) return orchard(request, url, response);
          response.writeHead(404).end();
        });
        web.set('photos.quarry.example', async (request, url, response) => {
          while (!hosts.open && url.pathname.startsWith('/rings')) await new Promise(done => setTimeout(done, 100));
          return quarry(request, url, response);
        });
      },
    });
    app = walk.app;
    screen = datasetScreen(app);
    await grantAccess(walk);
    await (await harvest(walk, 'dots')).close();
    await (await harvest(walk, 'rings', 'popup')).close();
    await show(walk, 'dataset');
  }, 300_000);
  afterAll(() => walk?.close());

  it('shows how far the downloads are, pauses and goes on', async () => {
    await screen.openLabel('rings');
    await screen.onScreen('1 image to download');
    await app.waitForSelector('progress[aria-label="Downloads of rings"]');
    await press(app, 'Pause');
    await screen.onScreen('Paused by you.');
    await lookOver(walk.driver, app, 'dataset-paused');
    await press(app, 'Resume');
    hosts.open = true;
    await waitFor(
      'the last download',
      async () => !(await screen.words()).includes('to download') || undefined,
      60_000,
      screen.words,
    );
    await screen.tilesToBe(5);
  });

  it('counts per label, and names what failed with a way to try again', async () => {
    await screen.openLabel('dots');
    await screen.onScreen('9 images');
    await unfold(app, '1 image could not be downloaded');
    await screen.onScreen('The site no longer has the image.');
    hosts.found = true;
    await press(app, 'Retry');
    await screen.tilesToBe(10);
    const counted = await app.$eval('section[aria-label="Labels"]', list => list.textContent ?? '');
    expect(counted).toMatch(/dots\s*1\s*10/);
    expect(counted).toMatch(/rings\s*2\s*5/);
  });

  it('chooses by click, control and shift, and by keyboard alone', async () => {
    await screen.click(1);
    expect(await screen.chosen()).toBe(1);
    await screen.click(3, 'Shift');
    await screen.onScreen('3 chosen');
    await screen.click(5, 'Control');
    expect(await screen.chosen()).toBe(4);
    await screen.focusGrid();
    await app.keyboard.press('Escape');
    expect(await screen.chosen()).toBe(0);
    await app.keyboard.press('Home');
    await app.keyboard.down('Shift');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.up('Shift');
    expect(await screen.chosen()).toBe(2);
    await app.keyboard.down('Control');
    await app.keyboard.press('End');
    await app.keyboard.up('Control');
    await app.keyboard.press(' ');
    expect(await screen.chosen()).toBe(3);
    await lookOver(walk.driver, app, 'dataset-chosen');
    await app.keyboard.press('Escape');
  });

  it('deletes and brings back by keyboard', async () => {
    const before = await screen.tiles();
    await screen.focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('Delete');
    await screen.onScreen('1 image deleted');
    await screen.tilesToBe(9);
    expect(await screen.tiles()).not.toContain(before[0]);
    await screen.undo();
    await screen.tilesToBe(10);
    expect(await screen.tiles()).toEqual(before);
    await app.keyboard.down('Shift');
    await screen.undo();
    await app.keyboard.up('Shift');
    await screen.tilesToBe(9);
    await screen.undo();
    await screen.tilesToBe(10);
  });

  it('moves to a label with its digit, and back', async () => {
    await screen.focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('2');
    await screen.onScreen('1 image moved to rings');
    await screen.tilesToBe(9);
    await screen.undo();
    await screen.tilesToBe(10);
  });

  it('shows what looks wrong: blurred, dark, small, odd', async () => {
    for (const flag of ['blurred', 'dark', 'small', 'odd']) {
      await screen.choose('Flags', flag);
      await screen.tilesToBe(1);
    }
    await screen.choose('Flags', 'any');
    await screen.choose('Show', 'train');
    const train = (await screen.tiles()).length;
    expect((await screen.tiles()).every(name => name.includes(', train,'))).toBe(true);
    expect(train).toBeLessThan(10);
    await screen.choose('Show', 'all');
    await screen.choose('Order', 'smallest');
    await screen.tilesToBe(10);
    expect((await screen.tiles())[0]).toContain('× 70');
    await lookOver(walk.driver, app, 'dataset-flags');
  });

  it('keeps the best of near-duplicates', async () => {
    await screen.choose('Flags', 'near-duplicate');
    // The dark image is near the one it was made of, too; light does not count.
    await waitFor('near-duplicates', async () => (await screen.tiles()).length >= 2 || undefined, 30_000);
    const grouped = await screen.tiles();
    await app.locator('::-p-xpath(//button[starts-with(., "Keep the best of each")])').click();
    await waitFor('fewer', async () => (await screen.tiles()).length < grouped.length || undefined, 30_000);
    await app.focus('[role="listbox"]');
    await screen.undo();
    await screen.tilesToBe(grouped.length);
    await lookOver(walk.driver, app, 'dataset-near-duplicates');
    await screen.choose('Flags', 'any');
    await screen.tilesToBe(10);
  });

  it('shows a picture found for two labels with both, and lets the user choose', async () => {
    await screen.onScreen('1 image was found for this label and another.');
    await press(app, 'Choose where it belongs');
    await screen.tilesToBe(1);
    expect((await screen.tiles())[0]).toContain('Filed under dots, also found for rings');
    await lookOver(walk.driver, app, 'dataset-same-conflict');
    await screen.focusGrid();
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] section[aria-label="Found for two labels"]');
    await lookOver(walk.driver, app, 'dataset-zoom');
    await press(app, 'Move to rings');
    await screen.onScreen('1 image moved to rings');
    // The pressed button goes with the conflict, and the focus with it; undo must be heard all the same.
    await app.waitForSelector('dialog[open] section[aria-label="Found for two labels"]', { hidden: true });
    await screen.undo();
    await waitFor('the conflict', async () => (await app.$('dialog[open] section')) ?? undefined, 30_000);
    await press(app, 'Keep in dots');
    await screen.onScreen('1 image stays where it is');
    await press(app, 'Close');
    await screen.onScreen('No image of this label was found for another one too.');
    await press(app, 'Show all images');
    await screen.tilesToBe(10);
  });

  it('shows near-duplicates under two labels side by side, and asks no more once both are right', async () => {
    const folder = join(walk.out, 'near-duplicates');
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'half-the-size.jpg');
    await writeFile(path, altered(RINGS[0]!, 'half-the-size.jpg', shrunk).bytes);
    await screen.giveFiles('Images to add to dots', [path]);
    await screen.onScreen('1 image here looks like one under another label.');
    await press(app, 'Compare them');
    await screen.tilesToBe(2);
    const both = await screen.tiles();
    for (const [stands, other] of [
      ['dots', 'rings'],
      ['rings', 'dots'],
    ])
      expect(
        both.filter(tile => tile.startsWith(stands!) && tile.includes(`Looks like an image under ${other}`)),
      ).toHaveLength(1);
    await lookOver(walk.driver, app, 'dataset-near-conflict');
    await screen.focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] section[aria-label="Near-duplicate, other label"]');
    await lookOver(walk.driver, app, 'dataset-near-conflict-zoom');
    await press(app, 'Both are right');
    await screen.onScreen('2 images stay where they are');
    await app.waitForSelector('dialog[open]', { hidden: true });
    await screen.onScreen('No image of this label looks like one under another label.');
    await screen.undo();
    await screen.tilesToBe(2);
    // Back to before the image was added.
    await screen.undo();
    await screen.tilesToBe(0);
    await press(app, 'Show all images');
    await screen.tilesToBe(10);
  });

  it('opens an image with where it came from, leads on by arrows, and says when it is gone', async () => {
    await screen.choose('Order', 'oldest');
    await screen.focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] dl');
    const facts = await app.$eval('dialog[open] dl', list => (list.textContent ?? '').replace(/\s+/g, ' '));
    for (const part of [
      'Size',
      'jpeg',
      'Source page',
      '/pages/dots-',
      'Found on',
      'Query',
      'dots (Bing Images)',
      'Collected',
    ])
      expect(facts).toContain(part);
    expect(facts).toContain('LicenceUnknown');
    const title = () => app.$eval('dialog[open] h2', heading => heading.textContent);
    const first = await title();
    await app.keyboard.press('ArrowRight');
    await waitFor('another image', async () => (await title()) !== first || undefined, 30_000);
    await app.keyboard.press('ArrowLeft');
    await waitFor('the first image', async () => (await title()) === first || undefined, 30_000);
    // Its digit moves it and shows the next; undo is heard here, and said here.
    await app.keyboard.press('2');
    await screen.inDialog('1 image moved to rings');
    await waitFor('the next image', async () => (await title()) !== first || undefined, 30_000);
    await screen.undo();
    await screen.inDialog('Undone: 1 image moved to rings');
    await screen.tilesToBe(10);
    await app.keyboard.press('ArrowLeft');
    await waitFor('the first image again', async () => (await title()) === first || undefined, 30_000);
    // Another page deletes it while it is shown.
    const { samples } = await readCollection(app);
    const oldest = samples.sort((a, b) => a.addedAt - b.addedAt)[0]!;
    await tellBackground(walk, 'deleteSamples', { sha256s: [oldest.sha256] });
    await screen.onScreen('This image is no longer in the dataset.');
    await press(app, 'Close');
    await screen.tilesToBe(9);
  });

  it('takes files and dropped folders of the user, names what it refuses, and can take them back', async () => {
    const folder = join(walk.out, 'own');
    await mkdir(folder, { recursive: true });
    const own = [drawImage('checks', 0), drawImage('checks', 1)];
    const paths = own.map(image => join(folder, image.name));
    for (const [i, image] of own.entries()) await writeFile(paths[i]!, image.bytes);
    paths.push(join(folder, 'words.png'));
    await writeFile(paths.at(-1)!, 'These are words.');
    await screen.giveFiles('Images to add to dots', paths);
    await screen.onScreen('2 added to dots · words.png: This file is not an image.');
    await screen.tilesToBe(11);
    await press(app, 'Undo');
    await screen.tilesToBe(9);
    // A drop, as the browser hands it to the page.
    await app.evaluate(base64 => {
      const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));
      document
        .querySelector('[role="listbox"]')
        ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, drawImage('checks', 2).bytes.toString('base64'));
    await screen.onScreen('1 added to dots');
    await screen.tilesToBe(10);
    // A folder with a folder in it, dropped by the browser itself; Firefox's driver has no way to do that.
    const inner = join(folder, 'dropped', 'inner');
    await mkdir(inner, { recursive: true });
    await writeFile(join(inner, 'deep.png'), drawImage('checks', 3).bytes);
    await writeFile(join(folder, 'dropped', 'shallow.png'), drawImage('checks', 4).bytes);
    await screen.drop(join(folder, 'dropped'));
    await screen.onScreen('2 added to dots');
    await screen.tilesToBe(12);
    await press(app, 'Undo');
    await screen.tilesToBe(10);
  });

  it('shows names of 300 characters from right to left, and says when one is too long', async () => {
    await press(app, 'New label');
    const name = await field(app, 'Name of the label');
    await setValue(name, `${LONG_NAME}x`.padEnd(301, 'x'));
    await screen.onScreen('This name has 301 characters; at most 300 are taken.');
    await setValue(name, LONG_NAME);
    expect(LONG_NAME.length).toBe(299);
    await press(app, 'Create');
    await screen.onScreen('has no images yet');
    await lookOver(walk.driver, app, 'dataset-long-name');
    const overflow = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await press(app, 'Undo');
    const labels = () => app.$$eval('section[aria-label="Labels"] li', all => all.length);
    await waitFor('two labels', async () => (await labels()) === 2 || undefined, 30_000);
  });

  it('says what deleted images still take, and asks before they go for good', async () => {
    await show(walk, 'settings');
    await screen.onScreen('In the bin: ');
    await press(app, 'Empty the bin');
    await app.waitForSelector('dialog[open]');
    await lookOver(walk.driver, app, 'settings-bin');
    await press(app, 'Cancel');
    await show(walk, 'dataset');
  });

  it('says that the browser lost the collection', async () => {
    await app.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase('gleaner');
          request.onsuccess = () => resolve();
          request.onerror = () => reject(request.error);
        }),
    );
    await app.reload({ waitUntil: [], timeout: 1500 }).catch(() => undefined);
    await screen.onScreen('The browser lost the collection:');
    await lookOver(walk.driver, app, 'dataset-lost');
  });
});

/** Types are slow for hundreds of characters; this fills a field as a paste does. */
async function setValue(input: ElementHandle<HTMLElement>, text: string): Promise<void> {
  await input.evaluate((element, value) => {
    (element as HTMLInputElement).value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}
