// The words of the extension: every text a person reads stands in `public/_locales/<language>/messages.json`.
import browser from 'webextension-polyfill';
import { GleanerError } from '../contract/error';
import { named } from '../pipeline/bucket/label-name';

/**
 * The sentence of a key, with its gaps filled. A missing key shows itself, so that tests and people notice it.
 * Chrome takes only letters, digits and _ in keys: `reason_not-found` stands in the file as `reason_not_found`.
 */
export function t(key: string, ...words: (string | number)[]): string {
  return browser.i18n.getMessage(key.replaceAll('-', '_'), words.map(String)) || key;
}

/** What to tell a person of an error: a sentence for the errors we name, the error's own words for others. */
export function explain(error: unknown): string {
  if (error instanceof GleanerError) return t(`error_${error.code}`, ...error.words);
  return error instanceof Error ? error.message : String(error);
}

/** Names in one line, the first `most` of them and how many more there are; each short enough that the line stays one. */
export function nameList(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).map(name => named(name, names.length > 1 ? 30 : undefined));
  return names.length > most ? t('and_more', shown.join(', '), number(names.length - most)) : shown.join(', ');
}

/** A number as this language writes it, with so many decimals: by default none; `most` allows more where they say something. */
export function number(n: number, digits = 0, most = digits): string {
  return new Intl.NumberFormat(t('language'), { minimumFractionDigits: digits, maximumFractionDigits: most }).format(n);
}

/**
 * A share between 0 and 1 as per cent, as this language writes it: "92.1%"; a dash for one that could not be measured. What is not
 * the whole is never rounded up to it: 99.96% sure is not sure, and 2,999 of 3,000 are not all.
 */
export function percent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return '–';
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const shown = share < 1 ? Math.min(share, 1 - 10 ** -(digits + 2)) : share;
  return new Intl.NumberFormat(t('language'), { style: 'percent', ...places }).format(shown);
}

/**
 * The sentence of a count: `<key>_one`, `<key>_few` … as the language's plural rules say, else `<key>_other`.
 * The number is the sentence's first gap.
 */
export function plural(key: string, n: number, ...words: (string | number)[]): string {
  const rule = new Intl.PluralRules(t('language')).select(n);
  const gaps = [number(n), ...words.map(String)];
  return browser.i18n.getMessage(`${key.replaceAll('-', '_')}_${rule}`, gaps) || t(`${key}_other`, ...gaps);
}

/** A point in time as date and time of day. */
export function dateTime(at: number): string {
  return new Intl.DateTimeFormat(t('language'), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** A duration in words a person plans by: "40 s", "3 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return t('seconds', number(Math.max(1, Math.round(seconds))));
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t('minutes', number(minutes));
  return t('hours_minutes', number(Math.floor(minutes / 60)), number(minutes % 60));
}

/** A size in bytes: "312 KB", "94.8 MB". Decimal units, as file managers and the weights' own page count. */
export function byteSize(bytes: number): string {
  if (bytes < 1e6) return `${number(Math.ceil(bytes / 1e3))}\u00a0KB`;
  if (bytes < 1e9) return `${number(bytes / 1e6, 1)}\u00a0MB`;
  return `${number(bytes / 1e9, 2)}\u00a0GB`;
}
