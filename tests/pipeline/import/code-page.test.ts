// Names and tables in the code pages of people's machines.
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { craftZip } from '../../../scripts/fuzz/craft-zip';
import { decode, guessPage } from '../../../src/pipeline/import/code-page';
import { openZip } from '../../../src/pipeline/import/open-zip';
import { encode } from './encode';

const data = new Uint8Array(3);
const SAMPLES: [page: string, words: string, languages?: string[]][] = [
  ['windows-1252', 'Bär Wölfe Füchse'],
  ['windows-1252', 'éléphant château forêt'],
  ['windows-1252', 'niño señor corazón'],
  ['windows-1252', 'Straße Größe'],
  ['windows-1250', 'Żółw koń niedźwiedź'],
  ['windows-1251', 'кошка собака медведь'],
  ['windows-1251', 'Кошки Собаки'],
  ['windows-1253', 'γάτα σκύλος'],
  ['windows-1254', 'köpek kuş ayı', ['tr-TR']],
  ['windows-1255', 'חתול כלב', ['he']],
  ['windows-1256', 'قطة كلب', ['ar']],
  ['windows-874', 'แมว หมา', ['th']],
  ['koi8-r', 'кошка собака'],
  ['gb18030', '猫 狗'],
  ['gb18030', '北极熊 棕熊'],
  ['gb18030', '苹果 香蕉 樱桃'],
  ['big5', '貓 狗'],
  ['big5', '蘋果 香蕉'],
  ['shift_jis', '猫 犬'],
  ['shift_jis', 'ねこ いぬ 写真'],
  ['shift_jis', 'りんご バナナ'],
  ['euc-kr', '고양이 개'],
  ['euc-kr', '사과 바나나'],
];
const DOS_SAMPLES: [page: string, words: string][] = [
  ['cp437', 'Bär Wölfe'],
  ['cp437', 'Übung Äpfel'],
  ['cp850', 'Bär Füchse'],
  ['cp852', 'Żółw koń niedźwiedź'],
  ['ibm866', 'кошка собака'],
];

describe('the code page of a text', () => {
  it.each(SAMPLES)('%s: %s', (page, words, languages = []) => {
    for (const text of [
      words.replaceAll(' ', '\n'),
      `url;label\n${words
        .split(' ')
        .map((word, n) => `https://a.test/${n}.jpg;${word}`)
        .join('\n')}\n`,
    ]) {
      const bytes = encode(text, page);
      const { pages } = guessPage(bytes, languages);
      expect(decode(bytes, pages[0] ?? '')).toBe(text);
    }
  });

  it.each(SAMPLES)('is always among those that are offered: %s, %s', (page, words) => {
    const bytes = encode(words, page);
    const { pages, samples, sure } = guessPage(bytes);
    expect(samples).toHaveLength(pages.length);
    expect(samples[0]).not.toBe('');
    expect(pages.map(each => decode(bytes, each))).toContain(words);
    if (sure) expect(decode(bytes, pages[0] ?? '')).toBe(words);
  });
});

describe('random words of a language', () => {
  const WORDS: [page: string, language: string, words: string[]][] = [
    ['windows-1252', 'de-DE', ['Bär', 'Löwe', 'Käfer', 'Möwe', 'Straße', 'Größe', 'Übung', 'schön']],
    ['windows-1252', 'pt-BR', ['cão', 'leão', 'pássaro', 'maçã', 'órgão', 'música']],
    ['windows-1250', 'cs', ['kočka', 'liška', 'medvěd', 'kůň', 'žába', 'čáp']],
    ['windows-1250', 'pl-PL', ['łoś', 'żubr', 'żółw', 'wąż', 'źrebię', 'gęś']],
    ['windows-1251', 'ru-RU', ['кот', 'пёс', 'лиса', 'волк', 'Медведь', 'заяц']],
    ['ibm866', 'ru-RU', ['кот', 'пёс', 'лиса', 'волк', 'Медведь', 'заяц']],
    ['windows-1253', 'el', ['γάτα', 'σκύλος', 'άλογο', 'αρκούδα', 'Λύκος']],
    ['windows-1254', 'tr', ['ağaç', 'çiçek', 'kuş', 'köpek', 'güneş', 'sığır', 'ayı']],
    ['windows-1255', 'he', ['חתול', 'כלב', 'דוב', 'שועל', 'זאב']],
    ['windows-1256', 'ar', ['قطة', 'كلب', 'ثعلب', 'أسد', 'نمر']],
    ['windows-874', 'th-TH', ['แมว', 'หมา', 'หมี', 'ช้าง', 'เสือ']],
    ['euc-kr', 'ko-KR', ['고양이', '개', '곰', '여우', '말', '장미', '자동차']],
    ['gb18030', 'zh-CN', ['猫', '狗', '狐狸', '老虎', '狮子', '正常', '异常']],
    ['big5', 'zh-TW', ['貓', '狗', '狐狸', '老虎', '獅子', '蘋果']],
    ['shift_jis', 'ja', ['猫', '犬', 'イヌ', 'キツネ', 'たぬき', '写真', 'りんご']],
  ];
  const some = fc.constantFrom(...WORDS).chain(([page, language, words]) =>
    fc.record({
      page: fc.constant(page),
      language: fc.constant(language),
      text: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }).map(chosen => chosen.join('\n')),
    }),
  );

  it('are offered whatever the page, never surely read wrong, and read right by whoever reads that language', () => {
    let asked = 0;
    const runs = 400;
    fc.assert(
      fc.property(some, ({ page, language, text }) => {
        const bytes = encode(text, page);
        const { pages, sure } = guessPage(bytes, [], true);
        const read = decode(bytes, pages[0] ?? '');
        expect(pages.map(each => decode(bytes, each))).toContain(text);
        if (read !== text) {
          asked++;
          expect(sure).toBe(false);
        }
        expect(decode(bytes, guessPage(bytes, [language], true).pages[0] ?? '')).toBe(text);
      }),
      { numRuns: runs, seed: 13 },
    );
    expect(asked).toBeLessThan(runs / 2);
  });
});

const named = (page: string, folders: readonly string[]) =>
  new Blob([craftZip(folders.map((folder, n) => ({ path: '', name: encode(`${folder}/${n}.png`, page), data })))]);
const paths = (archive: { entries: { path: string }[] }) => archive.entries.map(({ path }) => path);

describe('names of a zip in a code page', () => {
  it.each([...SAMPLES.filter(([page]) => page !== 'koi8-r'), ...DOS_SAMPLES])(
    '%s: %s',
    async (page, words, languages: string[] = []) => {
      const folders = words.split(' ');
      const archive = await openZip(named(page, folders), languages);
      expect(paths(archive)).toEqual(folders.map((folder, n) => `${folder}/${n}.png`));
    },
  );

  it('are read together: one may look like UTF-8 by chance', async () => {
    // 0xC3 0xA8 is an accented letter in UTF-8.
    const archive = await openZip(named('gb18030', ['猫', '狗']));
    expect(archive.page?.taken).toBe('gb18030');
    expect(archive.page?.pages).toContain('big5');
    expect(paths(await openZip(named('gb18030', ['猫', '狗']), [], 'euc-kr'))).not.toContain('猫/0.png');
  });

  it('are never two names in one, whatever the page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.uint8Array({ min: 0x80, minLength: 1, maxLength: 4 }), {
          minLength: 2,
          maxLength: 5,
          selector: String,
        }),
        async names => {
          const zip = new Blob([
            craftZip(names.map(name => ({ path: '', name: Uint8Array.from([...name, 0x2f, 0x31]), data }))),
          ]);
          const archive = await openZip(zip).catch((error: { code?: string }) => error.code);
          if (typeof archive === 'object') expect(new Set(paths(archive)).size).toBe(names.length);
          else expect(archive).toMatch(/^zip_(?:name|unfit|twice)/);
        },
      ),
      { numRuns: 300, seed: 13 },
    );
  });

  it('give way to the name in UTF-8 beside them, if that is of this very name', async () => {
    const name = encode('Bär/1.png', 'cp437');
    const field = (of: Uint8Array) => {
      const text = new TextEncoder().encode('熊/1.png');
      const extra = new DataView(new ArrayBuffer(9));
      extra.setUint16(0, 0x7075, true);
      extra.setUint16(2, 5 + text.length, true);
      extra.setUint8(4, 1);
      extra.setUint32(5, crc32(of), true);
      return Uint8Array.from([...new Uint8Array(extra.buffer), ...text]);
    };
    expect(paths(await openZip(new Blob([craftZip([{ path: '', name, data, extra: field(name) }])])))).toEqual([
      '熊/1.png',
    ]);
    expect(paths(await openZip(new Blob([craftZip([{ path: '', name, data, extra: field(data) }])])))).toEqual([
      'Bär/1.png',
    ]);
  });
});
