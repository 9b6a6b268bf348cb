// How the test went, for the papers that go with a model: of a handful of images a share would say more than is known.
import { ENOUGH, type Report } from '../../contract/report';

export interface Tested {
  right: number;
  of: number;
  /** Whether so many images bear a share. */
  enough: boolean;
}

export function tested({ confusion: { matrix } }: Pick<Report, 'confusion'>): Tested {
  const of = matrix.flat().reduce((sum, n) => sum + n, 0);
  const right = matrix.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  return { right, of, enough: of >= ENOUGH };
}
