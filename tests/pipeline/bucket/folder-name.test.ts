// Folder names: legal on Windows, macOS and Linux, unique, whatever people call their labels.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FolderNames, folderName } from '../../../src/pipeline/bucket/folder-name';

// Written apart from the code under test: Microsoft's "Naming files" rules, plus what breaks listings and shells.
function illegal(name: string): string | undefined {
  if (name === '') return 'empty';
  if (new TextEncoder().encode(name).length > 255) return 'too long';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[<>:"/\\|?*\u0000-\u001f\u007f-\u009f]/.test(name)) return 'forbidden character';
  if (/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/.test(name)) return 'invisible character';
  if (/[. ]$/.test(name) || /^[. ]/.test(name)) return 'dot or blank at an end';
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(name)) return 'device name';
  if (name !== name.normalize('NFC')) return 'not NFC';
  if (/\p{Surrogate}/u.test(name)) return 'half a character';
  return undefined;
}
/** Alike for two names that Windows and macOS take for one. */
const fold = (name: string) => name.normalize('NFC').toLowerCase();

/** Any code point, halves of surrogate pairs too; fast-check's own unit for it first makes a table of all of them. */
const anyCharacter = fc.nat({ max: 0x10ffff }).map(code => String.fromCodePoint(code));

describe('folderName', () => {
  it.each([
    ['Kasparov', 'Kasparov'],
    ['  two   words ', 'two words'],
    ['a/b\\c', 'a b c'],
    ['..', 'label'],
    ['', 'label'],
    ['a.', 'a'],
    ['CON', 'label CON'],
    ['nul.txt', 'label nul.txt'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['__proto__', 'label __proto__'],
    ['=cmd|calc', 'label =cmd calc'],
    ['-rf', 'label -rf'],
    ['\u00e9', '\u00e9'],
    ['e\u0301', '\u00e9'],
    ['東京', '東京'],
    ['a\0b', 'a b'],
    // A table would write an apostrophe between the two, and so another path.
    ['a;=b;c', 'a =b;c'],
  ])('%j → %j', (name, folder) => {
    expect(folderName(name, [])).toBe(folder);
  });

  it('cuts between characters at 80 bytes', () => {
    expect(folderName('🦊'.repeat(300), [])).toBe('🦊'.repeat(20));
    expect(folderName('🦊'.repeat(300), ['🦊'.repeat(20)])).toBe(`${'🦊'.repeat(19)}-2`);
  });

  it('tells case and normal form apart by a number', () => {
    expect(folderName('a', ['A'])).toBe('a-2');
    expect(folderName('e\u0301', ['\u00c9', '\u00e9-2'])).toBe('\u00e9-3');
    expect(folderName('STRASSE', ['straße'])).toBe('STRASSE-2');
  });

  it('is legal and unique for any names', () => {
    const name = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 120 }),
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.constantFrom('a', 'A', 'con', 'Con.jpg', '..', 'e\u0301', 'é', ' x ', '__proto__', 'constructor'),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), names => {
        const folders: string[] = [];
        for (const each of names) folders.push(folderName(each, folders));
        expect(folders.filter(illegal)).toEqual([]);
        expect(new Set(folders.map(fold)).size).toBe(names.length);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('gives 100,000 names 100,000 folders, all legal and none alike', () => {
    const names = fc.sample(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 40 }), {
      numRuns: 50_000,
      seed: 1,
    });
    const folders = new FolderNames([]);
    const keys = new Set<string>();
    for (const name of names.flatMap(each => [each, `${each.toUpperCase()}.`])) {
      const folder = folders.add(name);
      if (illegal(folder)) expect.fail(`${JSON.stringify(folder)}: ${illegal(folder)}`);
      keys.add(fold(folder));
    }
    expect(keys.size).toBe(100_000);
  });
});
