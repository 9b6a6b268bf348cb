// The panel in a page, read as assistive technology reads it and pressed as by keyboard: its shadow root is closed, so
// that no script of the page reaches into it.
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../../harness/wait';
import { closedTree, LAST_ELEMENT, type TreeNode } from './closed-tree';

const WAIT_MS = 60_000;

export interface PanelView {
  /** What is shown, with single spaces. */
  words: string;
  /** Names of the controls in the order of the keyboard. */
  controls: string[];
}

/** What the panel shows; without words when there is none. */
export async function readPanel(page: Page): Promise<PanelView> {
  const view: PanelView = { words: '', controls: [] };
  const tree = await closedTree(page);
  if (tree !== undefined) gather(tree, view);
  view.words = view.words.replace(/\s+/g, ' ').trim();
  return view;
}

/** Waits until the panel's words match, and gives them. */
export function panelSays(page: Page, words: RegExp): Promise<string> {
  const now = async () => (await readPanel(page)).words;
  return waitFor(
    `the panel to say ${words}`,
    async () => {
      const all = await now();
      return words.test(all) ? all : undefined;
    },
    WAIT_MS,
    now,
  );
}

/** Gives the panel the focus by a click on its name, tabs to the control of this name, and presses Enter. */
export async function pressInPanel(page: Page, name: string): Promise<void> {
  await focusInPanel(page, name);
  await page.keyboard.press('Enter');
}

export async function focusInPanel(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  const steps = await waitFor(
    `the control ${name}`,
    async () => {
      const at = (await readPanel(page)).controls.indexOf(name);
      return at < 0 ? undefined : at + 1;
    },
    WAIT_MS,
    async () => JSON.stringify(await readPanel(page)),
  );
  const { left, top } = await placeOf(page);
  await page.mouse.click(left + 30, top + 18);
  for (let i = 0; i < steps; i++) await page.keyboard.press('Tab');
}

/** Where the panel's element says that it stands, in CSS pixels. */
export async function placeOf(page: Page): Promise<{ left: number; top: number; width: number; height: number }> {
  const place = await page.evaluate(
    `{ const { left, top, width, height } = ${LAST_ELEMENT}.getBoundingClientRect(); ({ left, top, width, height }) }`,
  );
  return place as { left: number; top: number; width: number; height: number };
}

function gather(node: TreeNode, view: PanelView): void {
  const { tag, attributes } = node;
  if (attributes.hidden !== undefined || tag === 'style') return;
  if (tag === 'button') view.controls.push(attributes['aria-label'] ?? textOf(node));
  if (tag === 'input') view.controls.push('input');
  if (tag === 'button' && attributes['aria-label'] !== undefined) return;
  view.words += tag === '#text' ? node.text : ` ${attributes['data-words'] ?? ''}`;
  for (const child of node.children) gather(child, view);
}

function textOf(node: TreeNode): string {
  return (node.text + node.children.map(textOf).join('')).trim();
}
