// The panel in a page, pressed as by keyboard: its shadow root is closed, so that no script of the page reaches into it.
import type { Page } from 'puppeteer-core';

/** Buttons in the order of the keyboard; which of them are shown depends on how the harvest stands. */
export type PanelButton = 'minimise' | 'close' | 'more' | 'stop' | 'undo' | 'save';

/** Clicks the panel's name, which gives the panel the focus, and presses the button that is `shown` so far on with Enter. */
export async function pressInPanel(page: Page, button: PanelButton, shown: readonly PanelButton[]): Promise<void> {
  await page.bringToFront();
  const { x, y } = await page.evaluate(() => {
    const { left, top } = document.documentElement.lastElementChild?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return { x: left + 30, y: top + 18 };
  });
  await page.mouse.click(x, y);
  for (let i = 0; i <= ['minimise', 'close', ...shown].indexOf(button); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}
