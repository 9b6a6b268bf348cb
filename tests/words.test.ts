// One word, one meaning: names that others see keep to docs/GLOSSARY.md, and comments say what they mean.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportedNames, exportedTypes, messageNames, namesIn } from './exported';
import { files, ROOT } from './sources';

/** Words that meant several things each, and what to say instead. */
const BANNED: Record<string, string> = {
  alike: 'near-duplicate',
  claim: 'conflict',
  contest: 'conflict',
  settle: 'resolve a conflict, rebalance splits, end',
  taken: 'predicted, stored, in use, accepted',
  offer: 'send candidates, expose functions',
  known: 'say what is known, and to whom',
  picture: 'image',
};

/** Words with one meaning, and the only files whose names may hold them. A word that would be at home elsewhere is another word. */
const RESERVED: Record<string, RegExp> = {
  canary: /^src\/edges\/canary|^src\/contract\/messages/,
  candidate: /contract\/(?:candidate|harvest|messages)|harvest\/check-batch|reading\/candidate-sender|backup\/fields/,
  conflict: /conflict|contract\/messages|bucket\/|options\/(?:changes|app\/changes)/,
  confirmed: /conflict|backup\/names|store\/restore/,
  expose: /workers\/worker-bridge/,
  inbox: /inbox|contract\/messages|edges\/database/,
  logit: /report\/grad-cam|head\//,
  observe: /content\//,
  predicted: /report\//,
  pump: /background\/pump/,
  rebalance: /store\/splits/,
  refusal: /contract\/candidate|edges\/reason-words/,
  reject: /store\/jobs|contract\/messages|backup\/fields/,
  restore: /restor|take-back|contract\/messages|pipeline\/backup/,
  result: /engines|content\/|contract\/candidate/,
  resume: /resume|contract\/messages|background\/collection/,
  retry: /store\/jobs|contract\/messages|download\/retry-after|dataset\/failures|options\/(?:changes|app\/changes)/,
  seeded: /features\/seeded|head\/random|parts\/seeded-note|train\//,
  tile: /options\/dataset|options\/image|side-panel\/find-tile|tiles\.worker|kernels/,
  undelete: /store\/|contract\/|options\/(?:changes|app\/changes)/,
  verdict: /report|contract\/report/,
};

/** The words a name is made of, in small letters and without the endings of plurals and participles of those above. */
function wordsOf(name: string): string[] {
  return name.split(/_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map(word => word.toLowerCase());
}

function speaksOf(word: string, name: string): boolean {
  return wordsOf(name).some(
    part => part.startsWith(word) && /^(?:|s|e?d|ing|er|able|ion|or)$/.test(part.slice(word.length)),
  );
}

const names = files.flatMap(file => {
  const all = [...exportedNames(file), ...(file === 'src/contract/messages.ts' ? messageNames() : [])];
  return [...new Set(all)].map(name => ({ file, name }));
});

describe('the check itself', () => {
  it('tells words by their beginnings in capitals', () => {
    expect(names.length).toBeGreaterThan(800);
    expect(wordsOf('joinXHRPairs_NOW')).toEqual(['join', 'xhr', 'pairs', 'now']);
    expect(speaksOf('settle', 'SETTLED_MS')).toBe(true);
    expect(speaksOf('claim', 'disclaimer')).toBe(false);
  });
});

describe('a name that others see', () => {
  it.each(Object.entries(BANNED))('does not say %s', (word, instead) => {
    const guilty = names.filter(({ name }) => speaksOf(word, name)).map(({ file, name }) => `${file}: ${name}`);
    expect(guilty, `Say what is meant: ${instead}.`).toEqual([]);
  });

  it.each(Object.entries(RESERVED))('says %s in its one meaning', (word, home) => {
    const speaking = names.filter(({ name }) => speaksOf(word, name));
    expect(speaking.length, 'The word is no longer used: take it off the list.').toBeGreaterThan(0);
    const strangers = speaking.filter(({ file }) => !home.test(file)).map(({ file, name }) => `${file}: ${name}`);
    expect(strangers, 'Another word for another thing; docs/GLOSSARY.md says what this one means.').toEqual([]);
  });
});

/** Types that share their name, and why that misleads nobody. */
const TWICE: Record<string, string> = {
  ImageType: 'One list of words: the formats know no contract, and the contract knows no formats.',
  Piece: 'Of memory, and of a backup: who reads a backup computes nothing.',
  Shape: 'Of an answer a page gave, and of a row of a backup: engines never meet backups.',
};

it('gives each exported type a name of its own', () => {
  const homes = new Map<string, string[]>();
  for (const file of files) for (const name of exportedTypes(file)) homes.set(name, [...(homes.get(name) ?? []), file]);
  const shared = [...homes].filter(([, places]) => places.length > 1);
  expect(homes.size).toBeGreaterThan(300);
  expect(
    shared.filter(([name]) => !(name in TWICE)).map(([name, places]) => `${name}: ${places.join(', ')}`),
    'Say of each what it is, or export only the one that others import.',
  ).toEqual([]);
  expect(shared.map(([name]) => name).sort(), 'The name is no longer shared: take it off the list.').toEqual(
    expect.arrayContaining(Object.keys(TWICE)),
  );
});

/** Where a name of the code may be that of something stored, or of HTML's own element. */
const STORED =
  /^src\/edges\/store\/last-test|^src\/entries\/(?:parts|popup|side-panel)\/(?:.*\/)?(?:prediction-view|testing)|scan\/image-sources/;

it('says image in every name of the code, also where nobody else sees it', () => {
  const saying = files
    .filter(file => !STORED.test(file) && /picture/i.test(readFileSync(join(ROOT, file), 'utf8')))
    .filter(file => namesIn(file).some(name => /picture/i.test(name)));
  expect(saying, 'A picture as a file is an image.').toEqual([]);
});

it.each(files)('%s has no comment that begins with “The same”', file => {
  // "The same" as what? Who reads one declaration does not see the one above.
  const guilty = readFileSync(join(ROOT, file), 'utf8').match(/(?:\/\*\*\s*(?:\*\s*)?|^\s*\/\/ )The same\b[^\n]*/gm);
  expect(guilty ?? [], 'The same as what? Say what it is.').toEqual([]);
});
