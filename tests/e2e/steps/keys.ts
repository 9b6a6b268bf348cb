// What a person does who has no mouse: goes by the Tab key to what is wanted, and presses it.
import type { Page } from 'puppeteer-core';

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

/** Chooses in a list by typing how the wanted line begins. Throws where that chooses another. */
export async function chooseByKey(page: Page, selector: string, words: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(words);
  const chosen = await page.$eval(selector, list => (list as HTMLSelectElement).selectedOptions[0]?.textContent ?? '');
  if (!chosen.startsWith(words)) throw new Error(`typing ${words} has chosen ${chosen}`);
}
