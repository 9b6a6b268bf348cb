// What a test does on Try it, beside the training: gives images, reads the answers, corrects them.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../../harness/wait';

/** The labels of every answer there is, likeliest first; the image given last stands first. */
export function answers(app: Page, within = '.tries > li'): Promise<string[][]> {
  return app.$$eval(within, items =>
    items.map(item => [...item.querySelectorAll('[aria-label="Top classes"] bdi')].map(name => name.textContent ?? '')),
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

/** Says of the nth tried image what it is. */
export async function correctTo(app: Page, nth: number, label: string): Promise<void> {
  const [place] = (await app.$$('.tries > li')).slice(nth);
  const choice = await place!.$('select[aria-label="Wrong? It is …"]');
  const id = await choice!.$$eval(
    'option',
    (options, name) => options.find(option => option.textContent === name)?.value ?? '',
    label,
  );
  await choice!.select(id);
  await (await place!.$('button[type="submit"]'))!.click();
  await waitFor(
    'the image to stand under its label',
    async () => (await place!.evaluate(item => item.textContent)).includes(`Now under ${label}`) || undefined,
    20_000,
    () => place!.evaluate(item => item.textContent ?? ''),
  );
}
