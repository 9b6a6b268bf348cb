// CSV read back by an independent reader gives the cells that went in, and no cell is a formula.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvTable, csvLine, neutral } from '../../src/formats/csv/write';
import { readCsv } from './read-csv';

describe('csvLine', () => {
  it('brings every text back, apart from the apostrophe in front of formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), cells => {
        expect(readCsv(csvLine(cells))).toEqual([cells.map(neutral)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('brings a table of many lines back from its bytes', () => {
    const table = new CsvTable();
    const rows = Array.from({ length: 1_234 }, (_, i) => [`é ${i}`, 'a,"b"\n']);
    for (const row of rows) table.add(row);
    expect(readCsv(new TextDecoder().decode(table.bytes()))).toEqual(rows);
  });

  it('leaves no cell that a spreadsheet would run', () => {
    for (const cell of ['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', '\0=1', '\0\0@x', '"=1"', '＝1+1', '＠sum']) {
      expect(readCsv(csvLine([cell]))[0]?.[0]).not.toMatch(/^[=+\-@\t\r\0＝＋－＠]/);
    }
  });

  it.each([';', '\t', '\r', '\n'])('leaves no formula behind %j either, where other readers part a line', separator => {
    for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
      for (const quotes of ['', '"', '""']) {
        for (const cell of [
          `cat${separator}${quotes}${sign}1+1${separator}y`,
          `https://a.test/?${separator}${quotes}${sign}1`,
        ]) {
          for (const part of csvLine(['x', cell, 'z']).slice(0, -2).split(separator))
            expect(part.replace(/^"*/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }
    }
  });

  it('quotes what holds another separator, and leaves ordinary words with one as they are', () => {
    expect(csvLine(['cats; dogs', 'a\tb', 'a - b = c; d'])).toBe('"cats; dogs","a\tb","a - b = c; d"\r\n');
    expect(csvLine(['cat;=1+1;y'])).toBe('"cat;\'=1+1;y"\r\n');
  });

  it('leaves every address as it is, but for the percent code of a sign behind a semicolon', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), url => {
        const [[read = ''] = []] = readCsv(csvLine([url]));
        if (!/;[=+\-@]/.test(url)) expect(read).toBe(url);
        expect(decodeURIComponent(read)).toBe(decodeURIComponent(url));
      }),
    );
    expect(csvLine(['https://a.test/x;=1;-2'])).toBe('"https://a.test/x;%3D1;%2D2"\r\n');
  });

  it('writes numbers as they are and nothing for what is missing', () => {
    expect(csvLine([-3, 2.5, undefined, Number.NaN])).toBe('-3,2.5,,\r\n');
  });
});
