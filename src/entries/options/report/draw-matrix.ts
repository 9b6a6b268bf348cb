// A matrix as a drawing that can be saved: cells on one sequential scale, each with its number; words or pictures on the axes.
import * as Plot from '@observablehq/plot';

export interface Axis {
  label: string;
  /** Address of a picture that stands for the label, or beside it. */
  picture?: string | undefined;
}

export interface MatrixDrawing {
  rows: Axis[];
  columns: Axis[];
  /** What rows and columns are. */
  corner?: string;
  cells: { row: number; column: number; share: number; words: string }[];
}

/** Sizes in CSS pixels. */
const [CELL, PICTURE, GAP] = [56, 40, 8];
/** Room for the words of an axis, and for one em of a word. */
const [WORDS, EM] = [120, 12];
/** From this share on a cell is so dark that its number is written in the colour that goes with it. */
const DARK = 0.6;

export function drawMatrix({ rows, columns, corner, cells }: MatrixDrawing): SVGSVGElement {
  const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const pictures = rows.some(({ picture }) => picture !== undefined);
  const left = WORDS + (pictures ? PICTURE + GAP : 0);
  // Pictures alone name the columns where there are some: the rows have the words beside them.
  const top = pictures ? PICTURE + GAP : WORDS / 2 + 24;
  const written = (dark: boolean) =>
    Plot.text(
      cells.filter(({ share }) => share >= DARK === dark),
      { x: 'column', y: 'row', text: 'words', fill: colour(dark ? '--on-accent' : '--ink') },
    );
  const ink = { fill: colour('--ink'), lineWidth: WORDS / EM, textOverflow: 'ellipsis' } as const;
  const at = (_: Axis, index: number) => index;
  const drawing = Plot.plot({
    width: left + columns.length * CELL + GAP,
    height: top + rows.length * CELL + GAP,
    marginLeft: left,
    marginTop: top,
    marginRight: GAP,
    marginBottom: GAP,
    style: { background: 'transparent', fontSize: `${EM}px` },
    x: { domain: columns.map((_, i) => i), axis: null, padding: 0.04 },
    y: { domain: rows.map((_, i) => i), axis: null, padding: 0.04 },
    color: { type: 'linear', domain: [0, 1], range: [colour('--sunken'), colour('--accent')] },
    marks: [
      Plot.cell(cells, { x: 'column', y: 'row', fill: 'share', rx: 3 }),
      written(false),
      written(true),
      Plot.text(rows, {
        y: at,
        text: 'label',
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -GAP - (pictures ? PICTURE + GAP : 0),
        ...ink,
      }),
      ...(pictures
        ? [
            Plot.image(rows, { y: at, src: 'picture', frameAnchor: 'left', dx: -GAP - PICTURE / 2, width: PICTURE }),
            Plot.image(columns, { x: at, src: 'picture', frameAnchor: 'top', dy: -GAP - PICTURE / 2, width: PICTURE }),
          ]
        : [
            Plot.text(columns, {
              x: at,
              text: 'label',
              frameAnchor: 'top',
              textAnchor: 'start',
              rotate: -35,
              dy: -GAP,
              ...ink,
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
