// The Dataset screen in both browsers, by the names people see: counts, grid, keyboard, flags, conflicts, own files, undo.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../scripts/browsers/driver';
import { field, press, unfold } from '../../scripts/browsers/elements';
import { readCollection } from '../../scripts/demo/collection';
import { grantAccess, harvest } from '../../scripts/demo/harvest-steps';
import { drawPicture } from '../../scripts/demo/pictures';
import { waitFor } from '../../scripts/demo/wait';
import { show, type Walk } from '../../scripts/demo/walk';
import { altered, dark, outOfFocus, shrunk, strip } from './flawed-pictures';
import { tellBackground } from './harvesting';
import { lookOver } from './look-over';
import { stage } from './stage';

const DOTS = Array.from({ length: 6 }, (_, i) => drawPicture('dots', i));
const FLAWED = [
  altered(DOTS[1]!, 'blurred.jpg', outOfFocus),
  altered(DOTS[2]!, 'dark.jpg', dark),
  altered(drawPicture('stripes', 0), 'strip.jpg', strip),
  altered(DOTS[0]!, 'smaller.jpg', shrunk),
];
const RINGS = Array.from({ length: 4 }, (_, i) => drawPicture('rings', i));
const LONG_NAME = 'אדום כחול ירוק '.repeat(20).trim();

describe.each(BROWSER_NAMES)('the Dataset screen in %s', browser => {
  let walk: Walk;
  let app: Page;
  /** Whether the host that lost its picture has found it again, and the one that keeps its own back lets go. */
  const hosts = { found: false, open: false };

  beforeAll(async () => {
    walk = await stage(browser, {
      labels: [
        { label: 'dots', pictures: [...DOTS, ...FLAWED] },
        { label: 'rings', pictures: [...RINGS, { ...DOTS[2]!, name: 'the-same.jpg' }, drawPicture('rings', 5)] },
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
    await grantAccess(walk);
    await (await harvest(walk, 'dots')).close();
    await (await harvest(walk, 'rings', 'popup')).close();
    await show(walk, 'dataset');
  }, 300_000);
  afterAll(() => walk?.close());

  const words = () => app.$eval('body', body => (body.textContent ?? '').replace(/\s+/g, ' ')).catch(() => '');
  const onScreen = (part: string) =>
    waitFor(`"${part}"`, async () => (await words()).includes(part) || undefined, 30_000, words);
  const tiles = () => app.$$eval('[role="option"]', all => all.map(one => one.getAttribute('aria-label') ?? ''));
  const tilesToBe = (n: number) =>
    waitFor(
      `${n} tiles`,
      async () => (await tiles()).length === n || undefined,
      15_000,
      async () => `${await tiles()}`,
    );
  const chosen = () => app.$$eval('[role="option"][aria-selected="true"]', all => all.length);
  const click = async (n: number, key?: 'Shift' | 'Control') => {
    if (key) await app.keyboard.down(key);
    await (await app.$$('[role="option"]'))[n]!.click();
    if (key) await app.keyboard.up(key);
  };
  const undo = async () => {
    await app.keyboard.down('Control');
    await app.keyboard.press('z');
    await app.keyboard.up('Control');
  };
  const choose = async (label: string, value: string) => {
    await (await app.waitForSelector(`select[aria-label="${label}"]`))!.select(value);
  };
  const openLabel = async (name: string) => {
    await app.locator(`::-p-xpath(//section[@aria-label="Labels"]//button[contains(., "${name}")])`).click();
    await app.waitForSelector(`[role="listbox"][aria-label="Images of ${name}"]`);
  };
  const inDialog = (part: string) =>
    waitFor(
      `"${part}" in the dialog`,
      async () => (await app.$eval('dialog[open]', dialog => dialog.textContent ?? '')).includes(part) || undefined,
      15_000,
      words,
    );
  const focusGrid = () => app.focus('[role="listbox"]');
  const giveFiles = async (name: string, paths: string[]) => {
    const input = await app.waitForSelector(`input[aria-label="${name}"]`);
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  };

  it('shows how far the downloads are, pauses and goes on', async () => {
    await openLabel('rings');
    await onScreen('1 image to download');
    await app.waitForSelector('progress[aria-label="Downloads of rings"]');
    await press(app, 'Pause');
    await onScreen('Paused by you.');
    await lookOver(walk.driver, app, 'dataset-paused');
    await press(app, 'Resume');
    hosts.open = true;
    await waitFor(
      'the last download',
      async () => !(await words()).includes('to download') || undefined,
      60_000,
      words,
    );
    await tilesToBe(5);
  });

  it('counts per label, and names what failed with a way to try again', async () => {
    await openLabel('dots');
    await onScreen('9 images');
    await unfold(app, '1 image could not be had');
    await onScreen('The site no longer has the picture.');
    hosts.found = true;
    await press(app, 'Retry');
    await tilesToBe(10);
    const counted = await app.$eval('section[aria-label="Labels"]', list => list.textContent ?? '');
    expect(counted).toMatch(/dots\s*1\s*10/);
    expect(counted).toMatch(/rings\s*2\s*5/);
  });

  it('chooses by click, control and shift, and by keyboard alone', async () => {
    await click(1);
    expect(await chosen()).toBe(1);
    await click(3, 'Shift');
    await onScreen('3 chosen');
    await click(5, 'Control');
    expect(await chosen()).toBe(4);
    await focusGrid();
    await app.keyboard.press('Escape');
    expect(await chosen()).toBe(0);
    await app.keyboard.press('Home');
    await app.keyboard.down('Shift');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.up('Shift');
    expect(await chosen()).toBe(2);
    await app.keyboard.press('End');
    await app.keyboard.press(' ');
    expect(await chosen()).toBe(3);
    await lookOver(walk.driver, app, 'dataset-chosen');
    await app.keyboard.press('Escape');
  });

  it('deletes and brings back by keyboard', async () => {
    const before = await tiles();
    await focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('Delete');
    await onScreen('1 image deleted');
    await tilesToBe(9);
    expect(await tiles()).not.toContain(before[0]);
    await undo();
    await tilesToBe(10);
    expect(await tiles()).toEqual(before);
    await app.keyboard.down('Shift');
    await undo();
    await app.keyboard.up('Shift');
    await tilesToBe(9);
    await undo();
    await tilesToBe(10);
  });

  it('moves to a label with its digit, and back', async () => {
    await focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('2');
    await onScreen('1 image moved to rings');
    await tilesToBe(9);
    await undo();
    await tilesToBe(10);
  });

  it('shows what looks wrong: blurred, dark, small, odd', async () => {
    for (const flag of ['blurred', 'dark', 'small', 'odd']) {
      await choose('Flags', flag);
      await tilesToBe(1);
    }
    await choose('Flags', 'any');
    await choose('Show', 'train');
    const train = (await tiles()).length;
    expect((await tiles()).every(name => name.includes(', train,'))).toBe(true);
    expect(train).toBeLessThan(10);
    await choose('Show', 'all');
    await choose('Order', 'smallest');
    await tilesToBe(10);
    expect((await tiles())[0]).toContain('× 70');
    await lookOver(walk.driver, app, 'dataset-flags');
  });

  it('keeps the best of near-duplicates', async () => {
    await choose('Flags', 'alike');
    // The dark picture is alike to the one it was made of, too; light does not count.
    await waitFor('near-duplicates', async () => (await tiles()).length >= 2 || undefined, 30_000);
    const alike = await tiles();
    await app.locator('::-p-xpath(//button[starts-with(., "Keep the best of each")])').click();
    await waitFor('fewer', async () => (await tiles()).length < alike.length || undefined, 30_000);
    await app.focus('[role="listbox"]');
    await undo();
    await tilesToBe(alike.length);
    await lookOver(walk.driver, app, 'dataset-alike');
    await choose('Flags', 'any');
    await tilesToBe(10);
  });

  it('shows a picture found for two labels with both, and lets the user choose', async () => {
    await onScreen('1 picture was found for this label and another.');
    await press(app, 'Choose where it belongs');
    await tilesToBe(1);
    expect((await tiles())[0]).toContain('Stands under dots, was found for rings too');
    await lookOver(walk.driver, app, 'dataset-contested');
    await focusGrid();
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] section[aria-label="Found for two labels"]');
    await lookOver(walk.driver, app, 'dataset-zoom');
    await press(app, 'Move to rings');
    await onScreen('1 image moved to rings');
    // The pressed button goes with the claim, and the focus with it; undo must be heard all the same.
    await app.waitForSelector('dialog[open] section[aria-label="Found for two labels"]', { hidden: true });
    await undo();
    await waitFor('the claim', async () => (await app.$('dialog[open] section')) ?? undefined, 30_000);
    await press(app, 'Keep in dots');
    await onScreen('1 image stays where it is');
    await press(app, 'Close');
    await onScreen('No picture of this label was found for another one too.');
    await press(app, 'Show all images');
    await tilesToBe(10);
  });

  it('shows look-alikes under two labels side by side, and asks no more once both are right', async () => {
    const folder = join(walk.out, 'alike');
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'half-the-size.jpg');
    await writeFile(path, altered(RINGS[0]!, 'half-the-size.jpg', shrunk).bytes);
    await giveFiles('Images to add to dots', [path]);
    await onScreen('1 picture here looks like one under another label.');
    await press(app, 'Compare them');
    await tilesToBe(2);
    const both = await tiles();
    for (const [stands, other] of [
      ['dots', 'rings'],
      ['rings', 'dots'],
    ])
      expect(
        both.filter(tile => tile.startsWith(stands!) && tile.includes(`Looks like a picture under ${other}`)),
      ).toHaveLength(1);
    await lookOver(walk.driver, app, 'dataset-across');
    await focusGrid();
    await app.keyboard.press('Home');
    await app.keyboard.press('Enter');
    await app.waitForSelector('dialog[open] section[aria-label="Alike across labels"]');
    await lookOver(walk.driver, app, 'dataset-across-zoom');
    await press(app, 'Both are right');
    await onScreen('2 images stay where they are');
    await app.waitForSelector('dialog[open]', { hidden: true });
    await onScreen('No picture of this label looks like one under another label.');
    await undo();
    await tilesToBe(2);
    // Back to before the picture was added.
    await undo();
    await tilesToBe(0);
    await press(app, 'Show all images');
    await tilesToBe(10);
  });

  it('opens an image with where it came from, leads on by arrows, and says when it is gone', async () => {
    await choose('Order', 'oldest');
    await focusGrid();
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
    await inDialog('1 image moved to rings');
    await waitFor('the next image', async () => (await title()) !== first || undefined, 30_000);
    await undo();
    await inDialog('Undone: 1 image moved to rings');
    await tilesToBe(10);
    await app.keyboard.press('ArrowLeft');
    await waitFor('the first image again', async () => (await title()) === first || undefined, 30_000);
    // Another page deletes it while it is shown.
    const { samples } = await readCollection(app);
    const oldest = samples.sort((a, b) => a.addedAt - b.addedAt)[0]!;
    await tellBackground(walk, 'deleteSamples', { sha256s: [oldest.sha256] });
    await onScreen('This image is no longer in the dataset.');
    await press(app, 'Close');
    await tilesToBe(9);
  });

  it('takes files and dropped folders of the user, names what it refuses, and can take them back', async () => {
    const folder = join(walk.out, 'own');
    await mkdir(folder, { recursive: true });
    const own = [drawPicture('checks', 0), drawPicture('checks', 1)];
    const paths = own.map(picture => join(folder, picture.name));
    for (const [i, picture] of own.entries()) await writeFile(paths[i]!, picture.bytes);
    paths.push(join(folder, 'words.png'));
    await writeFile(paths.at(-1)!, 'These are words.');
    await giveFiles('Images to add to dots', paths);
    await onScreen('2 added to dots · 1: The file is not a picture.');
    await tilesToBe(11);
    await press(app, 'Undo');
    await tilesToBe(9);
    // A drop, as the browser hands it to the page.
    await app.evaluate(base64 => {
      const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));
      document
        .querySelector('[role="listbox"]')
        ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, drawPicture('checks', 2).bytes.toString('base64'));
    await onScreen('1 added to dots');
    await tilesToBe(10);
    if (browser === 'firefox') return;
    // A folder with a folder in it, dropped by the browser itself; Firefox's driver has no way to do that.
    const inner = join(folder, 'dropped', 'inner');
    await mkdir(inner, { recursive: true });
    await writeFile(join(inner, 'deep.png'), drawPicture('checks', 3).bytes);
    await writeFile(join(folder, 'dropped', 'shallow.png'), drawPicture('checks', 4).bytes);
    await dropOn(app, join(folder, 'dropped'));
    await onScreen('2 added to dots');
    await tilesToBe(12);
    await press(app, 'Undo');
    await tilesToBe(10);
  });

  it('shows names of 300 characters from right to left, and says when one is too long', async () => {
    await press(app, 'New label');
    const name = await field(app, 'Name of the label');
    await setValue(name, `${LONG_NAME}x`.padEnd(301, 'x'));
    await onScreen('This name has 301 characters; at most 300 are taken.');
    await setValue(name, LONG_NAME);
    expect(LONG_NAME.length).toBe(299);
    await press(app, 'Create');
    await onScreen('has no images yet');
    await lookOver(walk.driver, app, 'dataset-long-name');
    const overflow = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await press(app, 'Undo');
    const labels = () => app.$$eval('section[aria-label="Labels"] li', all => all.length);
    await waitFor('two labels', async () => (await labels()) === 2 || undefined, 30_000);
  });

  it('says what deleted images still take, and asks before they go for good', async () => {
    await show(walk, 'settings');
    await onScreen('Deleted: ');
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
    await onScreen('The browser lost the collection:');
    await lookOver(walk.driver, app, 'dataset-lost');
  });
});

/** Drops a file or folder of the disk on the grid. */
async function dropOn(app: Page, path: string): Promise<void> {
  const { x, y } = await app.$eval('[role="listbox"]', grid => {
    const box = grid.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + 40 };
  });
  const session = await app.createCDPSession();
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x,
      y,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  await session.detach();
}

/** Types are slow for hundreds of characters; this fills a field as a paste does. */
async function setValue(input: ElementHandle<HTMLElement>, text: string): Promise<void> {
  await input.evaluate((element, value) => {
    (element as HTMLInputElement).value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}
