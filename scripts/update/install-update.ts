// Puts the new package in the place of the installed one, in the running browser, as the browsers' own updates do.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromiumDriver } from '../../harness/browsers/chromium';
import { firefoxDriver } from '../../harness/browsers/firefox';
import { waitFor } from '../../harness/wait';
import { APP_PAGE, type Walk } from '../../harness/walk';
import { unzipped } from '../package/unzip';
import { filesOf, zipped } from '../package/zip';

const WAIT_MS = 60_000;

/**
 * From here on this version's own harness drives the same browser, and the walk's app is the new version's. The page before is closed by the browser, as every page of an extension that is updated.
 * Installing an id that is there already is an update to both browsers: the extension is told so, and keeps what it stored.
 * Chromium makes the id of the folder's path. Reloading it there would disable it instead, since a fresh profile is not in
 * developer mode (`unsupportedDeveloperExtension`).
 */
export async function installUpdate(walk: Walk, build: string): Promise<void> {
  const { app, extension, out } = walk;
  const packed = await zipped(filesOf(build));
  const file = join(out, 'update.xpi');
  const folder = join(out, 'update');
  await writeFile(file, packed);
  for (const { path, bytes } of await unzipped(packed)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  await rename(extension, join(out, 'before'));
  await rename(folder, extension);
  const browser = app.browser();
  const backgrounds = browser
    .targets()
    .filter(target => target.type() === 'service_worker' && target.url().startsWith(walk.driver.extensionUrl('')));
  const before = await Promise.all(backgrounds.map(target => target.worker()));
  const id = await browser.installExtension(walk.driver.name === 'firefox' ? file : extension);
  // The one that the driver looked at would stay, half dead, and be taken for the new one.
  for (const background of before) await background?.close();
  const driver =
    walk.driver.name === 'firefox'
      ? await firefoxDriver(browser, id, walk.driver)
      : chromiumDriver(browser, id, walk.driver);
  walk.driver = driver;
  const script = await scriptOf(build);
  walk.app = await waitFor(
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

/** The app's script has a name made of its contents: it tells which version a page is of. */
async function scriptOf(build: string): Promise<string> {
  const page = await readFile(join(build, APP_PAGE.replace(/\?.*/, '')), 'utf8');
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
  if (script === undefined) throw new Error("the app's page names no script");
  return script;
}
