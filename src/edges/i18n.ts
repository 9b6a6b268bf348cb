// The words of the extension: every text a person reads stands in `public/_locales/<language>/messages.json`.
import browser from 'webextension-polyfill';
import { GleanerError } from '../contract/error';

/** The sentence of a key, with its gaps filled. A missing key shows itself, so that tests and people notice it. */
export function t(key: string, ...words: (string | number)[]): string {
  return browser.i18n.getMessage(key, words.map(String)) || key;
}

/** What to tell a person of an error: a sentence for the errors we name, the error's own words for others. */
export function explain(error: unknown): string {
  if (error instanceof GleanerError) return t(`error_${error.code}`, ...error.words);
  return error instanceof Error ? error.message : String(error);
}
