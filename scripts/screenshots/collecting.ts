// The start, where the labels are typed, and a search with the side panel beside it.
import { join } from 'node:path';
import { openSidePanel } from '../../harness/browsers/side-panel';
import { waitFor } from '../../harness/wait';
import { show, type Walk } from '../../harness/walk';
import { saveBeside, saveScreen } from './save';

const WAIT_MS = 120_000;

export async function collectingScreens(walk: Walk, folder: string): Promise<void> {
  const { app, driver, labels, web } = walk;
  const first = labels[0]?.label ?? '';
  await show(walk, 'dataset');
  const names = await app.waitForSelector('.start textarea', { timeout: WAIT_MS });
  await names?.type(labels.map(({ label }) => label).join('\n'));
  await saveScreen(app, join(folder, '1-labels.jpg'));

  await driver.answerYesToAccess();
  await app.bringToFront();
  await app.locator('.start button[type="submit"]').click();
  const { hostname } = new URL(web.searchAddress(first));
  const search = await waitFor(
    'the first search',
    async () =>
      (await app.browser().pages()).find(page => URL.canParse(page.url()) && new URL(page.url()).hostname === hostname),
    WAIT_MS,
  );
  const panel = await openSidePanel(driver, app, search, true);
  await waitFor(
    'the finds in the side panel',
    async () => {
      await search.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }));
      const finds = await panel.$$eval('.look-over img', images => images.length).catch(() => 0);
      return finds > 8 || undefined;
    },
    WAIT_MS,
  );
  await search.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await saveBeside(search, panel, join(folder, '2-search.jpg'));
}
