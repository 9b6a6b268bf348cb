// Finds what a person finds: controls by their accessible role and name, fields by their label.
import type { ElementHandle, Page } from 'puppeteer-core';

const WAIT_MS = 60_000;

/** Waits for the button, for it to be enabled, and clicks it. */
export async function press(page: Page, name: string, timeout = WAIT_MS): Promise<void> {
  const end = Date.now() + timeout;
  const near = await nearButton(page, name);
  // One that is gone before it could be clicked is looked for anew.
  const clicked = await near?.asLocator().setTimeout(Math.min(timeout, NEAR_MS)).click().then(yes, no);
  if (!clicked)
    await page
      .locator(button(name))
      .setTimeout(Math.max(1, end - Date.now()))
      .click();
}

export async function hasButton(page: Page, name: string): Promise<boolean> {
  return (await page.$(button(name))) !== null;
}

const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`;
const [yes, no] = [() => true, () => false];

/** How long a button that was there at once may take to stand still and to be enabled. */
const NEAR_MS = 5000;

/**
 * The button, if it is there now and its words stand in it. Firefox takes a millisecond for the accessible name of each
 * element it is asked about, half a second for a page, so it is asked about those with these words alone. Undefined in
 * browsers that answer at once.
 */
async function nearButton(page: Page, name: string): Promise<ElementHandle<Element> | undefined> {
  if (!/^firefox/i.test(await page.browser().version())) return undefined;
  const likely = await page.evaluateHandle(
    name =>
      [...document.querySelectorAll('button, [role="button"]')].filter(one =>
        [one.textContent, one.getAttribute('aria-label'), one.getAttribute('title')].some(words =>
          words?.includes(name),
        ),
      ),
    name,
  );
  for (const property of (await likely.getProperties()).values()) {
    const found = await property.asElement()?.$(button(name));
    if (found) return found as ElementHandle<Element>;
  }
  return undefined;
}

/** The control within the label of these words, shown or not: file fields are often hidden behind their label. */
export async function field(page: Page, label: string, timeout = WAIT_MS): Promise<ElementHandle<HTMLElement>> {
  const words = `normalize-space(.//span)="${label}" or starts-with(normalize-space(.), "${label}")`;
  const handle = await page.waitForSelector(`::-p-xpath(//label[${words}]//*[self::input or self::select])`, {
    timeout,
  });
  if (handle === null) throw new Error(`there is no field ${label}`);
  return handle as ElementHandle<HTMLElement>;
}

export async function giveFile(page: Page, label: string, path: string): Promise<void> {
  const input = (await field(page, label)) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(path);
}

/** Types a number over what the field holds. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  const input = await field(page, label);
  await input.click();
  // Three clicks choose nothing where the field moves between them.
  await input.evaluate(element => (element as HTMLInputElement).select());
  await input.type(text);
}

export async function select(page: Page, label: string, value: string): Promise<void> {
  const handle = await field(page, label);
  const chosen = await handle.select(value);
  if (!chosen.includes(value)) throw new Error(`${label} has no choice ${value}`);
}

/** Ticks the box or the round button within the label of these words, or clears the box. */
export async function tick(page: Page, label: string, on = true): Promise<void> {
  const box = (await field(page, label)) as ElementHandle<HTMLInputElement>;
  if ((await box.evaluate(input => input.checked)) !== on) await box.click();
}

/** Opens the fold with this heading, if it is closed. */
export async function unfold(page: Page, heading: string): Promise<void> {
  const summary = await page.waitForSelector(`::-p-xpath(//summary[normalize-space(.)="${heading}"])`, {
    timeout: WAIT_MS,
  });
  if (summary === null) throw new Error(`there is no fold ${heading}`);
  if (!(await summary.evaluate(element => (element as HTMLElement).closest('details')?.open))) {
    await (summary as ElementHandle<HTMLElement>).click();
  }
}

/** The words of all elements of a live role that say something. */
export function spoken(page: Page, role: 'alert' | 'status'): Promise<string[]> {
  return page.$$eval(`[role="${role}"]`, elements =>
    elements.map(element => (element.textContent ?? '').trim()).filter(words => words !== ''),
  );
}
