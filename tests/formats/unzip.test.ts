// Archives from strangers: good ones are read back whole, every other one is refused by name, whatever was done to it.
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/formats/format-error';
import { openArchive } from '../../src/formats/zip/directory';
import { entryName } from '../../src/formats/zip/entry-name';

const REASONS = /^(?:unreadable|large|encrypted|packing|name|unfit|garbled|twice|overlap|bomb|damaged)$/;

interface Part {
  name: string;
  data: Uint8Array;
  deflate?: boolean;
  /** What the headers say in place of the truth. */
  size?: number;
  flags?: number;
  method?: number;
  localName?: string;
  /** Header of another part, so that two share their bytes. */
  startOf?: number;
}

/** A zip written by hand, so that it can lie. */
function craft(parts: Part[], change: { count?: number; comment?: number } = {}): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const starts: number[] = [];
  const records: Uint8Array[] = [];
  let at = 0;
  const push = (bytes: Uint8Array) => {
    chunks.push(bytes);
    at += bytes.length;
  };
  for (const part of parts) {
    const name = new TextEncoder().encode(part.name);
    const local = new TextEncoder().encode(part.localName ?? part.name);
    const packed = part.deflate ? deflateRawSync(part.data) : part.data;
    const head = (length: number, signature: number, offset: number, written: Uint8Array) => {
      const view = new DataView(new ArrayBuffer(length + written.length));
      view.setUint32(0, signature, true);
      view.setUint16(offset + 2, part.flags ?? 0x800, true);
      view.setUint16(offset + 4, part.method ?? (part.deflate ? 8 : 0), true);
      view.setUint32(offset + 10, crc32(part.data), true);
      view.setUint32(offset + 14, packed.length, true);
      view.setUint32(offset + 18, part.size ?? part.data.length, true);
      view.setUint16(offset + 22, written.length, true);
      new Uint8Array(view.buffer).set(written, length);
      return view;
    };
    starts.push(at);
    push(new Uint8Array(head(30, 0x04034b50, 4, local).buffer));
    push(packed);
    const record = head(46, 0x02014b50, 6, name);
    record.setUint32(42, starts[part.startOf ?? starts.length - 1] ?? 0, true);
    records.push(new Uint8Array(record.buffer));
  }
  const directory = at;
  for (const record of records) push(record);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, change.count ?? parts.length, true);
  end.setUint16(10, change.count ?? parts.length, true);
  end.setUint32(12, at - directory, true);
  end.setUint32(16, directory, true);
  end.setUint16(20, change.comment ?? 0, true);
  push(new Uint8Array(end.buffer));
  return Uint8Array.from(Buffer.concat(chunks));
}

const text = (words: string) => new TextEncoder().encode(words);

async function readAll(bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, Uint8Array>> {
  const archive = await openArchive(new Blob([bytes]));
  const files = new Map<string, Uint8Array>();
  for (const entry of archive.entries) if (entry.size < 1e6) files.set(entry.path, await archive.read(entry));
  return files;
}

const refusal = async (bytes: Uint8Array<ArrayBuffer>) =>
  readAll(bytes).then(
    () => 'taken',
    (error: unknown) => {
      if (error instanceof FormatError) return error.reason;
      throw error;
    },
  );

describe('a zip that is what it says', () => {
  it('is read back, stored and deflated, with and without data descriptors', async () => {
    for (const compression of ['STORE', 'DEFLATE'] as const) {
      for (const streamFiles of [false, true]) {
        const zip = new JSZip();
        zip.file('bären/1.jpg', 'one');
        zip.file('bären/2.jpg', 'x'.repeat(100_000));
        zip.file('empty.txt', '');
        const bytes = await zip.generateAsync({ type: 'uint8array', compression, streamFiles });
        const files = await readAll(Uint8Array.from(bytes));
        expect([...files.keys()]).toEqual(['bären/', 'bären/1.jpg', 'bären/2.jpg', 'empty.txt']);
        expect(files.get('bären/1.jpg')).toEqual(text('one'));
        expect(files.get('bären/2.jpg')?.length).toBe(100_000);
      }
    }
  });

  it('may begin its names with the folder that was packed, and write its folders in any honest way', async () => {
    const names = ['./cat/1', '/cat/2', '\\cat\\3', '.\\cat\\4', 'cat//5', 'cat/./6', './', 'cat/'];
    const files = await readAll(craft(names.map(name => ({ name, data: text('x') }))));
    expect([...files.keys()].filter(path => !path.endsWith('/'))).toEqual([1, 2, 3, 4, 5, 6].map(n => `cat/${n}`));
    expect(await refusal(craft(['cat/1', './cat/1'].map(name => ({ name, data: text('x') }))))).toBe('twice');
  });

  it('may have names without the UTF-8 flag, and a name in an old code page', async () => {
    const [a] = (await openArchive(new Blob([craft([{ name: 'é.jpg', data: text('x'), flags: 0 }])]))).entries;
    expect(a?.path).toBe('é.jpg');
    expect(entryName(Uint8Array.from([0xe9, 0x2e, 0x6a]), false)).toBe('é.j');
    expect(() => entryName(Uint8Array.from([0xe9, 0x2e, 0x6a]), true)).toThrow('garbled');
  });

  it('may part folders by backslashes, as old tools of Windows do', async () => {
    expect([...(await readAll(craft([{ name: 'cat\\1.png', data: text('x') }]))).keys()]).toEqual(['cat/1.png']);
    expect(await refusal(craft([{ name: '..\\1.png', data: text('x') }]))).toBe('name');
    expect(await refusal(craft([{ name: 'c:\\1.png', data: text('x') }]))).toBe('name');
    expect(await refusal(craft([{ name: '\\\\host\\1.png', data: text('x') }]))).toBe('name');
  });
});

describe('a zip that is not', () => {
  const bomb = new Uint8Array(300_000_000);
  const good = { name: 'a/1.jpg', data: text('one') };
  it.each<[string, string, () => Uint8Array<ArrayBuffer>]>([
    ['unreadable', 'words', () => Uint8Array.from(text('no zip at all '.repeat(10)))],
    ['unreadable', 'nothing', () => new Uint8Array()],
    ['unreadable', 'the front half', () => craft([good, good]).slice(0, 60)],
    ['unreadable', 'a wrong count', () => craft([good], { count: 2 })],
    ['unreadable', 'a comment that is not there', () => craft([good], { comment: 5 })],
    ['large', 'a ZIP64 mark', () => craft([good], { count: 0xffff })],
    ['encrypted', 'an encrypted file', () => craft([{ ...good, flags: 1 }])],
    ['packing', 'another compression', () => craft([{ ...good, method: 12 }])],
    ['twice', 'a name twice', () => craft([good, good])],
    [
      'twice',
      'a name in two normal forms',
      () =>
        craft([
          { ...good, name: 'é' },
          { ...good, name: 'e\u0301' },
        ]),
    ],
    ['overlap', 'two files that share bytes', () => craft([good, { ...good, name: 'b', startOf: 0 }])],
    ['bomb', 'a bomb of 1000 : 1', () => craft([{ name: 'a.jpg', data: bomb, deflate: true }])],
    ['bomb', 'a size that deflate cannot reach', () => craft([{ ...good, deflate: true, size: 900_000 }])],
    ['bomb', 'more than it says', () => craft([{ name: 'a', data: new Uint8Array(9_000), deflate: true, size: 100 }])],
    ['damaged', 'less than it says', () => craft([{ name: 'a', data: new Uint8Array(90), deflate: true, size: 91 }])],
    ['damaged', 'another name in its own header', () => craft([{ ...good, localName: 'a/2.jpg' }])],
    ...['../up', 'a/../../b', '/../x', 'C:/x', 'c:x', './C:/x', '//server/x', '\\\\server\\x', 'a/.', './..\\x'].map(
      name =>
        ['name', JSON.stringify(name), () => craft([{ ...good, name }])] as [
          string,
          string,
          () => Uint8Array<ArrayBuffer>,
        ],
    ),
    ...['aux', 'x/NUL.jpg', 'a\nb', 'a\0b'].map(
      name =>
        ['unfit', JSON.stringify(name), () => craft([{ ...good, name }])] as [
          string,
          string,
          () => Uint8Array<ArrayBuffer>,
        ],
    ),
    ['unfit', 'a very long name', () => craft([{ ...good, name: `a/${'x'.repeat(300)}` }])],
    ['unfit', 'very many folders', () => craft([{ ...good, name: 'a/'.repeat(40) }])],
  ])('is %s: %s', async (code, _name, make) => {
    expect(await refusal(make())).toBe(code);
  });

  it('is refused before anything is unpacked when it is a bomb of many files', async () => {
    const data = new Uint8Array(20_000_000);
    const parts = Array.from({ length: 30 }, (_, i) => ({ name: `${i}.jpg`, data, deflate: true }));
    await expect(openArchive(new Blob([craft(parts)]))).rejects.toMatchObject({ reason: 'bomb' });
  });
});

describe('a good zip changed at random', () => {
  const original = craft([
    { name: 'train/bears/1.jpg', data: text('a picture of a bear') },
    { name: 'train/bears/2.jpg', data: new Uint8Array(5_000).fill(7), deflate: true },
    { name: 'test/foxes/1.png', data: text('fox '.repeat(300)), deflate: true },
  ]);

  it('gives the files that went in or a named reason, never anything else', async () => {
    const whole = await readAll(original);
    const change = fc.oneof(
      fc.record({ kind: fc.constant('set'), at: fc.nat(), to: fc.nat(255) }),
      fc.record({ kind: fc.constant('cut'), at: fc.nat(), to: fc.nat() }),
      fc.record({ kind: fc.constant('copy'), at: fc.nat(), to: fc.nat() }),
    );
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async changes => {
        let bytes = original.slice();
        for (const { kind, at, to } of changes) {
          const i = at % Math.max(1, bytes.length);
          const j = to % Math.max(1, bytes.length);
          if (kind === 'set') bytes[i] = to;
          else if (kind === 'cut') bytes = Uint8Array.from([...bytes.slice(0, i), ...bytes.slice(Math.max(i, j))]);
          else bytes.copyWithin(i, j, j + 40);
        }
        try {
          for (const [path, data] of await readAll(bytes)) {
            // A changed name is another name; the bytes behind any name are those that went in.
            expect([...whole.values()].some(known => Buffer.compare(known, data) === 0)).toBe(true);
            expect(path).not.toMatch(/^\/|\\|\0|(?:^|\/)\.\.?(?:\/|$)|^[a-z]:/i);
          }
          taken++;
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
          expect(error.reason).toMatch(REASONS);
        }
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(0);
  }, 120_000);
});
