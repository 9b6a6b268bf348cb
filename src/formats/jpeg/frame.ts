// What a JPEG's frame header says (ITU-T T.81, B.2.2): its components and their blocks.
import { word } from './markers';

/** A component of the frame, with its size in blocks of 8 × 8 when it stands alone in a scan. */
export interface Component {
  id: number;
  across: number;
  down: number;
  quantisation: number;
  columns: number;
  rows: number;
  /** Per coefficient the bit position its last scan reached, -1 where none has. */
  reached: Int8Array;
  /** Per coefficient of a progressive image 1 where a scan made it other than zero; made when it is needed. */
  shown?: Uint8Array;
}

export interface Frame {
  components: Component[];
  /** Units a scan of several components consists of, side by side and one below the other. */
  unitsAcross: number;
  unitsDown: number;
}

/** Undefined when lengths do not add up, or a component is of a kind no decoder shows. */
export function readFrame(body: Uint8Array): Frame | undefined {
  const count = body[5] ?? 0;
  const [height, width] = [word(body, 1), word(body, 3)];
  if (body.length !== 6 + 3 * count || count < 1 || count > 4) return undefined;
  if (body[0] !== 8 || height === 0 || width === 0) return undefined;
  const specs = Array.from({ length: count }, (_, i) => [...body.subarray(6 + 3 * i, 9 + 3 * i)]);
  const sampling = specs.map(([, factors = 0]) => [factors >> 4, factors & 15] as const);
  if (sampling.some(factors => factors.some(factor => factor < 1 || factor > 4))) return undefined;
  if (new Set(specs.map(([id]) => id)).size !== count) return undefined;
  const most = [0, 1].map(i => Math.max(...sampling.map(factors => factors[i as 0 | 1])));
  const [mostAcross = 1, mostDown = 1] = most;
  const components = specs.map(([id = 0, , quantisation = 0], i) => {
    const [across = 1, down = 1] = sampling[i] ?? [];
    return {
      id,
      across,
      down,
      quantisation,
      columns: Math.ceil(Math.ceil((width * across) / mostAcross) / 8),
      rows: Math.ceil(Math.ceil((height * down) / mostDown) / 8),
      reached: new Int8Array(64).fill(-1),
    };
  });
  return {
    components,
    unitsAcross: Math.ceil(width / (8 * mostAcross)),
    unitsDown: Math.ceil(height / (8 * mostDown)),
  };
}
