// Lists of addresses: the four formats, their oddities, and what is written back.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { urlTable } from '../../../src/pipeline/export/url-table';
import { LIST_LIMITS, parseUrlList } from '../../../src/pipeline/import/url-list';

const A = 'https://a.test/1.jpg';
const B = 'https://b.test/2.png?x=1&y=2';

describe('reading a list', () => {
  it('reads plain lines with blank ones, CRLF, a byte order mark and duplicates', () => {
    const list = parseUrlList(`\uFEFF${A}\r\n\r\n${B}\r\n${A}\r\n   \r\nnot an address\r\n`);
    expect(list.rows).toEqual([{ url: A }, { url: B }]);
    expect(list).toMatchObject({ blank: 2, duplicates: 1, refused: 1, truncated: false });
  });

  it('takes the label column by its name, in any place and case', () => {
    const list = parseUrlList(`id,Label,Image URL\n1,"Karpov, Anatoly",${A}\n2,Kasparov,${B}\n`);
    expect(list.rows).toEqual([
      { url: A, label: 'Karpov, Anatoly' },
      { url: B, label: 'Kasparov' },
    ]);
  });

  it('keeps the same address under two labels apart', () => {
    expect(parseUrlList(`url,label\n${A},x\n${A},y\n${A},x`)).toMatchObject({
      rows: [
        { url: A, label: 'x' },
        { url: A, label: 'y' },
      ],
      duplicates: 1,
    });
  });

  it('takes two columns without a header as address and label, whichever comes first', () => {
    expect(parseUrlList(`${A},cat\ndog,${B}`).rows).toEqual([
      { url: A, label: 'cat' },
      { url: B, label: 'dog' },
    ]);
    expect(parseUrlList(`cat\t${A}\ndog\t${B}\n`).rows).toEqual([
      { url: A, label: 'cat' },
      { url: B, label: 'dog' },
    ]);
  });

  it('does not cut an address at its own commas', () => {
    const commas = 'https://a.test/w_200,h_300/x,y.jpg?z=1,2';
    expect(parseUrlList(`${commas}\n${A}`).rows).toEqual([{ url: commas }, { url: A }]);
    expect(parseUrlList(`url,label\n"${commas}",cat`).rows).toEqual([{ url: commas, label: 'cat' }]);
  });

  it('reads quotes doubled inside quotes and a quoted line break', () => {
    expect(parseUrlList(`label,url\n"a ""b""\nc",${A}`).rows).toEqual([{ url: A, label: 'a "b"\nc' }]);
  });

  it('reads JSON lines, and counts the broken ones', () => {
    const list = parseUrlList(`{"url":"${A}","label":"__proto__"}\n\n{"URL":"${B}"}\n{"url":\n[1]\n"${B}"\nnull`);
    expect(list.rows).toEqual([{ url: A, label: '__proto__' }, { url: B }]);
    expect(list).toMatchObject({ blank: 1, duplicates: 1, refused: 3 });
  });

  it('does not take a list of broken JSON lines for work without end', () => {
    const start = performance.now();
    const list = parseUrlList(`{"url":"${A}"}\n${'{=}\n'.repeat(LIST_LIMITS.lines)}`);
    expect(list).toMatchObject({ rows: [{ url: A }], refused: LIST_LIMITS.lines - 1, truncated: true });
    // Where every one of them was parsed it took minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('keeps a label as long as it is', () => {
    const labels = ['a'.repeat(250), `${'a'.repeat(250)}b`];
    const text = labels.map(label => `${A},${label}`).join('\n');
    expect(parseUrlList(`url,label\n${text}`).rows.map(({ label }) => label)).toEqual(labels);
  });

  it('refuses other schemes and too long addresses', () => {
    const long = `https://a.test/${'x'.repeat(LIST_LIMITS.url)}`;
    expect(
      parseUrlList(`javascript:alert(1)\ndata:image/png;base64,AA\nfile:///etc/passwd\n${long}\nhttps://\n`),
    ).toMatchObject({
      rows: [],
      refused: 5,
    });
  });

  it('stops at its limit of rows and says so', () => {
    const text = Array.from({ length: LIST_LIMITS.rows + 5 }, (_, i) => `https://a.test/${i}`).join('\n');
    const list = parseUrlList(text);
    expect(list.rows).toHaveLength(LIST_LIMITS.rows);
    expect(list.truncated).toBe(true);
  });

  it('never throws and gives only http(s) addresses', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\t', ';', '{', 'a', 'https://a.test/') }),
        text => {
          for (const { url } of parseUrlList(text).rows) expect(url).toMatch(/^https?:\/\//);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('writing a list', () => {
  it('is read back as it was', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 20 })
      .map(name => `n${name.replaceAll(/[\r;\t\n]/g, ' ')}`.trim());
    fc.assert(
      fc.property(text, fc.array(fc.webUrl({ withQueryParameters: true }), { maxLength: 8 }), (label, urls) => {
        // One address without a comma shows that the lines are no table. A sign behind a semicolon is left in its percent code.
        const addresses = urls.map(url => new URL(url).href).filter(url => !/;["']*[=+@-]/.test(url));
        const unique = [...new Set([A, ...addresses])];
        const table = urlTable(
          label,
          unique.map(url => ({ url, title: '=cmd,"x"' })),
        );
        expect(parseUrlList(new TextDecoder().decode(table)).rows).toEqual(unique.map(url => ({ url, label })));
        // Behind what looks like a file's ending a comma at the end of a line is the list's.
        const lines = unique.filter(url => !/\.\w{3,4},$/.test(url));
        expect(parseUrlList(lines.join('\n')).rows.map(row => row.url)).toEqual(lines);
      }),
    );
  });
});

const SHARED = join(import.meta.dirname, '../../../../shared/urls');
describe.skipIf(!existsSync(SHARED))('real lists (skipped without ../shared/urls)', () => {
  it.each(existsSync(SHARED) ? readdirSync(SHARED) : [])('%s: every line is accounted for', name => {
    const text = readFileSync(join(SHARED, name), 'utf8');
    const lines = text.split(/\r?\n/);
    const http = new Set(lines.filter(line => /^\s*"?https?:/i.test(line)).map(line => line.trim()));
    const list = parseUrlList(text);
    expect(list.rows.length + list.blank + list.duplicates + list.refused).toBe(
      lines.at(-1) === '' ? lines.length - 1 : lines.length,
    );
    expect(list.rows.every(row => row.label === undefined)).toBe(true);
    expect(list.rows.length).toBe(http.size);
  });
});
