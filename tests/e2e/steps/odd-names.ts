// Names that strain every screen, given to labels as a person gives them, and the look whether a page holds one in full.
import type { Page } from 'puppeteer-core';
import { press, unfold } from '../../../harness/browsers/elements';
import { readCollection } from '../../../harness/collection';
import { waitFor } from '../../../harness/wait';
import { show, type Walk } from '../../../harness/walk';
import { LONGEST_LABEL_NAME } from '../../../src/contract/label';

/** As long as a name may be, and nowhere to break it. */
export const LONG = 'Verylongname'.repeat(LONGEST_LABEL_NAME / 12);
/** Both directions, with what takes its side from its neighbours. */
export const BOTH_WAYS = 'كاسباروف (1985) – Garry!';
/** With a sign that turns around all that follows it, and the name without. */
export const [TURNING, TURNED_BACK] = ['abc \u202edef (12)', 'abc def (12)'];

/** As a sentence of ours holds a name that runs from right to left. */
export const apart = (name: string) => `\u2068${name}\u2069`;

export async function showLabel(walk: Walk, name: string): Promise<void> {
  await show(walk, 'dataset');
  await walk.app.locator(`::-p-xpath(//button[contains(@class,"label-row")][.//bdi[.="${name}"]])`).click();
}

/** Renames by the label's menu; `wrong` is tried first, a name that is refused with these words. */
export async function rename(
  walk: Walk,
  from: string,
  to: string,
  wrong: { name: string; words: RegExp },
): Promise<void> {
  await showLabel(walk, from);
  await unfold(walk.app, 'More');
  await press(walk.app, 'Rename');
  const field = walk.app.locator('dialog[open] input');
  await field.fill(wrong.name);
  const said = () => walk.app.$eval('dialog[open] [role="status"]', status => status.textContent ?? '');
  await waitFor('why not', async () => wrong.words.test(await said()) || undefined, 10_000, said);
  await field.fill(to);
  await walk.app.keyboard.press('Enter');
  await waitFor(
    `a label of another name than ${from}`,
    async () => (await readCollection(walk.app)).labels.every(label => label.name !== from) || undefined,
    10_000,
  );
}

/** How many elements say the name in full: in their words, or in a name or title of theirs. */
export function sayers(page: Page, name: string): Promise<number> {
  return page.evaluate(
    name =>
      [...document.querySelectorAll('*')].filter(
        one =>
          ['aria-label', 'title', 'alt'].some(attribute => one.getAttribute(attribute)?.includes(name)) ||
          [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent === name),
      ).length,
    name,
  );
}
