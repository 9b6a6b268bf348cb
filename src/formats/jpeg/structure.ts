// Whether a JPEG's frame, tables and scans are as encoders write them, with nothing that no decoder needs.
import { type Component, readFrame } from './frame';
import { type Codes, codesOf } from './huffman';
import { PROGRESSIVE, word } from './markers';

/** What the data of one scan consists of. */
export interface Scan {
  components: { component: Component; dc: Codes | undefined; ac: Codes | undefined }[];
  progressive: boolean;
  first: number;
  last: number;
  /** A later scan of the same coefficients, which makes them one bit more exact. */
  refines: boolean;
  /** Units that make up the scan: of several components their blocks side by side, of one its blocks. */
  units: number;
  /** Units between two restart marks, 0 without. */
  interval: number;
}

/** Encoders write ten to twenty; more are legal step by step, and could make a reader of a small file work for long. */
const MOST_SCANS = 100;

/**
 * Takes the parts in the order of the file. Each answers whether its part is legal there: lengths add up, tables are defined
 * once before a scan uses them and are used, and scans say of no coefficient twice the same.
 */
export class JpegStructure {
  components: readonly Component[] = [];
  #progressive = false;
  #unitsAcross = 0;
  #unitsDown = 0;
  #quantisations = new Set<number>();
  #tables = new Map<number, { codes: Codes; used: boolean }>();
  #interval = 0;
  #intervalIsNew = false;
  #scans = 0;

  /** Of two frames one decoder takes the first and another the last. */
  frame(marker: number, body: Uint8Array): boolean {
    const frame = this.components.length === 0 ? readFrame(body) : undefined;
    if (!frame) return false;
    this.#progressive = marker === PROGRESSIVE;
    this.components = frame.components;
    this.#unitsAcross = frame.unitsAcross;
    this.#unitsDown = frame.unitsDown;
    return true;
  }

  quantisation(body: Uint8Array): boolean {
    let at = 0;
    while (at < body.length) {
      const head = body[at] ?? 0;
      const slot = head & 15;
      const wide = head >> 4;
      const end = at + 1 + 64 * (wide + 1);
      if (slot > 3 || wide > 1 || end > body.length || this.#quantisations.has(slot)) return false;
      this.#quantisations.add(slot);
      at = end;
    }
    return at > 0;
  }

  huffman(body: Uint8Array): boolean {
    let at = 0;
    while (at < body.length) {
      const slot = body[at] ?? 0;
      const counts = body.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const end = at + 17 + total;
      if ((slot & 0xec) !== 0 || end > body.length || this.#tables.get(slot)?.used === false) return false;
      const codes = codesOf(counts, body.subarray(at + 17, end), slot < 16);
      if (!codes) return false;
      this.#tables.set(slot, { codes, used: false });
      at = end;
    }
    return at > 0;
  }

  restarts(body: Uint8Array): boolean {
    if (body.length !== 2 || this.#intervalIsNew) return false;
    this.#intervalIsNew = true;
    this.#interval = word(body, 0);
    return true;
  }

  /** What the scan's data must consist of; undefined when a frame of this kind has no such scan, or none here. */
  scan(body: Uint8Array): Scan | undefined {
    const count = body[0] ?? 0;
    if (count < 1 || count > 4 || body.length !== 4 + 2 * count || ++this.#scans > MOST_SCANS) return undefined;
    const [first = 0, last = 0, steps = 0] = body.subarray(1 + 2 * count);
    const [high, low] = [steps >> 4, steps & 15];
    const refines = high > 0;
    const parts: Scan['components'] = [];
    let before = -1;
    for (let i = 0; i < count; i++) {
      const [id, slots = 0] = body.subarray(1 + 2 * i, 3 + 2 * i);
      const index = this.components.findIndex(component => component.id === id);
      const component = this.components[index];
      if (!component || index <= before || !this.#reaches(component, first, last, high, low)) return undefined;
      before = index;
      const dc = first === 0 && !refines ? this.#use(slots >> 4) : undefined;
      const ac = last > 0 ? this.#use(16 | (slots & 15)) : undefined;
      if ((first === 0 && !refines && !dc) || (last > 0 && !ac)) return undefined;
      if (!this.#quantisations.has(component.quantisation)) return undefined;
      parts.push({ component, dc, ac });
    }
    if (this.#progressive && first > 0 && count > 1) return undefined;
    this.#intervalIsNew = false;
    const [only] = parts;
    const units =
      count === 1 && only ? only.component.columns * only.component.rows : this.#unitsAcross * this.#unitsDown;
    return {
      components: parts,
      progressive: this.#progressive,
      first,
      last,
      refines,
      units,
      interval: this.#interval,
    };
  }

  /** Whether all components were shown and every table was of use. */
  isComplete(): boolean {
    const needed = new Set(this.components.map(({ quantisation }) => quantisation));
    return (
      this.components.length > 0 &&
      this.components.every(({ reached }) => reached[0] !== -1) &&
      this.#quantisations.size === needed.size &&
      [...this.#tables.values()].every(({ used }) => used)
    );
  }

  #use(slot: number): Codes | undefined {
    const table = this.#tables.get(slot);
    if (table) table.used = true;
    return table?.codes;
  }

  /** Whether this scan is the next step of each of its coefficients, and notes that it was made. */
  #reaches({ reached }: Component, first: number, last: number, high: number, low: number): boolean {
    if (this.#progressive) {
      if (last > 63 || (first === 0 ? last !== 0 : last < first || reached[0] === -1)) return false;
      if (high > 0 ? low !== high - 1 : low > 13) return false;
    } else if (first !== 0 || last !== 63 || high !== 0 || low !== 0) return false;
    const steps = reached.subarray(first, last + 1);
    if (!steps.every(step => step === (high > 0 ? high : -1))) return false;
    steps.fill(low);
    return true;
  }
}
