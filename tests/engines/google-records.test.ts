// The record scanner against made-up pages: whatever stands around, in or after the records, it never throws and never
// gives an address that the text does not hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { googleLinksIn } from '../../src/engines/scan/google-links';
import { googleRecords } from '../../src/engines/scan/google-records';

interface Made {
  id: string;
  url: string;
  height: number;
  width: number;
}

const hex = (length: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
const side = fc.integer({ min: 1, max: 20_000 });
const address = fc
  .tuple(
    hex(8),
    fc.webPath(),
    fc.option(fc.webQueryParameters(), { nil: '' }),
    fc.constantFrom('', '!qt1024_2', '?a=1&b=2', '?q="x"', '\\'),
  )
  .map(
    ([name, path, query, tail]) =>
      `https://${name.toLowerCase().replace(/[^a-z0-9]/g, 'x')}.example${path}?${query}${tail}`,
  );
const made: fc.Arbitrary<Made> = fc.record({ id: hex(14), url: address, height: side, width: side });
const records = fc.uniqueArray(made, { selector: record => record.id, maxLength: 12 });

/** A record as Google nests it, in arrays of any depth, with what has stood around it over the years. */
function nested(record: Made, depth: number): unknown {
  const thumbnail = [`https://encrypted-tbn0.gstatic.com/images?q=tbn:${record.id}&s`, 168, 300];
  let value: unknown = [0, record.id, thumbnail, [record.url, record.height, record.width], null, 0, 'rgb(1,2,3)'];
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [1, value, { 2008: [null, 'x'] }] : { 444383007: value };
  return value;
}

/** Layouts that nobody has seen yet: the same parts with other things around and between them. */
const UNSEEN: Record<string, (record: Made, key: number) => unknown> = {
  'values between the parts': ({ id, url, height, width }, key) => [
    key,
    id,
    null,
    0,
    [thumbnailOf(id), 168, 300, 1, null],
    false,
    [url, height, width, null, key],
    { [key]: [null, 'x'] },
  ],
  'the id around the addresses': ({ id, url, height, width }, key) => ({
    [`k${key}`]: [
      [
        id,
        [
          [thumbnailOf(id), 168, 300],
          [url, height, width],
        ],
        { [key]: 1 },
      ],
    ],
  }),
  'a thumbnail in two sizes': ({ id, url, height, width }) => [
    [[0, id, [thumbnailOf(id), 90, 160], [`${thumbnailOf(id)}&big`, 336, 600], [url, height, width], 'rgb(0,0,0)']],
  ],
  'the full size first': ({ id, url, height, width }, key) => [
    { [key]: [0, id, [url, height, width], [thumbnailOf(id), 168, 300]] },
  ],
};

function thumbnailOf(id: string): string {
  return `https://encrypted-tbn${id.length % 4}.gstatic.com/images?q=tbn:${id}&s`;
}

/** The ways a script or an answer writes it: JSON, escaped, with line breaks, inside a string, inside a string twice. */
const WRITINGS: Record<string, (value: unknown) => string> = {
  plain: value => JSON.stringify(value),
  spaced: value => JSON.stringify(value, null, 1),
  escaped: value =>
    JSON.stringify(value).replace(/[=&<>]/g, character => `\\u00${character.charCodeAt(0).toString(16)}`),
  slashes: value => JSON.stringify(value).replaceAll('/', '\\/'),
  'line breaks': value => JSON.stringify(value).replace(/\](?=[,\]])/g, ']\n'),
  'in a string': value => JSON.stringify(JSON.stringify(value)),
  'in a string, escaped': value => JSON.stringify(WRITINGS.escaped?.(value)),
  'in a string with line breaks': value => JSON.stringify(JSON.stringify(value, null, 1)),
  'in a string twice': value => JSON.stringify(JSON.stringify(JSON.stringify(value))),
};

const sizes = (list: { url?: string | undefined; width: number; height: number }[]) =>
  list.map(({ url, width, height }) => ({ url, width, height }));

describe.each(Object.entries(WRITINGS))('records written %s', (_name, write) => {
  it('are all found, in order, with their sizes', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 0, max: 30 }), fc.string(), (list, depth, noise) => {
        const text = `${noise.replace(/["\\]/g, '')};var m=${write([null, list.map(record => nested(record, depth))])};`;
        expect(sizes(googleRecords(text))).toEqual(sizes(list));
      }),
      { numRuns: 60 },
    );
  });

  it('give nothing new when cut off', () => {
    fc.assert(
      fc.property(records, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (list, where, front) => {
        const text = write(list.map(record => nested(record, 2)));
        const cut = Math.floor(text.length * where);
        const known = new Set(list.map(record => record.url));
        for (const record of googleRecords(front ? text.slice(0, cut) : text.slice(cut))) {
          expect(known).toContain(record.url);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('come as often as they stand there', () => {
    fc.assert(
      fc.property(records, list => {
        const text = `${write(list.map(record => nested(record, 1)))} ${write(list.map(record => nested(record, 4)))}`;
        expect(sizes(googleRecords(text))).toEqual(sizes([...list, ...list]));
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(Object.entries(UNSEEN))('a layout with %s', (_name, layout) => {
  const key = fc.integer({ min: 1, max: 999_999_999 });

  it.each(Object.entries(WRITINGS))('is read when written %s', (_writing, write) => {
    fc.assert(
      fc.property(records, key, (list, number) => {
        const text = `x(${write(list.map(record => layout(record, number)))})`;
        const found = googleRecords(text);
        expect(sizes(found)).toEqual(sizes(list));
        expect(found.map(({ id }) => id)).toEqual(list.map(({ id }) => id));
      }),
      { numRuns: 40 },
    );
  });

  it('gives nothing new when cut off', () => {
    fc.assert(
      fc.property(records, key, fc.double({ min: 0, max: 1, noNaN: true }), (list, number, where) => {
        const text = JSON.stringify(list.map(record => layout(record, number)));
        const known = new Set<string | undefined>(list.map(record => record.url));
        const cut = Math.floor(text.length * where);
        for (const { url } of [...googleRecords(text.slice(0, cut)), ...googleRecords(text.slice(cut))]) {
          // Of a record whose full size is cut off, its two thumbnails may be left.
          if (!/gstatic/.test(url ?? '')) expect(known).toContain(url);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('text of no record', () => {
  const pieces = fc.constantFrom(
    ...[
      '["https://a.example/1.jpg",',
      '1,',
      '2]',
      ',',
      '[',
      ']',
      '"',
      '\\"',
      '\\\\"',
      '\\',
      '\n',
      '\\n',
      '"docid1",',
      'null',
    ],
    ...[
      '["https://encrypted-tbn0.gstatic.com/images?q=x",1,2]',
      '["https://b.example/2.jpg",3,4]',
      '["x-raw-image:///1",5,6]',
      '{"2003":[null,"ref1","https://p.example/","t"]}',
    ],
  );

  it('never throws and never joins two addresses', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), list => {
        const text = list.join('');
        for (const record of googleRecords(text)) {
          if (record.url !== undefined) expect(text).toContain(record.url);
          if (record.sourcePage !== undefined) expect(text).toContain(record.sourcePage);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes neither chips, nor products, nor pictures without an address', () => {
    const thumbnail = '["https://encrypted-tbn0.gstatic.com/images?q=x",90,90]';
    expect(googleRecords(`["otter cute",[${thumbnail},null]]`)).toEqual([]);
    expect(googleRecords(`["product0001",${thumbnail},["Plush otter",12,99]]`)).toEqual([]);
    expect(googleRecords(`["docid0001",${thumbnail},["x-raw-image:///1",3,4]]`)).toMatchObject([
      { id: 'docid0001', url: undefined },
    ]);
  });

  it('is read in time linear in its length', () => {
    // Openings that never close are what would make a careless scanner quadratic; a minute would show it.
    for (const hostile of [
      '["https://',
      '[\\"https://',
      '"docid1",["https://x",1,2],["https://',
      '[\n\n\n',
      '\\\\\\\\"',
      ',1,1]',
    ])
      expect(googleRecords(hostile.repeat(1_000_000 / hostile.length))).toEqual([]);
    for (const hostile of ['/imgres?a', 'rg_meta>{', 'rg_meta><', '/imgres?imgurl='])
      expect(googleLinksIn(hostile.repeat(5_000_000 / hostile.length))).toEqual([]);
  });

  it('looks for a record’s page past any number of backslashes as fast as past letters', () => {
    const record = '[0,"d0cId",["https://t.gstatic.com/1",90,120],["https://full.test/cat.jpg",900,1200]]';
    const time = (filler: string) => {
      const text = `${record}${filler.repeat(3900)}`.repeat(50);
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        expect(googleRecords(text)).toHaveLength(50);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    expect(time('\\')).toBeLessThan(20 * Math.max(5, time('a')));
  });
});
