// Train and popup in both browsers: advice, stops at every stage, a closed tab; collecting and testing from the popup.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPopup } from '../../harness/browsers/chromium-popup';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { field, fill, giveFile, press, select, unfold } from '../../harness/browsers/elements';
import { closeSidePanel, openSidePanel } from '../../harness/browsers/side-panel';
import { waitForWords, wordsOf } from '../../harness/browsers/words';
import { readCollection, tally } from '../../harness/collection';
import { inDatabase, readRows } from '../../harness/database';
import { drawnLabels, drawTestImage } from '../../harness/pictures/pictures';
import { grantAccess, harvest } from '../../harness/steps/harvest-steps';
import { chooseBackbone } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, POPUP_PAGE, show, type Walk } from '../../harness/walk';
import type { Model } from '../../src/contract/report';
import type { LastTest } from '../../src/edges/store/last-test';
import { lookOver, POPUP } from './steps/look-over';
import { stage } from './steps/stage';

const IMAGES = 4;

describe.each(BROWSER_NAMES)('Train and the popup in %s', browser => {
  let walk: Walk;
  /** What the app does alike in both browsers is seen in one of them. */
  const inOne = it.runIf(browser === 'chromium');
  const image = drawTestImage('dots', 0);

  beforeAll(async () => {
    walk = await stage(browser, { labels: drawnLabels(IMAGES, ['dots', 'rings']) });
    await writeFile(join(walk.out, image.name), image.bytes);
    await grantAccess(walk);
  }, 300_000);
  afterAll(() => walk?.close());

  const onScreen = (part: string, timeoutMs?: number) => waitForWords(walk.app, part, timeoutMs);
  const openTest = async () => {
    const popup = await walk.driver.newPage();
    await popup.setViewport(POPUP[0]!.viewport);
    await walk.driver.open(popup, walk.driver.extensionUrl(POPUP_PAGE));
    await popup.bringToFront();
    return popup;
  };
  const answered = (popup: Page) =>
    waitFor(
      'the classes of the picture',
      async () => {
        const all = await popup.$$eval('[aria-label="Most likely labels"] li', items =>
          items.map(item => item.textContent),
        );
        return all.length > 0 ? all : undefined;
      },
      120_000,
      () => wordsOf(popup),
    );

  it('sends who has no model to Train, and says there what is missing', async () => {
    const popup = await openTest();
    await waitForWords(popup, 'No model yet. Train one to test images with it.');
    await popup.close();
    await show(walk, 'train');
    await onScreen('There are no images yet. Collect at least two labels first, with 20 images or more each.');
    await onScreen('EfficientNet-Lite0 comes with Gleaner');
  });

  it.runIf(browser === 'chromium')(
    'collects from the page it stands over, and knows of it when opened again',
    async () => {
      const page = await walk.driver.newPage();
      await walk.driver.open(page, walk.web.searchAddress('dots'));
      const popup = await openPopup(page, walk.app, walk.driver.extensionUrl('src/entries/popup/popup.html'));
      await waitForWords(popup, 'Collect from this page');
      // The label is named after the search unless the user says otherwise.
      const name = await popup.waitForSelector('input[placeholder="Name of the label"]');
      expect(await name!.evaluate(input => (input as HTMLInputElement).value)).toBe('dots');
      await lookOver(walk.driver, popup, 'popup-collect', { looks: POPUP });
      // The popup may give way to the side panel, which the same click opens, before it has told of the click.
      await press(popup, 'Collect from this page', 5000).catch(() => undefined);
      const panel = await openSidePanel(walk.driver, walk.app, page);
      await panel.locator('.panel-foot .take').click();
      await waitFor(
        'what was taken',
        async () => (await readCollection(walk.app)).harvests.some(({ found }) => found > 0) || undefined,
        20_000,
      );
      await closeSidePanel(walk.app);
      const again = await openPopup(page, walk.app, walk.driver.extensionUrl('src/entries/popup/popup.html'));
      await waitForWords(again, 'of 5 here for dots');
      const chosen = await again.$eval('form select', select => (select as HTMLSelectElement).selectedOptions[0]?.text);
      expect(chosen).toBe('dots');
      await again.close();
      await page.close();
    },
  );

  it('says what is thin before a training', async () => {
    for (const { label } of walk.labels) await (await harvest(walk, label)).close();
    await waitFor('the downloads', async () => tally(await readCollection(walk.app)).queued === 0 || undefined, 60_000);
    await chooseBackbone(walk, 'seeded');
    await onScreen('Fewer than 20 images: dots');
    await unfold(walk.app, 'Advanced');
    for (const option of ['Epochs', 'Batch size', 'Learning rate', 'Dropout', 'Hidden units', 'Seed', 'Backend'])
      await field(walk.app, option);
    await lookOver(walk.driver, walk.app, 'train-ready');
  });

  inOne('does not train with a value that cannot be, and shows which', async () => {
    await fill(walk.app, 'Epochs', '0');
    await press(walk.app, 'Train');
    // Not by `:focus`: nothing is that in a window that has lost it.
    const within = () => walk.app.evaluate(() => document.activeElement?.closest('label')?.textContent ?? '');
    await waitFor(
      'the field',
      async () => (await within()).includes('Epochs') || undefined,
      30_000,
      () => wordsOf(walk.app),
    );
    expect(await wordsOf(walk.app)).not.toContain('Starting');
    await press(walk.app, 'Defaults');
  });

  inOne('stops during the features and keeps them, and before anything was begun', async () => {
    await select(walk.app, 'Head', 'article');
    await press(walk.app, 'Train');
    await press(walk.app, 'Stop');
    await onScreen('Stopped. The features computed so far are kept.');
    await press(walk.app, 'Train');
    await onScreen('Features of');
    await press(walk.app, 'Stop');
    await onScreen('Stopped. The features computed so far are kept.');
    expect(await walk.app.$('::-p-aria([name="Stop"][role="button"])')).not.toBeNull();
  });

  inOne('says that a training was cut off by its tab', async () => {
    await press(walk.app, 'Train');
    await onScreen('Features of');
    const app = await walk.driver.newPage();
    await walk.app.close();
    walk.app = app;
    await walk.driver.open(app, `${walk.driver.extensionUrl(APP_PAGE)}#train`);
    await onScreen('was cut off when its tab closed');
    await lookOver(walk.driver, app, 'train-cut-off');
  });

  inOne('shows the epochs as they come, and keeps the best when stopped among them', async () => {
    await unfold(walk.app, 'Advanced');
    await select(walk.app, 'Head', 'article');
    // As slow as it can be made, so that there is time to look.
    for (const [option, value] of [
      ['Epochs', '500'],
      ['Batch size', '1'],
      ['Hidden units', '4096'],
    ] as const)
      await fill(walk.app, option, value);
    await press(walk.app, 'Train');
    await walk.app.waitForSelector('.charts svg', { timeout: 120_000 });
    await lookOver(walk.driver, walk.app, 'train-epochs');
    await press(walk.app, 'Stop');
    await onScreen('The model is trained.', 120_000);
    expect(await wordsOf(walk.app)).not.toContain('was cut off');
    await lookOver(walk.driver, walk.app, 'train-done');
  });

  it('stops while it chooses among heads, and trains the best of those it has tried', async () => {
    const before = await modelIds(walk.app);
    await select(walk.app, 'Head', 'auto');
    await press(walk.app, 'Train');
    await onScreen('Comparing heads', 60_000);
    await press(walk.app, 'Stop');
    await waitFor('another model', async () => (await modelIds(walk.app)) !== before || undefined, 60_000);
    await onScreen('The model is trained.');
    expect(await wordsOf(walk.app)).not.toContain('was cut off');
  });

  it('tests a chosen file and shows the classes with bars and where the model looked', async () => {
    const popup = await openTest();
    if (browser === 'firefox') expect(await wordsOf(popup)).not.toContain('Choose in a tab');
    await giveFile(popup, 'Choose an image', join(walk.out, image.name));
    expect(await answered(popup)).toHaveLength(2);
    await popup.waitForSelector('canvas[aria-label^="The image with a map of what speaks for"]');
    await lookOver(walk.driver, popup, 'popup-result', { looks: POPUP });
    await popup.close();
  });

  it('still shows the last test when it opens again', async () => {
    const popup = await openTest();
    expect(await answered(popup)).toHaveLength(2);
    await popup.close();
  });

  it('tests what is dropped, pasted, or stands at an address, and says what it cannot test', async () => {
    const popup = await openTest();
    let last = `${await answered(popup)}`;
    const answeredAnew = async (how: string) => {
      const now = await waitFor(
        `another answer after a ${how}`,
        async () => {
          const lines = `${await answered(popup)}`;
          return lines === last ? undefined : lines;
        },
        60_000,
        () => wordsOf(popup),
      );
      last = now;
    };
    for (const [i, kind] of (['drop', 'paste'] as const).entries()) {
      await popup.evaluate(hand, kind, drawTestImage('rings', i + 1).bytes.toString('base64'));
      await answeredAnew(kind);
    }
    const address = walk.web.results.get('dots')![0]!.address;
    const input = await popup.waitForSelector('input[aria-label="Address of an image"]');
    await input!.type(address);
    await press(popup, 'Test');
    await answeredAnew('test of an address');
    await input!.click({ count: 3 });
    await input!.type(`${address}-not-there`);
    await press(popup, 'Test');
    await waitForWords(popup, 'The image could not be fetched. The site no longer has the image.');
    await lookOver(walk.driver, popup, 'popup-refused', { looks: POPUP });
    await popup.close();
  });

  inOne('refuses in words what must not be decoded, and opens again with what was answered', async () => {
    const popup = await openTest();
    const answer = `${await answered(popup)}`;
    const bomb = Buffer.from(drawTestImage('dots', 3).bytes);
    // Of the header: 16,000 pixels wide and high.
    bomb.writeUInt32BE(16_000, 16);
    bomb.writeUInt32BE(16_000, 20);
    for (const kind of ['drop', 'paste'] as const) {
      await popup.evaluate(hand, kind, bomb.toString('base64'));
      await waitForWords(popup, 'This image cannot be tested. The image has more pixels');
    }
    await popup.evaluate(hand, 'drop' as const, Buffer.from('no picture at all').toString('base64'));
    await waitForWords(popup, 'This image cannot be tested. ');
    expect(`${await answered(popup)}`).toBe(answer);
    await lookOver(walk.driver, popup, 'popup-not-tested', { looks: POPUP });
    await popup.close();
    const again = await openTest();
    expect(`${await answered(again)}`).toBe(answer);
    await again.close();
  });

  inOne('does not begin with a picture that an earlier version kept before it was answered', async () => {
    const bytes = [...drawTestImage('dots', 4).bytes];
    await inDatabase(
      walk.app,
      async ({ database, done }, kept) => {
        const tx = database.transaction('meta', 'readwrite');
        tx.objectStore('meta').put({ picture: new Blob([Uint8Array.from(kept)]) }, 'last-test');
        await done(tx);
      },
      bytes,
    );
    const popup = await openTest();
    await popup.waitForSelector('.sources');
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect(await popup.$('.result')).toBeNull();
    await popup.close();
  });

  it('tests a picture of a page by its own menu', async () => {
    const page = await walk.driver.newPage();
    await walk.driver.open(page, walk.web.results.get('rings')![1]!.address);
    const image = (await page.waitForSelector('img'))!;
    await walk.driver.chooseMenuEntry(page, 'test', image as import('puppeteer-core').ElementHandle<HTMLImageElement>);
    // It is answered in the side panel, or in a page where no click opens one; no driver looks into Firefox's sidebar.
    const classes = await waitFor(
      'the answer to be kept',
      () =>
        inDatabase(walk.app, async ({ database, result }) => {
          const last = (await result(database.transaction('meta').objectStore('meta').get('last-test'))) as
            | LastTest
            | undefined;
          return last?.prediction?.top.length;
        }),
      120_000,
    );
    expect(classes).toBe(2);
    await page.close();
  });

  it('explains every permission, and verifies the collection', async () => {
    await show(walk, 'settings');
    await onScreen('Permissions: why');
    const rows = await walk.app.$$eval('.permissions tbody tr', all => all.map(row => row.textContent ?? ''));
    expect(rows.length).toBeGreaterThan(5);
    // A permission nothing is said of would show the name of the sentence that is missing.
    expect(rows.filter(row => !row.endsWith('.') || row.includes('permission_'))).toEqual([]);
    await press(walk.app, 'Verify collection');
    await onScreen(`${2 * IMAGES} images read; all are sound.`);
  });
});

/** Hands an image to the page as a drop or a paste does. */
function hand(kind: 'drop' | 'paste', base64: string): void {
  const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], 'handed.png', { type: 'image/png' }));
  const init = { bubbles: true, cancelable: true };
  const target = document.querySelector('.sources') ?? document.body;
  if (kind === 'drop') target.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }));
  else {
    // Firefox lets no script put data into a paste of its own making.
    const paste = new ClipboardEvent('paste', init);
    Object.defineProperty(paste, 'clipboardData', { value: data });
    target.dispatchEvent(paste);
  }
}

/** The keys of the trained models, as one text. */
async function modelIds(app: Page): Promise<string> {
  return (await readRows<Model>(app, 'models')).map(({ id }) => id).join();
}
