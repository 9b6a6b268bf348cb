// The app's own sentence for an error, for commands that do what the app does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MESSAGES = join(import.meta.dirname, '../../public/_locales/en/messages.json');

/** The sentence with its gaps filled; the error's own words when it has none. */
export function explainInEnglish(error: unknown): string {
  const { code, words, message } = error as { code?: string; words?: string[]; message?: string };
  const messages = JSON.parse(readFileSync(MESSAGES, 'utf8')) as Record<string, { message: string }>;
  const sentence = Array.isArray(words) ? messages[`error_${code}`]?.message : undefined;
  if (sentence === undefined) return message ?? String(error);
  return sentence.replace(/\$(\d)/g, (gap, n: string) => words?.[Number(n) - 1] ?? gap);
}
