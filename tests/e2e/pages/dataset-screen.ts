// What a person sees and does on the Dataset screen: words, tiles, keys, dialogs, dropped files.
import type { ElementHandle, Page } from 'puppeteer-core';
import { waitForWords, wordsOf } from '../../../harness/browsers/words';
import { waitFor } from '../../../harness/wait';

export type DatasetScreen = ReturnType<typeof datasetScreen>;

export function datasetScreen(app: Page) {
  const words = () => wordsOf(app);
  const onScreen = (part: string) => waitForWords(app, part, 30_000);
  const tiles = () => app.$$eval('[role="option"]', all => all.map(one => one.getAttribute('aria-label') ?? ''));
  const tilesToBe = (n: number) =>
    waitFor(
      `${n} tiles`,
      async () => (await tiles()).length === n || undefined,
      15_000,
      async () => `${await tiles()}`,
    );
  const chosen = () => app.$$eval('[role="option"][aria-selected="true"]', all => all.length);
  const click = async (n: number, key?: 'Shift' | 'Control') => {
    if (key) await app.keyboard.down(key);
    // The grid may be drawn anew between the look for the tile and the press.
    const pressed = async () => {
      const tile = (await app.$$('[role="option"]'))[n];
      return tile?.click().then(
        () => true,
        () => undefined,
      );
    };
    await waitFor(`tile ${n}`, pressed, 15_000);
    if (key) await app.keyboard.up(key);
  };
  const undo = async () => {
    await app.keyboard.down('Control');
    await app.keyboard.press('z');
    await app.keyboard.up('Control');
  };
  const choose = async (label: string, value: string) => {
    await (await app.waitForSelector(`select[aria-label="${label}"]`))!.select(value);
  };
  const openLabel = async (name: string) => {
    await app.locator(`::-p-xpath(//section[@aria-label="Labels"]//button[contains(., "${name}")])`).click();
    await app.waitForSelector(`[role="listbox"][aria-label="Images of ${name}"]`);
  };
  const inDialog = (part: string) =>
    waitFor(
      `"${part}" in the dialog`,
      async () => (await app.$eval('dialog[open]', dialog => dialog.textContent ?? '')).includes(part) || undefined,
      15_000,
      words,
    );
  const focusGrid = () => app.focus('[role="listbox"]');
  const giveFiles = async (name: string, paths: string[]) => {
    const input = await app.waitForSelector(`input[aria-label="${name}"]`);
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  };
  /** Drops a file or folder of the disk on the grid. Chromium only. */
  const drop = async (path: string) => {
    const { x, y } = await app.$eval('[role="listbox"]', grid => {
      const box = grid.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + 40 };
    });
    const session = await app.createCDPSession();
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', {
        type,
        x,
        y,
        data: { items: [], files: [path], dragOperationsMask: 1 },
      });
    await session.detach();
  };
  return {
    words,
    onScreen,
    tiles,
    tilesToBe,
    chosen,
    click,
    undo,
    choose,
    openLabel,
    inDialog,
    focusGrid,
    giveFiles,
    drop,
  };
}
