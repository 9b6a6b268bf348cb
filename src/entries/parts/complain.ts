// What went wrong, in words: one line for the whole page, which stands until it is dismissed or the next action begins.
import { signal } from '@preact/signals';
import { GleanerError } from '../../contract/error';
import { explain } from '../../edges/i18n';

export const wrong = signal<string>();

/** Tells the user of an error; an abort is the user's own doing and needs no words. */
export function complain(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  wrong.value = wordsFor(error);
}

/** The words for an error. One with a name is told in full; only one without leaves something to look up. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof GleanerError)) console.error(error);
  return explain(error);
}

/** Says what could not be done. */
export function warn(words: string): void {
  wrong.value = words;
}

/** Runs an action of the user; what goes wrong is said. */
export async function attempt(action: () => Promise<unknown>): Promise<void> {
  try {
    wrong.value = undefined;
    await action();
  } catch (error) {
    complain(error);
  }
}
