// What a bench prints and writes: named figures, each beside its ratio to another, and which goals they meet.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

export interface Row {
  name: string;
  value: number;
  unit: string;
  /** Value over the baseline's, in the direction where more is better. */
  ratio?: number;
  note?: string;
}

export interface Goal {
  name: string;
  ratio: number;
  wanted: number;
  /** Whether the figure must not exceed what is wanted, instead of reaching it. */
  atMost?: boolean;
}

export interface Result {
  bench: string;
  machine: string;
  browser: string;
  rows: Row[];
  goals: Goal[];
}

export function machineInWords(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${process.platform}, Node ${process.versions.node}`;
}

export function print({ bench, machine, browser, rows, goals }: Result): void {
  console.log(`\n${bench}: ${machine}, ${browser}`);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, value, unit, ratio, note } of rows) {
    const figure = `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`.padStart(20);
    console.log(
      `  ${name.padEnd(width)}${figure}  ${ratio === undefined ? '' : `× ${ratio.toFixed(2)}`.padEnd(9)} ${note ?? ''}`,
    );
  }
  for (const goal of goals) {
    const { name, ratio, wanted, atMost } = goal;
    console.log(
      `  ${met(goal) ? 'met   ' : 'MISSED'}  ${name}: ${ratio.toFixed(Math.abs(ratio) < 0.1 ? 3 : 2)}, wanted ${atMost ? '≤' : '≥'} ${wanted}`,
    );
  }
}

export function met({ ratio, wanted, atMost }: Goal): boolean {
  return atMost ? ratio <= wanted : ratio >= wanted;
}

/** Writes the results as JSON where a file was asked for. */
export function save(file: string | undefined, results: Result | Result[]): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
