// What goes wrong in ordinary use: each gets a sentence on the screen, and nothing collected is lost.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPopup } from '../../harness/browsers/chromium-popup';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { giveFile, press, unfold } from '../../harness/browsers/elements';
import { closeSidePanel } from '../../harness/browsers/side-panel';
import { waitForWords } from '../../harness/browsers/words';
import { readCollection } from '../../harness/collection';
import { drawnLabels, drawTestImage } from '../../harness/pictures/pictures';
import { downloadAll, grantAccess, harvest } from '../../harness/steps/harvest-steps';
import { backboneOrAlert, chooseBackbone } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { POPUP_PAGE, show, type Walk } from '../../harness/walk';
import { panelSays, sidePanelOf } from './pages/panel';
import { choose, complaint, saveBackup, unfoldOptions } from './steps/hand-over-steps';
import { begin, open, tellBackground } from './steps/harvesting';
import { lookOver, POPUP, SCREENSHOTS } from './steps/look-over';
import { apart, BOTH_WAYS, LONG, rename, sayers, showLabel, TURNED_BACK, TURNING } from './steps/odd-names';
import { stage } from './steps/stage';
import { trainedModel } from './steps/trained-rows';

/** Enough that each label has one to test with. */
const IMAGES = 12;

// What the app does alike in both browsers is seen in one of them; the main job goes all the way in both.
describe.each(BROWSER_NAMES.slice(0, 1))('bad input in %s', browser => {
  let walk: Walk;

  beforeAll(async () => {
    walk = await stage(browser, {
      labels: [...drawnLabels(IMAGES, ['dots', 'rings']), { label: 'nothing', images: [] }],
      alterHosts(hosts) {
        // The first image of each label stands on the first host, the second on the second.
        hosts.set('images.lantern.example', (_request, _url, response) => {
          response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><p>Gone.</p>');
        });
        hosts.set('img.harbour.example', (_request, _url, response) => {
          response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Please log in.</p>');
        });
      },
    });
    await grantAccess(walk);
  }, 300_000);
  afterAll(() => walk?.close());

  it('names a 404 and a page in place of an image, and stores the rest', async () => {
    await harvest(walk, 'dots');
    await downloadAll(walk, Date.now());
    const { jobs, samples } = await readCollection(walk.app);
    const refused = jobs.filter(job => job.state === 'rejected').map(job => job.reason);
    expect(refused.sort()).toEqual(['not-found', 'page-wanted']);
    // The copy of the first image stands on a host that works, so every image but the second is had.
    expect(samples).toHaveLength(IMAGES - 1);
    await show(walk, 'dataset');
    await unfold(walk.app, '2 images could not be downloaded');
    await waitForWords(walk.app, 'The site no longer has the image.');
    await waitForWords(walk.app, 'The site refused the image. It may give it when told which page shows it.');
  });

  it('says that one label is not enough, and does not train', async () => {
    await show(walk, 'train');
    await waitForWords(walk.app, 'Only dots has images. A classifier needs at least two labels to tell apart.');
    const disabled = await walk.app.$eval('::-p-aria([name="Train"][role="button"])', button =>
      button.matches(':disabled'),
    );
    expect(disabled).toBe(true);
  });

  it('makes no label of a search that gave nothing, and leaves an empty one out of the training', async () => {
    await harvest(walk, 'rings');
    await harvest(walk, 'nothing');
    await downloadAll(walk, Date.now());
    const { labels, harvests } = await readCollection(walk.app);
    expect(labels.map(({ name }) => name).sort()).toEqual(['dots', 'rings']);
    expect(harvests.find(one => one.query === 'nothing')).toMatchObject({ found: 0, added: 0 });
    await tellBackground(walk, 'createLabel', { name: 'nothing' });
    await show(walk, 'train');
    await waitForWords(walk.app, 'nothing has no images and is left out.');
  });

  it('refuses files that are no weights, and keeps the weights it has', async () => {
    await chooseBackbone(walk, 'seeded');
    const before = (await readCollection(walk.app)).samples.length;
    const path = join(walk.out, 'not-weights.safetensors');
    const files: [string, Buffer][] = [
      ['no such format', Buffer.from('These are words, not weights. '.repeat(100))],
      ['a header that promises too much', Buffer.from([255, 255, 255, 255, 255, 255, 255, 127, 123, 125])],
      ['an empty file', Buffer.alloc(0)],
    ];
    await unfold(walk.app, 'Use other weights');
    for (const [name, bytes] of files) {
      await writeFile(path, bytes);
      await giveFile(walk.app, 'Choose a weights file', path);
      const words = await waitFor(
        `a word about ${name}`,
        () => backboneOrAlert(walk, /never/, 60_000),
        60_000,
        async () => walk.app.$eval('main', main => main.textContent ?? ''),
      );
      expect(words, name).toMatch(/weights file|ResNet-50/);
    }
    await waitForWords(walk.app, 'from seed 1');
    await walk.app.reload({ waitUntil: [], timeout: 1500 }).catch(() => undefined);
    await waitForWords(walk.app, 'from seed 1');
    expect((await readCollection(walk.app)).samples).toHaveLength(before);
  });

  it('takes names of 300 letters and of both directions, and no longer ones, whichever way they come', async () => {
    const tooLong = `${LONG}x`;
    await rename(walk, 'dots', LONG, { name: tooLong, words: /301 characters; at most 300/ });
    for (const { id, name } of (await readCollection(walk.app)).labels) {
      const to = { rings: BOTH_WAYS, nothing: TURNING }[name];
      if (to) await tellBackground(walk, 'renameLabel', { labelId: id, name: to });
    }
    const before = await readCollection(walk.app);
    expect(before.labels.map(({ name }) => name).sort()).toEqual([LONG, BOTH_WAYS, TURNED_BACK].sort());
    await showLabel(walk, TURNED_BACK);
    const list = join(walk.out, 'long.csv');
    await writeFile(list, `url,label\nhttps://img.example/1.jpg,good\nhttps://img.example/2.jpg,${tooLong}\n`);
    await choose(walk, `List of addresses to import into ${TURNED_BACK}`, list);
    expect(await complaint(walk)).toMatch(/at most 300 characters, and “Verylong.+…” has 301/);
    expect(await readCollection(walk.app)).toEqual(before);
  });

  it('trains on what there is after all that', async () => {
    await show(walk, 'train');
    await waitForWords(walk.app, 'Fewer than 20 images: ');
    await waitForWords(walk.app, apart(BOTH_WAYS));
    await lookOver(walk.driver, walk.app, 'names-train', { rules: false });
    expect(await sayers(walk.app, LONG)).toBeGreaterThan(0);
    await press(walk.app, 'Train');
    await waitForWords(walk.app, 'The model is trained', 300_000);
  });

  it('shows each of those names in its place, in full for whoever asks', async () => {
    const look = async (state: string, page = walk.app, at?: string) => {
      const looks = page === walk.app ? {} : { looks: POPUP };
      await lookOver(walk.driver, page, `names-${state}`, { ...looks, at, rules: false });
      for (const name of [LONG, BOTH_WAYS])
        expect.soft(await sayers(page, name), `${state}: ${name}`).toBeGreaterThan(0);
    };
    await show(walk, 'report');
    await walk.app.waitForSelector('.confusion td button');
    const { labels, matrix } = (await trainedModel(walk.app)).report.confusion;
    const count = matrix[labels.indexOf(LONG)]?.[labels.indexOf(BOTH_WAYS)];
    await press(walk.app, `${count} ${count === 1 ? 'image' : 'images'} of ${LONG} taken for ${apart(BOTH_WAYS)}`);
    await waitForWords(walk.app, `… taken for ${apart(BOTH_WAYS)}`);
    await look('report', walk.app, '.confusion');
    await show(walk, 'export');
    await unfoldOptions(walk, 'Dataset');
    await look('export', walk.app, '.option-list');
    const { path } = await saveBackup(walk);
    await choose(walk, 'Choose a backup', path);
    await waitForWords(walk.app, 'here already');
    await look('restore');
    await press(walk.app, 'Cancel');
    await show(walk, 'dataset');
    await press(walk.app, 'Harvest log');
    await walk.app.waitForSelector('dialog[open] tbody td');
    await look('log');
    await walk.app.keyboard.press('Escape');
    const asked = drawTestImage('dots', 0);
    const image = join(walk.out, asked.name);
    await writeFile(image, asked.bytes);
    const popup = await walk.driver.newPage();
    await walk.driver.open(popup, walk.driver.extensionUrl(POPUP_PAGE));
    await giveFile(popup, 'Choose an image', image);
    await popup.waitForSelector('.result select[aria-label="Heat map"]', { timeout: 60_000 });
    await look('popup', popup);
    await popup.close();
  });

  it('shows them in the panel of a page, which calls a copy a copy', async () => {
    const { labels } = await readCollection(walk.app);
    const page = await open(walk, walk.web.searchAddress('rings'));
    await begin(walk, page, `results:label:${labels.find(({ name }) => name === LONG)?.id}`);
    // Two addresses are broken; what stands behind the others is under the other label already.
    const words = await panelSays(page, new RegExp(`${IMAGES - 1} copies of images that are there already`));
    expect(words).toMatch(/0 of \d+ here for Verylong.*.* · 2 failed/);
    const panel = await sidePanelOf(page);
    expect(await sayers(panel, LONG)).toBeGreaterThan(0);
    await lookOver(walk.driver, panel, 'names-side-panel', { looks: POPUP, rules: false });
    await closeSidePanel(walk.app);
    // A page behind another is not painted, and the wait for its image would never end.
    await page.bringToFront();
    await page.screenshot({ path: join(SCREENSHOTS, `names-panel-${browser}.png`) });
    const popup = await openPopup(page, walk.app, walk.driver.extensionUrl('src/entries/popup/popup.html'));
    await popup.waitForSelector('.harvest-progress');
    await lookOver(walk.driver, popup, 'names-popup-collect', { looks: POPUP, rules: false });
    expect(await sayers(popup, LONG)).toBeGreaterThan(0);
    await popup.close();
    await page.close();
  });
});
