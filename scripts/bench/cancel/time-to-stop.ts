// Begins a job, presses the button that stops it as a hand does, and waits until nothing of it is left on the screen.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { waitFor } from '../../../harness/wait';
import type { Walk } from '../../../harness/walk';
import type { Job } from './jobs';

const WAIT_MS = 120_000;

/** From the press until the button is gone or has nothing left to stop, in ms of the clock that page and test share. */
export async function timeToStop(walk: Walk, { name, start, stop, after }: Job): Promise<number> {
  const { app } = walk;
  await start(walk);
  await waitFor(`a button to stop: ${name}`, () => placeOf(app, stop), WAIT_MS);
  await pause(after);
  // Lines that appeared meanwhile may have moved it.
  const at = await placeOf(app, stop);
  if (at === undefined) throw new Error(`too quick to be stopped: ${name}`);
  const pressed = Date.now();
  await app.mouse.click(at.x, at.y);
  // What runs in the page holds no function in a variable: see `inDatabase`.
  const ended = await app.evaluate(async words => {
    while (
      // What waits for the job's end.
      document.querySelector('form.card button[type="submit"]:disabled') !== null ||
      [...document.querySelectorAll('button')].some(one => one.textContent?.trim() === words && !one.disabled)
    )
      await new Promise(resolve => setTimeout(resolve, 5));
    return Date.now();
  }, stop);
  return ended - pressed;
}

/** The middle of the button, within the window; undefined while there is none that can be pressed. */
function placeOf(app: Page, words: string): Promise<{ x: number; y: number } | undefined> {
  return app.evaluate(words => {
    const button = [...document.querySelectorAll('button')].find(
      one => one.textContent?.trim() === words && !one.disabled,
    );
    button?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = button?.getBoundingClientRect();
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, words);
}
