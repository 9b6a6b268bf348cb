// Puts the new package in the place of the installed one, in the running browser, as the browsers' own updates do.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, type Walk } from '../../harness/walk';
import { unzipped } from '../package/unzip';
import { filesOf, zipped } from '../package/zip';

const WAIT_MS = 60_000;

/** Gives the app's page of the new version. The one before is closed by the browser, as every page of an extension that is updated. */
export async function installUpdate(walk: Walk, build: string): Promise<Page> {
  const { app, driver, extension, out } = walk;
  const browser = app.browser();
  const packed = await zipped(filesOf(build));
  if (driver.name === 'chromium') {
    await rm(extension, { recursive: true });
    for (const { path, bytes } of await unzipped(packed)) {
      await mkdir(dirname(join(extension, path)), { recursive: true });
      await writeFile(join(extension, path), bytes);
    }
    // The page goes away under the call, which may then never be answered.
    void app.evaluate(() => (globalThis as unknown as Reloading).chrome.runtime.reload()).catch(() => undefined);
  } else {
    const file = join(out, 'update.xpi');
    await writeFile(file, packed);
    await browser.installExtension(file);
    await cp(build, extension, { recursive: true });
  }
  const script = await scriptOf(build);
  return waitFor(
    'the app of the new version',
    async () => {
      const page = await driver.newPage();
      const opened = await driver.open(page, `${driver.extensionUrl(APP_PAGE)}#dataset`).then(
        () => page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')?.src ?? ''),
        () => '',
      );
      if (opened.endsWith(script)) return page;
      await page.close();
      return undefined;
    },
    WAIT_MS,
  );
}

interface Reloading {
  chrome: { runtime: { reload(): void } };
}

/** The app's script has a name made of its contents: it tells which version a page is of. */
async function scriptOf(build: string): Promise<string> {
  const page = await readFile(join(build, APP_PAGE.replace(/\?.*/, '')), 'utf8');
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
  if (script === undefined) throw new Error("the app's page names no script");
  return script;
}
