// A matrix as a drawing that can be saved: cells on one sequential scale, errors in a colour of their own, each with its number; words or images on the axes.
import * as Plot from '@observablehq/plot';
import { type Fitted, fitted } from './fit-words';

export interface Axis {
  label: string;
  /** Address of an image that stands for the label, or beside it. */
  image?: string | undefined;
}

export interface MatrixDrawing {
  rows: Axis[];
  columns: Axis[];
  /** What rows and columns are. */
  corner?: string;
  /** `wrong` stands in the colour of errors. */
  cells: { row: number; column: number; share: number; words: string; wrong?: boolean }[];
}

/** Sizes in CSS pixels: a cell, an image, a gap, the most room for the words of an axis, and one em of a word. */
const [CELL, IMAGE, GAP, WORDS, EM] = [56, 40, 8, 120, 12];
/** From this share on a cell is so dark that its number is written in the colour that goes with it. */
const DARK = 0.6;
/** How far the words over the columns are turned, in degrees. */
const TURN = 35;
const [ALONG, UP] = [Math.cos((TURN * Math.PI) / 180), Math.sin((TURN * Math.PI) / 180)];

export function drawMatrix({ rows, columns, corner = '', cells }: MatrixDrawing): SVGSVGElement {
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const images = rows.some(({ image }) => image !== undefined);
  const namesOf = (axis: Axis[]) =>
    fitted(
      axis.map(({ label }) => label),
      WORDS,
      EM,
    );
  const [rowNames, columnNames] = [namesOf(rows), namesOf(columns)];
  const [{ width: cornerWidth } = { width: 0 }] = fitted([corner], Number.POSITIVE_INFINITY, EM);
  const widest = Math.max(cornerWidth, ...rowNames.map(({ width }) => width));
  const left = 2 * GAP + Math.ceil(widest) + (images ? IMAGE + GAP : 0);
  // Images alone name the columns where there are some: the rows have the words beside them.
  const top = images
    ? IMAGE + 2 * GAP
    : 2 * GAP + EM + Math.ceil(UP * Math.max(0, ...columnNames.map(({ width }) => width)));
  const beyond = columnNames.map(({ width }, i) => ALONG * width - (columns.length - i - 0.5) * CELL);
  const right = GAP + (images ? 0 : Math.ceil(Math.max(0, ...beyond)));
  const written = (dark: boolean, wrong: boolean) =>
    Plot.text(
      cells.filter(cell => cell.share >= DARK === dark && (cell.wrong ?? false) === wrong),
      { x: 'column', y: 'row', text: 'words', fill: colour(dark ? (wrong ? '--surface' : '--on-accent') : '--ink') },
    );
  const filled = (wrong: boolean) =>
    Plot.cell(
      cells.filter(cell => (cell.wrong ?? false) === wrong),
      { x: 'column', y: 'row', fill: colour(wrong ? '--bad' : '--accent'), fillOpacity: 'share', rx: 3 },
    );
  const ink = (axis: Axis[]) => ({
    fill: colour('--ink'),
    text: 'words',
    title: (_: Fitted, index: number) => axis[index]?.label,
  });
  const at = (_: unknown, index: number) => index;
  const drawing = Plot.plot({
    width: left + columns.length * CELL + right,
    height: top + rows.length * CELL + GAP,
    marginLeft: left,
    marginTop: top,
    marginRight: right,
    marginBottom: GAP,
    style: { background: 'transparent', fontSize: `${EM}px` },
    x: { domain: columns.map((_, i) => i), axis: null, padding: 0.04 },
    y: { domain: rows.map((_, i) => i), axis: null, padding: 0.04 },
    opacity: { type: 'linear', domain: [0, 1], range: [0, 1] },
    marks: [
      Plot.cell(cells, { x: 'column', y: 'row', fill: colour('--sunken'), rx: 3 }),
      filled(false),
      filled(true),
      ...[false, true].flatMap(dark => [written(dark, false), written(dark, true)]),
      Plot.text(rowNames, {
        y: at,
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -GAP - (images ? IMAGE + GAP : 0),
        ...ink(rows),
      }),
      ...(images
        ? [
            Plot.image(rows, { y: at, src: 'image', frameAnchor: 'left', dx: -GAP - IMAGE / 2, width: IMAGE }),
            Plot.image(columns, { x: at, src: 'image', frameAnchor: 'top', dy: -GAP - IMAGE / 2, width: IMAGE }),
          ]
        : [
            Plot.text(columnNames, {
              x: at,
              frameAnchor: 'top',
              textAnchor: 'start',
              rotate: -TURN,
              dy: -GAP,
              ...ink(columns),
            }),
          ]),
      ...(corner
        ? [
            Plot.text([corner], {
              frameAnchor: 'top-left',
              textAnchor: 'end',
              lineAnchor: 'bottom',
              dx: -GAP,
              dy: -GAP,
              fill: colour('--ink-soft'),
            }),
          ]
        : []),
    ],
  });
  return drawing as SVGSVGElement;
}
