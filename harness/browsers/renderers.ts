// The processes that draw pages. Chromium only: Firefox does not tell them.
import type { Page } from 'puppeteer-core';

/** Process ids of all renderers of the page's browser. */
export async function rendererPids(page: Page): Promise<number[]> {
  const session = await page.browser().target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}
