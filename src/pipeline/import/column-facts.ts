// What the cells of a column are, counted in one pass: addresses, few repeated words, numbers in a row, files, splits.

import { addressesIn, beginsAsAddress, namesImage, namesPage } from './address-text';
import { splitRest } from './folder-names';

/** Different values that are kept; a column with more is no column of labels. */
const MOST_VALUES = 2000;
/** Units of a value that are compared. */
const LONGEST_VALUE = 300;

export class ColumnFacts {
  filled = 0;
  addresses = 0;
  images = 0;
  pages = 0;
  /** Characters of all cells. */
  length = 0;
  private integers = 0;
  private decimals = 0;
  private files = 0;
  private codes = 0;
  private dates = 0;
  private words = 0;
  private inSequence = 0;
  private last: number | undefined;
  readonly values = new Map<string, number>();
  private overflow = false;

  add(cell: string): void {
    const text = cell.trim();
    if (text === '') return;
    this.filled++;
    this.length += text.length;
    if (beginsAsAddress(text) || beginsAsAddress(addressesIn(text)[0] ?? '')) {
      this.addresses++;
      if (namesImage(text)) this.images++;
      else if (namesPage(text)) this.pages++;
    } else this.addPlain(text.slice(0, LONGEST_VALUE));
    const value = text.slice(0, LONGEST_VALUE);
    const known = this.values.get(value);
    if (known !== undefined || this.values.size < MOST_VALUES) this.values.set(value, (known ?? 0) + 1);
    else this.overflow = true;
  }

  private addPlain(text: string): void {
    if (/^[+-]?\d{1,15}$/.test(text)) {
      this.integers++;
      const value = Number(text);
      if (this.last === undefined || value === this.last + 1) this.inSequence++;
      this.last = value;
    } else if (/^[+-]?\d*[.,]\d+(?:e[+-]?\d+)?$/i.test(text) || /^[\d\s.,;+-]+$/.test(text)) this.decimals++;
    else if (
      /\.[a-z0-9]{2,4}$/i.test(text) &&
      /^[^\s].*$/.test(text) &&
      (namesImage(`x/${text}`) || text.includes('/'))
    )
      this.files++;
    else if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T\s][\d:.+Z-]*)?$/.test(text)) this.dates++;
    else if (/^(?=.*\d)[0-9a-f-]{8,}$/i.test(text) || /^(?=.*\d)[\w-]*[_-]?\d{3,}\w*$/.test(text)) this.codes++;
    else if (!/\d/.test(text)) this.words++;
  }

  /** Different values; as many as there are cells where they were too many to be kept. */
  get distinct(): number {
    return this.overflow ? this.filled : this.values.size;
  }

  get holdsAddresses(): boolean {
    return this.addresses > 0 && this.addresses * 2 >= this.filled;
  }

  /** Whether all values are names of splits. */
  get isSplit(): boolean {
    return this.distinct <= 6 && this.filled > 0 && [...this.values.keys()].every(value => splitRest(value) === '');
  }

  /** Numbers that count the rows. */
  get isSequence(): boolean {
    return this.integers === this.filled && this.filled > 1 && this.inSequence >= 0.9 * this.filled;
  }

  get isInteger(): boolean {
    return this.filled > 0 && this.integers >= 0.95 * this.filled;
  }

  get isWords(): boolean {
    return this.filled > 0 && this.words >= 0.8 * this.filled;
  }

  /** Measures, dates, file names, hashes, long texts: nothing that names a kind, whatever the column is called. */
  get isMeasure(): boolean {
    return this.decimals + this.dates + this.files >= 0.5 * this.filled;
  }

  get isCode(): boolean {
    return this.codes >= 0.5 * this.filled;
  }

  get meanLength(): number {
    return this.filled === 0 ? 0 : this.length / this.filled;
  }
}
