// What a person does who has no mouse: goes by the Tab key to what is wanted, and presses it.
import type { ElementHandle, Page } from 'puppeteer-core';
import { field } from '../../../harness/browsers/elements';

/** More than any screen has places to stop at. */
const MOST_STOPS = 400;

/** Goes by the Tab key to what the selector names, backwards where it stands before. Throws where it never comes there. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  await page.bringToFront();
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    const way = await page.evaluate(selector => {
      const [here, wanted] = [document.activeElement, document.querySelector(selector)];
      if (here?.matches(selector)) return 'there';
      const before = here && wanted && here !== document.body ? here.compareDocumentPosition(wanted) : 0;
      return before & Node.DOCUMENT_POSITION_PRECEDING ? 'back' : 'on';
    }, selector);
    if (way === 'there') return;
    if (way === 'back') await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    if (way === 'back') await page.keyboard.up('Shift');
  }
  throw new Error(`the Tab key never came to ${selector}`);
}

/** Presses a button or opens a fold, once that can be done; `name` is what it is called or how its words begin. */
export async function pressByKey(page: Page, name: string, within = 'body', timeout = 60_000): Promise<void> {
  await page.waitForFunction(
    (name, within) => {
      for (const one of document.querySelectorAll('[data-key]')) one.removeAttribute('data-key');
      const front = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
      const all = [...front.querySelectorAll<HTMLElement>('button, summary, a[href]')].filter(
        one => one.closest(within) && one.checkVisibility() && !one.matches(':disabled'),
      );
      const names = (one: HTMLElement) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '';
      const found = all.find(one => names(one) === name) ?? all.find(one => names(one).startsWith(name));
      found?.setAttribute('data-key', '');
      return found !== undefined;
    },
    { timeout },
    name,
    within,
  );
  await tabTo(page, '[data-key]');
  await page.keyboard.press('Enter');
}

/** Opens the fold with this heading, if it is closed. */
export async function unfoldByKey(page: Page, heading: string): Promise<void> {
  const open = await page.$$eval(
    'details[open] > summary',
    (all, heading) => all.some(one => one.textContent?.trim() === heading),
    heading,
  );
  if (!open) await pressByKey(page, heading);
}

/** Marks the field within the label of these words, and gives the selector that names it from now on. */
export async function fieldOf(page: Page, label: string): Promise<string> {
  const wanted = await field(page, label);
  await wanted.evaluate(one => {
    for (const other of document.querySelectorAll('[data-key]')) other.removeAttribute('data-key');
    one.setAttribute('data-key', '');
  });
  return '[data-key]';
}

/** Types over what the field within the label of these words holds. */
export async function fillByKey(page: Page, label: string, words: string): Promise<void> {
  await tabTo(page, await fieldOf(page, label));
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type(words);
}

/**
 * Opens the browser's own choice of files from the field within the label of these words, and chooses these there. Firefox
 * tells its driver nothing of that choice; there the field is gone to, and given the files.
 */
export async function giveFilesByKey(page: Page, label: string, ...paths: string[]): Promise<void> {
  const here = await fieldOf(page, label);
  await tabTo(page, here);
  if (/^firefox/i.test(await page.browser().version())) {
    await ((await page.$(here)) as ElementHandle<HTMLInputElement>).uploadFile(...paths);
    return;
  }
  const opened = page.waitForFileChooser();
  // An answer of the page says that it has heard of the waiting, too.
  await Promise.race([opened, page.evaluate(() => undefined)]);
  await page.keyboard.press('Enter');
  await (await opened).accept(paths);
}

/** Chooses in a list by typing how the wanted line begins. Throws where that chooses another. */
export async function chooseByKey(page: Page, selector: string, words: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(words);
  const chosen = await page.$eval(selector, list => (list as HTMLSelectElement).selectedOptions[0]?.textContent ?? '');
  if (!chosen.startsWith(words)) throw new Error(`typing ${words} has chosen ${chosen}`);
}
