// CSV read back by an independent reader gives the cells that went in, and no cell is a formula.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, neutral } from '../../../src/pipeline/export/csv';

/** A reader of RFC 4180, written as a state machine so that it shares nothing with the writer. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') {
      row.push(cell);
      cell = '';
    } else if (!quoted && c === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      i++;
    } else cell += c;
  }
  return rows;
}

describe('csvLine', () => {
  it('brings every text back, apart from the apostrophe in front of formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), cells => {
        expect(read(csvLine(cells))).toEqual([cells.map(neutral)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves no cell that a spreadsheet would run', () => {
    for (const cell of ['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', '\0=1', '"=1"']) {
      expect(read(csvLine([cell]))[0]?.[0]).not.toMatch(/^[=+\-@\t\r\0]/);
    }
  });

  it('writes numbers as they are and nothing for what is missing', () => {
    expect(csvLine([-3, 2.5, undefined, Number.NaN])).toBe('-3,2.5,,\r\n');
  });
});
