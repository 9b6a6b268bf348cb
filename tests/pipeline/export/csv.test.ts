// CSV read back by an independent reader gives the cells that went in, and no cell is a formula.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvTable, csvLine, neutral } from '../../../src/pipeline/export/csv';
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

  it('leaves every address as it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), url => {
        expect(readCsv(csvLine([url]))).toEqual([[url]]);
      }),
    );
  });

  it('writes numbers as they are and nothing for what is missing', () => {
    expect(csvLine([-3, 2.5, undefined, Number.NaN])).toBe('-3,2.5,,\r\n');
  });
});
