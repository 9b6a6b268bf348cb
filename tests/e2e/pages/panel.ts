// The pill in a page, read as assistive technology reads it and pressed as by keyboard: its shadow root is closed, so that no
// script of the page reaches into it. And the side panel beside the page, here in a window of its own that is told its tab.
import type { Browser, Page } from 'puppeteer-core';
import { press } from '../../../harness/browsers/elements';
import { closeSidePanel, openSidePanel } from '../../../harness/browsers/side-panel';
import { waitFor } from '../../../harness/wait';
import type { Walk } from '../../../harness/walk';
import { closedTree, LAST_ELEMENT, type TreeNode } from './closed-tree';

const WAIT_MS = 60_000;

const walks = new WeakMap<Browser, Walk>();
/** The one side panel of a browser, and the page that it stands beside. */
const panels = new WeakMap<Browser, { beside: Page; panel: Page }>();

/** Makes the side panels of this walk's pages known; to be called once for each browser. */
export function knowWalk(walk: Walk): void {
  walks.set(walk.app.browser(), walk);
}

/** The side panel beside a page, opened when it is asked for after that of another page. */
export async function sidePanelOf(page: Page): Promise<Page> {
  const there = panels.get(page.browser());
  if (there?.beside === page && !there.panel.isClosed()) return there.panel;
  const walk = walks.get(page.browser());
  if (walk === undefined) throw new Error('the walk of this browser is not known');
  const panel = await openSidePanel(walk.driver, walk.app, page);
  panels.set(page.browser(), { beside: page, panel });
  return panel;
}

/** Closes it as a user does; the next who asks for it opens it anew. */
export async function closePanelOf(page: Page): Promise<void> {
  panels.delete(page.browser());
  const walk = walks.get(page.browser());
  if (walk) await closeSidePanel(walk.app);
}

/** Waits until the side panel's words match, and gives them. */
export async function panelSays(page: Page, words: RegExp): Promise<string> {
  const panel = await sidePanelOf(page);
  const now = () => panel.evaluate(() => (document.querySelector('main')?.innerText ?? '').replace(/\s+/g, ' '));
  return waitFor(
    `the side panel to say ${words}`,
    async () => {
      const all = await now();
      return words.test(all) ? all : undefined;
    },
    WAIT_MS,
    now,
  );
}

export async function pressInPanel(page: Page, name: string): Promise<void> {
  await press(await sidePanelOf(page), name);
}

/** By its place: its name says how many images it takes. */
export async function pressUndo(page: Page): Promise<void> {
  await (await sidePanelOf(page)).locator('.page-actions .last').click();
}

export interface PillView {
  /** What is shown, with single spaces. */
  words: string;
  /** Names of the controls in the order of the keyboard. */
  controls: string[];
}

/** What the pill shows; without words when there is none. */
export async function readPill(page: Page): Promise<PillView> {
  const view: PillView = { words: '', controls: [] };
  const tree = await closedTree(page);
  if (tree !== undefined) gather(tree, view);
  view.words = view.words.replace(/\s+/g, ' ').trim();
  return view;
}

/** Waits until the pill's words match, and gives them. */
export function pillSays(page: Page, words: RegExp): Promise<string> {
  const now = async () => (await readPill(page)).words;
  return waitFor(
    `the pill to say ${words}`,
    async () => {
      const all = await now();
      return words.test(all) ? all : undefined;
    },
    WAIT_MS,
    now,
  );
}

/** Gives the pill the focus by a click on its name, and tabs to the control of this name. */
export async function focusInPill(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  const steps = await waitFor(
    `the control ${name}`,
    async () => {
      const at = (await readPill(page)).controls.indexOf(name);
      return at < 0 ? undefined : at + 1;
    },
    WAIT_MS,
    async () => JSON.stringify(await readPill(page)),
  );
  const { left, top, height } = await placeOf(page);
  await page.mouse.click(left + 30, top + height - 18);
  for (let i = 0; i < steps; i++) await page.keyboard.press('Tab');
}

/** Where the panel's element says that it stands, in CSS pixels. */
export async function placeOf(page: Page): Promise<{ left: number; top: number; width: number; height: number }> {
  const place = await page.evaluate(
    `{ const { left, top, width, height } = ${LAST_ELEMENT}.getBoundingClientRect(); ({ left, top, width, height }) }`,
  );
  return place as { left: number; top: number; width: number; height: number };
}

function gather(node: TreeNode, view: PillView): void {
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
