// The same images as files of the user's own: given to the app's own control, timed until the last is stored.
import type { Page } from 'puppeteer-core';
import { inDatabase } from '../../../harness/database';
import { waitFor } from '../../../harness/wait';
import { imageAddress } from './pictures';

/** Gives so many images to the label on screen; seconds until all are stored. The hosts are asked before the clock starts. */
export async function addOwnFiles(app: Page, label: string, count: number): Promise<number> {
  const addresses = Array.from({ length: count }, (_, n) => imageAddress(n));
  await app.waitForSelector(`input[aria-label="Images to add to ${label}"]`);
  const start = await app.evaluate(
    async (label, addresses) => {
      const files = new DataTransfer();
      for (const address of addresses) {
        const body = await (await fetch(address)).blob();
        files.items.add(new File([body], `${new URL(address).pathname.slice(1)}`, { type: 'image/jpeg' }));
      }
      const input = document.querySelector<HTMLInputElement>(`input[aria-label="Images to add to ${label}"]`);
      if (!input) throw new Error('there is nothing to give files to');
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      // A screen without images, so that what is timed is the storing.
      location.hash = '#settings';
      return Date.now();
    },
    label,
    addresses,
  );
  const stored = () =>
    inDatabase(app, ({ database, result }) => result(database.transaction('samples').objectStore('samples').count()));
  const done = async () => ((await stored()) >= count ? Date.now() : undefined);
  const end = await waitFor('the files to be stored', done, 900_000);
  return (end - start) / 1000;
}
