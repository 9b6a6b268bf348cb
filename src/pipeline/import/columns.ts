// Which column of a table holds the images' addresses and which their labels: by the cells first, by the name where they leave it open.
import { ColumnFacts } from './column-facts';
import { hintsOf } from './column-names';

/** What a column is taken for. */
export type ColumnRole = 'address' | 'label' | 'split' | 'unused';

export interface Column {
  /** '' in a table without a header. */
  name: string;
  role: ColumnRole;
  /** The first cell that is not empty, and how many are not. */
  sample: string;
  filled: number;
  /** Whether it could be asked for addresses, or for labels. */
  addresses: boolean;
  labels: boolean;
}

/**
 * Why a person has to say which column it is: several with addresses of images; several with labels; labels that are hardly
 * labels, since each row has another; none found although columns are left.
 */
export type ColumnDoubt = 'address-column' | 'label-column' | 'labels-all-different' | 'no-label-column';

/** What a person says instead; columns by their number, -1 for no label. */
export interface ColumnChoice {
  address?: number;
  label?: number;
}

export interface Columns {
  columns: Column[];
  address: number;
  /** -1 where there is none. */
  label: number;
  doubts: ColumnDoubt[];
}

/** Labels more than this are no labels. */
export const MOST_LISTED_LABELS = 1000;
/** Scores nearer than this leave it to the person. */
const CLOSE = { address: 8, label: 20 };

/**
 * Looks at all rows once, and at the labels in question once more.
 * @param rows  may be gone through repeatedly
 */
export function findColumns(
  names: readonly string[],
  rows: () => Iterable<readonly string[]>,
  choice: ColumnChoice = {},
): Columns {
  const facts: ColumnFacts[] = names.map(() => new ColumnFacts());
  const samples: string[] = [];
  for (const cells of rows()) {
    for (let at = 0; at < cells.length && at < facts.length; at++) {
      const cell = cells[at] ?? '';
      facts[at]?.add(cell);
      if (samples[at] === undefined && cell.trim() !== '') samples[at] = cell.trim().slice(0, 200);
    }
  }
  const doubts: ColumnDoubt[] = [];
  const address = choice.address ?? addressColumn(names, facts, doubts);
  const found = labelColumn(names, facts, address, rows, doubts);
  const label = choice.label ?? found;
  const split = facts.findIndex((each, at) => at !== label && each.isSplit);
  const columns = names.map((name, at): Column => {
    const each = facts[at] ?? new ColumnFacts();
    const role = at === address ? 'address' : at === label ? 'label' : at === split ? 'split' : 'unused';
    const labels = at !== address && !each.holdsAddresses && each.filled > 0 && each.distinct <= MOST_LISTED_LABELS;
    return { name, role, sample: samples[at] ?? '', filled: each.filled, addresses: each.holdsAddresses, labels };
  });
  const open = doubts.filter(doubt => (doubt === 'address-column' ? choice.address : choice.label) === undefined);
  return { columns, address, label, doubts: open };
}

function addressColumn(names: readonly string[], facts: readonly ColumnFacts[], doubts: ColumnDoubt[]): number {
  const most = Math.max(1, ...facts.map(({ filled }) => filled));
  const ranked = names
    .map((name, at) => ({ at, score: addressScore(name, facts[at] ?? new ColumnFacts(), most) }))
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const [best, second] = ranked;
  if (best && second && best.score - second.score < CLOSE.address) doubts.push('address-column');
  return best?.at ?? -1;
}

function addressScore(name: string, facts: ColumnFacts, most: number): number {
  if (!facts.holdsAddresses) return Number.NEGATIVE_INFINITY;
  const { addresses, images, pages, filled, distinct } = facts;
  return (
    hintsOf(name).address +
    40 * (images / addresses) -
    30 * (pages / addresses) +
    // Several images of one page repeat its address.
    10 * (distinct / filled) +
    10 * (filled / most)
  );
}

function labelColumn(
  names: readonly string[],
  facts: readonly ColumnFacts[],
  address: number,
  rows: () => Iterable<readonly string[]>,
  doubts: ColumnDoubt[],
): number {
  let different = false;
  let others = 0;
  const ranked: { at: number; score: number }[] = [];
  for (const [at, name] of names.entries()) {
    const each = facts[at];
    if (at === address || !each || each.filled === 0 || each.holdsAddresses || each.isSplit) continue;
    others++;
    const score = labelScore(name, each);
    if (score === 'different') different = true;
    else if (score > 0) ranked.push({ at, score });
  }
  ranked.sort((a, b) => b.score - a.score || a.at - b.at);
  const [best, second] = ranked;
  if (!best) {
    if (different) doubts.push('labels-all-different');
    else if (others > 0 && names.some(name => name !== '')) doubts.push('no-label-column');
    return -1;
  }
  const near =
    second && best.score - second.score < CLOSE.label
      ? ranked.slice(0, 4).filter(({ score }) => best.score - score < CLOSE.label)
      : [];
  // A column that numbers or translates the labels of another is no other choice.
  if (near.some(({ at }) => at !== best.at && !sameClasses(best.at, at, rows))) doubts.push('label-column');
  const chosen = facts[best.at];
  if (chosen && chosen.distinct === chosen.filled && chosen.filled > 2) doubts.push('labels-all-different');
  return best.at;
}

/** Above 0 for what may be labels; 'different' for what would be but that each row has another. */
function labelScore(name: string, facts: ColumnFacts): number | 'different' {
  const { filled, distinct } = facts;
  const hint = hintsOf(name).label;
  if (hint === undefined || facts.isMeasure || (hint < 100 && facts.meanLength > 60)) return 0;
  const sure = hint >= 100;
  if (facts.isInteger && !(hint >= 50) && (name !== '' || distinct * 2 > filled)) return 0;
  if (facts.isSequence && filled > (sure ? 2 : 1)) return sure ? 'different' : 0;
  if (distinct > MOST_LISTED_LABELS) return 'different';
  if (distinct === filled && filled > 1) {
    if ((facts.isInteger && !sure) || (facts.isCode && filled > 2)) return hint > 0 || name === '' ? 'different' : 0;
    const few = sure ? 20 : hint > 0 ? 5 : name === '' && facts.isWords ? 3 : 0;
    return filled <= few ? hint + 5 : hint > 0 || name === '' ? 'different' : 0;
  }
  // One value for all is a label only where it is called one.
  if (distinct === 1 && filled > 1) return hint >= 80 ? hint : name === '' && facts.isWords ? 10 : 0;
  // A few values that come again and again are labels, also such as "n00004475"; beside an address alone words are, anyway.
  if (hint === 0 && distinct * 2 > filled && (facts.isCode || name !== '' || !facts.isWords)) return 0;
  return hint + Math.min(30, 10 * (filled / distinct)) + (facts.isWords ? 5 : 0);
}

/** Whether two columns part the rows alike. */
function sameClasses(one: number, other: number, rows: () => Iterable<readonly string[]>): boolean {
  const [forth, back] = [new Map<string, string>(), new Map<string, string>()];
  for (const cells of rows()) {
    const [a, b] = [cells[one]?.trim() ?? '', cells[other]?.trim() ?? ''];
    if (a === '' || b === '') continue;
    if ((forth.get(a) ?? b) !== b || (back.get(b) ?? a) !== a) return false;
    forth.set(a, b);
    back.set(b, a);
  }
  return true;
}
