// The page a model is shared as, as its receiver meets it: a file on the disk, opened by its address there.
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import { forgetDownload, waitForDownload } from '../../../harness/browsers/downloads';
import { press } from '../../../harness/browsers/elements';
import { waitFor } from '../../../harness/wait';
import { show, type Walk } from '../../../harness/walk';

const READY_MS = 120_000;

/** Saves it by its button; gives where the file lies. */
export async function saveShared(walk: Walk, name: string): Promise<string> {
  await show(walk, 'export');
  await forgetDownload(walk.driver.downloads, name);
  await press(walk.app, 'Save the page');
  return waitForDownload(walk.driver.downloads, name, READY_MS);
}

export interface OpenedPage {
  page: Page;
  /** Addresses the page asked for, but its own and what it made itself. */
  asked: string[];
  /** What the browser complained of, such as a rule of the page's policy. */
  errors: string[];
  says(words: RegExp): Promise<string>;
  close(): Promise<void>;
}

/** Opens the file and waits until it says this. */
export async function openShared(walk: Walk, path: string, words: RegExp): Promise<OpenedPage> {
  const page = await walk.driver.newPage();
  const [asked, errors]: string[][] = [[], []];
  page.on('request', request => {
    if (!/^(?:file|blob|data):/.test(request.url())) asked!.push(request.url());
  });
  page.on('console', message => {
    if (message.type() === 'error') errors!.push(message.text());
  });
  const said = () => page.evaluate(() => (document.body.innerText ?? '').replace(/\s+/g, ' '));
  const says = (wanted: RegExp) =>
    waitFor(`${wanted}`, async () => wanted.exec(await said().catch(() => ''))?.input, READY_MS, said);
  await walk.driver.open(page, pathToFileURL(path).href);
  await page.bringToFront();
  await says(words);
  return { page, asked: asked!, errors: errors!, says, close: () => page.close() };
}

/**
 * Gives it an image and reads its list as the popup's is read, best first.
 * @param give  runs in the page, and gets the bytes as base64; a drop when not said
 */
export async function askShared(
  { page, says }: OpenedPage,
  image: Buffer,
  give: (base64: string) => void = drop,
): Promise<{ label: string; p: number }[]> {
  await page.$$eval('[aria-label="Most likely labels"]', ([before]) => before?.setAttribute('data-before', ''));
  await page.evaluate(give, image.toString('base64'));
  // The list of the image before is gone first.
  await page.waitForSelector('.answer [aria-label="Most likely labels"]:not([data-before])', { timeout: READY_MS });
  await says(/Answered in/);
  const lines = await page.$$eval('[aria-label="Most likely labels"] li', items =>
    items.map(item => (item.textContent ?? '').replace(/\s+/g, ' ').trim()),
  );
  return lines.map(line => {
    const [, label = '', share] = /^(.*) ([\d.]+) ?%$/.exec(line) ?? [];
    return { label, p: Number(share) / 100 };
  });
}

function drop(base64: string): void {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
  const target = document.querySelector('.sources');
  target?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}
