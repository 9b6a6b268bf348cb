// The texts the stores ask for, read from store/ and held to the stores' limits.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharedManifest from '../../manifest.json' with { type: 'json' };
import { manifestForChrome } from '../build/chrome-manifest';

export const STORE_LANGUAGES = ['en', 'de'] as const;
export type StoreLanguage = (typeof STORE_LANGUAGES)[number];

/** In characters, as the stores' forms count them. The smaller one where both stores take the text. */
const LIMITS = { name: 45, manifest: 132, summary: 250, description: 15_000, reviewers: 3000, answer: 1000 };

export interface StoreAnswers {
  singlePurpose: string;
  /** By the permission, or the pattern of sites. */
  permissions: Record<string, string>;
  remoteCode: string;
  dataUsage: string;
}

export function storeText(root: string, name: string): string {
  return readFileSync(join(root, 'store', name), 'utf8').trim();
}

export function storeAnswers(root: string): StoreAnswers {
  return JSON.parse(storeText(root, 'answers.json'));
}

/** What Chrome asks a reason for, in the order of its form: the manifest's. */
export function askedFor(): string[] {
  const { permissions, optional_host_permissions: hosts } = manifestForChrome(sharedManifest);
  return [...permissions, ...hosts];
}

/** Each text that is missing or longer than its store takes, in words. */
export function storeFaults(root: string): string[] {
  const answers = storeAnswers(root);
  const texts: [string, string, number][] = [
    ['reviewers.txt', storeText(root, 'reviewers.txt'), LIMITS.reviewers],
    ['single purpose', answers.singlePurpose, LIMITS.answer],
    ['remote code', answers.remoteCode, LIMITS.answer],
    ['data usage', answers.dataUsage, LIMITS.answer],
    ...askedFor().map((name): [string, string, number] => [name, answers.permissions[name] ?? '', LIMITS.answer]),
  ];
  for (const language of STORE_LANGUAGES) {
    const messages = JSON.parse(readFileSync(join(root, `public/_locales/${language}/messages.json`), 'utf8'));
    const add = (name: string, text: string, limit: number) => texts.push([`${language}: ${name}`, text, limit]);
    add('name', messages.name.message, LIMITS.name);
    add('description of the manifest', messages.description.message, LIMITS.manifest);
    add('summary.txt', storeText(root, `${language}/summary.txt`), LIMITS.summary);
    add('description.txt', storeText(root, `${language}/description.txt`), LIMITS.description);
  }
  return texts.flatMap(([name, text, limit]) => {
    const length = [...text].length;
    if (length === 0) return [`${name} is missing`];
    return length > limit ? [`${name} has ${length} characters, and the store takes ${limit}`] : [];
  });
}

/** Chrome's form, ready to be copied field by field. */
export function chromeForm(root: string): string {
  const { singlePurpose, permissions, remoteCode, dataUsage } = storeAnswers(root);
  const fields = [
    ['Single purpose description', singlePurpose],
    ...askedFor().map(name => [
      `${name.includes(':') ? 'Host permission' : name} justification`,
      permissions[name] ?? '',
    ]),
    ['Are you using remote code?', remoteCode],
    ['Data usage', dataUsage],
  ];
  return fields.map(([name, text]) => `${name}\n\n${text}\n`).join('\n\n');
}
