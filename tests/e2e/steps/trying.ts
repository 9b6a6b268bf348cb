// What a test does on Try it, beside the training: gives images, reads the answers, corrects them.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../../harness/wait';
import { chooseByKey, pressByKey } from './keys';

/** The labels of every answer there is, likeliest first; the image given last stands first. */
export function answers(app: Page, within = '.tries > li'): Promise<string[][]> {
  return app.$$eval(within, items =>
    items.map(item =>
      [...item.querySelectorAll('[aria-label="Most likely labels"] bdi')].map(name => name.textContent ?? ''),
    ),
  );
}

/** The answers once there are so many, to the model that answers now. */
export function answered(app: Page, count: number): Promise<string[][]> {
  return waitFor(
    `${count} answers`,
    async () => {
      const all = await answers(app);
      const ready = (await app.$$('.tries > li:not([aria-busy="true"])')).length;
      return all.length === count && ready === count && all.every(one => one.length > 0) ? all : undefined;
    },
    60_000,
    async () => JSON.stringify(await answers(app)),
  );
}

/** Says of the nth tried image what it is, by keyboard. */
export async function correctTo(app: Page, nth: number, label: string): Promise<void> {
  const place = `.tries > li:nth-child(${nth + 1})`;
  await chooseByKey(app, `${place} select[aria-label="Wrong? It is …"]`, label);
  await pressByKey(app, 'Put it there', place);
  const words = () => app.$eval(place, item => item.textContent ?? '');
  await waitFor(
    'the image to stand under its label',
    async () => (await words()).includes(`Now under ${label}`) || undefined,
    20_000,
    words,
  );
  // The keyboard does not begin anew at the top, though the button that was pressed is gone.
  await app.waitForFunction(() => document.activeElement !== document.body, { timeout: 5000 });
}
