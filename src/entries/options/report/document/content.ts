// What the report as a file shows, read before it is drawn: which images, their images, how alike they are.
import type { Model, Verdict } from '../../../../contract/report';
import { confidentMistakes, inCell, predictedClass } from '../../../../pipeline/report/verdicts';
import { type Compared, compare, twoOfEach } from '../../image/compared';
import { embeddedImages } from '../embedded-images';
import { type EmbeddedHeatMaps, readHeatMaps } from './read-heat-maps';

/** Images behind one cell of the confusion matrix, the first of them as images. */
export interface Cell {
  truth: number;
  predicted: number;
  count: number;
  verdicts: Verdict[];
}

export interface ReportContent {
  model: Model;
  mistakes: Verdict[];
  cells: Cell[];
  compared: Compared;
  /** Data addresses of thumbnails, by SHA-256. */
  images: Map<string, string>;
  heatMaps: EmbeddedHeatMaps;
}

/** How many images are shown at most, so that the file stays small. */
export interface MostImages {
  mistakes: number;
  /** Of one cell: of mistakes more than of what went right. */
  ofWrongCell: number;
  ofRightCell: number;
  /** Cells that show some, the fullest mistakes first. */
  cells: number;
}

/** Some megabytes. */
export const MANY: MostImages = { mistakes: 24, ofWrongCell: 12, ofRightCell: 6, cells: 60 };
/** About one. */
export const FEW: MostImages = { mistakes: 12, ofWrongCell: 3, ofRightCell: 1, cells: 20 };

/** `onProgress` counts heat maps, which are what takes time. */
export async function readContent(
  model: Model,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
  most: MostImages,
): Promise<ReportContent> {
  const mistakes = confidentMistakes(model.verdicts, most.mistakes);
  const cells = filledCells(model, most);
  const compared = await compare(model, twoOfEach(model));
  const shown = [...mistakes, ...cells.flatMap(({ verdicts }) => verdicts), ...compared.images];
  const images = await embeddedImages(
    shown.map(({ sha256 }) => sha256),
    signal,
  );
  const heatMaps = await readHeatMaps(model, twoOfEach(model), onProgress, signal);
  return { model, mistakes, cells, compared, images, heatMaps };
}

function filledCells({ labels, verdicts }: Model, most: MostImages): Cell[] {
  const filled = new Set<string>();
  for (const verdict of verdicts)
    if (verdict.split === 'test') filled.add(`${verdict.truth} ${predictedClass(verdict)}`);
  return [...filled]
    .map(key => {
      const [truth = 0, predicted = 0] = key.split(' ').map(Number);
      const all = inCell(verdicts, truth, predicted);
      const limit = truth === predicted ? most.ofRightCell : most.ofWrongCell;
      return { truth, predicted, count: all.length, verdicts: all.slice(0, limit) };
    })
    .filter(({ truth, predicted }) => truth < labels.length && predicted < labels.length)
    .sort((a, b) => Number(a.truth === a.predicted) - Number(b.truth === b.predicted) || b.count - a.count)
    .slice(0, most.cells);
}
