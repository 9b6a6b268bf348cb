// What the hand-over tests do on the Export and Settings screens.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import JSZip from 'jszip';
import type { ElementHandle } from 'puppeteer-core';
import { forgetDownload, waitForDownload } from '../../../harness/browsers/downloads';
import { press, spoken, tick } from '../../../harness/browsers/elements';
import { wordsOf } from '../../../harness/browsers/words';
import { waitFor } from '../../../harness/wait';
import { show, type Walk } from '../../../harness/walk';
import type { Manifest } from '../../../src/pipeline/backup/format';

/** Gives files to the hidden input behind a button. */
export async function choose(walk: Walk, name: string, ...paths: string[]): Promise<void> {
  const input = await walk.app.waitForSelector(`input[aria-label="${name}"]`);
  await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
}

/** The page's words once they hold these; rejects when the app complains instead, unless that is what is waited for. */
export async function onScreen(walk: Walk, words: string, timeoutMs = 60_000): Promise<string> {
  const shown = () => wordsOf(walk.app);
  return waitFor(
    `"${words}"`,
    async () => {
      const text = await shown();
      if (text.includes(words)) return text;
      const alerts = await spoken(walk.app, 'alert');
      if (alerts.length > 0) throw new Error(`Waited for "${words}", but the app says: ${alerts.join(' ')}`);
      return undefined;
    },
    timeoutMs,
    shown,
  );
}

/**
 * Waits until the app complains, and dismisses that.
 * @param shown  done while the complaint stands there
 */
export async function complaint(walk: Walk, shown?: () => Promise<void>): Promise<string> {
  const words = await waitFor(
    'a complaint',
    async () => (await spoken(walk.app, 'alert'))[0],
    60_000,
    async () => (await spoken(walk.app, 'status')).join(' '),
  );
  await shown?.();
  // Not that of a notice which stands beside it.
  await walk.app.locator('[role="alert"] ::-p-aria([name="Dismiss"][role="button"])').click();
  return words;
}

/** Saves one of the zips by its button on the Export screen; gives its path and what is in it. */
export async function saveZip(walk: Walk, name: string): Promise<{ path: string; zip: JSZip }> {
  await show(walk, 'export');
  await forgetDownload(walk.driver.downloads, name);
  await press(walk.app, `Save ${name}`);
  await onScreen(walk, `Saved ${name}`, 120_000);
  const path = await waitForDownload(walk.driver.downloads, name, 120_000);
  return { path, zip: await JSZip.loadAsync(await readFile(path), { checkCRC32: true }) };
}

/** Opens the options of a card. */
export async function unfoldOptions(walk: Walk, card: string): Promise<void> {
  await show(walk, 'export');
  const fold = `::-p-xpath(//section[normalize-space(h2)="${card}"]//summary[normalize-space(.)="Options"])`;
  const summary = await walk.app.waitForSelector(fold);
  const open = await summary?.evaluate(element => element.parentElement?.hasAttribute('open'));
  if (!open) await (summary as ElementHandle<HTMLElement> | null)?.click();
}

export interface SavedBackup {
  path: string;
  /** The manifest as it stands in the file: it holds the hash of every table. */
  manifest: string;
  zip: JSZip;
}

export async function saveBackup(walk: Walk, withFeatures = false): Promise<SavedBackup> {
  if (withFeatures) {
    await unfoldOptions(walk, 'Backup');
    await tick(walk.app, 'With computed features');
  }
  await show(walk, 'export');
  const name = `gleaner-backup-${new Date().toISOString().slice(0, 10)}.zip`;
  await forgetDownload(walk.driver.downloads, name);
  // What was said before lies over the foot of the page, where the button may be, and stays while the pointer rests on it.
  await walk.app.$$eval('.notice [aria-label="Dismiss"]', all => {
    for (const one of all) (one as HTMLElement).click();
  });
  await press(walk.app, 'Save backup');
  await onScreen(walk, `Saved ${name}`, 120_000);
  const path = await waitForDownload(walk.driver.downloads, name, 120_000);
  const zip = await JSZip.loadAsync(await readFile(path), { checkCRC32: true });
  return { path, manifest: (await zip.file('backup.json')?.async('string')) ?? '', zip };
}

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Writes a table of a backup anew and makes its hash right again, as somebody who means harm would. */
export async function forgeTable(
  zip: JSZip,
  path: string,
  change: (rows: Record<string, unknown>[]) => Record<string, unknown>[],
): Promise<void> {
  const text = await zip.file(path)!.async('string');
  const rows = change(
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
  );
  const forged = rows.map(row => `${JSON.stringify(row)}\n`).join('');
  zip.file(path, forged, { createFolders: false });
  await forgeManifest(zip, manifest => {
    const pieces = manifest.pieces.map(piece =>
      piece.path === path ? { ...piece, rows: rows.length, sha256: sha256(forged) } : piece,
    );
    return { ...manifest, pieces };
  });
}

export async function forgeManifest(zip: JSZip, change: (manifest: Manifest) => Manifest): Promise<void> {
  const manifest = JSON.parse(await zip.file('backup.json')!.async('string')) as Manifest;
  zip.file('backup.json', JSON.stringify(change(manifest)));
}

/** @param asked  done while the app asks whether to */
export async function deleteEverything(walk: Walk, asked?: () => Promise<void>): Promise<void> {
  await show(walk, 'settings');
  await press(walk.app, 'Delete everything…');
  await asked?.();
  await press(walk.app, 'Delete everything');
  await onScreen(walk, 'Everything was deleted.');
}

/** Chooses the file, says yes, and waits for the card to say what came. */
export async function restore(walk: Walk, path: string): Promise<string> {
  await show(walk, 'export');
  await choose(walk, 'Choose a backup', path);
  await press(walk.app, 'Restore');
  return onScreen(walk, 'restored ·', 120_000);
}
