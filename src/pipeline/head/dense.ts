// A trainable dense layer on the kernels: x·W + b forward, and the way back.
import type { Matrix } from '../../contract/head';
import { PANEL } from '../../kernels/kernels';
import { fromPanels, type Piece, toPanels, turn, type Workspace, whole } from '../../kernels/workspace';
import type { Adam } from './adam';

/**
 * Sides are filled up to what the kernels count in: a row of `input` has `inputs` floats, one of `output` and `slopes` has
 * `outputs`. The filling is zero in the weights, has no gradient, and stays.
 */
export interface Dense {
  inputs: number;
  outputs: number;
  /** [rows × inputs], written by the caller. */
  input: Piece;
  /** [rows × outputs]. */
  output: Piece;
  /** Gradient of the output, [rows × outputs], written by the caller. */
  slopes: Piece;
  /** Computes `n` rows of the output: max(floor, x·W + b). */
  forward(n: number, floor?: number): void;
  /** Gradient of the input's `n` rows, into `target`, [rows × inputs], from the weights as they stand. */
  back(n: number, target: Piece): void;
  /** Takes the gradient of these `n` rows into the weights. */
  learn(n: number): void;
  read(): { w: Matrix; b: Float32Array };
}

/** `most` is the largest number of rows. */
export function createDense(
  workspace: Workspace,
  adam: Adam,
  { rows, columns, values }: Matrix,
  b: Float32Array,
  most: number,
): Dense {
  const { kernels, take, takeTable, floats } = workspace;
  const [inputs, outputs, held] = [whole(rows, PANEL), whole(columns, PANEL), whole(most, kernels.tileRows)];
  const weights = adam.take(inputs * outputs);
  const bias = adam.take(outputs);
  const [input, output, slopes] = [take(held * inputs), take(held * outputs), take(held * outputs)];
  const inputTurned = take(inputs * held);
  const slopePanels = take(held * outputs);
  const weightsTurned = take(outputs * inputs);
  const gradient = take(Math.max(inputs * PANEL, outputs));
  const none = take(Math.max(inputs, outputs));
  const rowsOf = (piece: Piece, count: number, length: number) =>
    takeTable(count, 1, row => piece.address + row * length * 4);
  const inputRows = rowsOf(input, held, inputs);
  const slopeRows = rowsOf(slopes, held, outputs);
  const inputColumns = rowsOf(inputTurned, inputs, held);
  /** Where rows of so many floats go, one after the other. */
  const placesOf = (count: number, length: number) => takeTable(count, 1, row => row * length * 4);
  const outputPlaces = placesOf(held, outputs);
  const inputPlaces = placesOf(held, inputs);
  const gradientPlaces = placesOf(inputs, PANEL);
  toPanels(floats(weights.weight), values, rows, columns, inputs);
  floats(bias.weight).set(b);

  /** C = A·B + bias, its rows `length` floats. */
  function product(
    table: Piece,
    depth: number,
    b: Piece,
    bias: Piece,
    places: Piece,
    c: Piece,
    n: number,
    length: number,
    floor: number,
  ) {
    const tiles = Math.ceil(n / kernels.tileRows);
    kernels.product(
      table.address,
      1,
      depth,
      b.address,
      bias.address,
      places.address,
      c.address,
      PANEL * 4,
      tiles,
      length / PANEL,
      0,
      floor,
      Number.POSITIVE_INFINITY,
    );
  }

  return {
    inputs,
    outputs,
    input,
    output,
    slopes,
    forward(n, floor = Number.NEGATIVE_INFINITY) {
      product(inputRows, inputs, weights.weight, bias.weight, outputPlaces, output, n, outputs, floor);
    },
    back(n, target) {
      const [from, to] = [floats(weights.weight), floats(weightsTurned)];
      for (let j = 0; j < outputs; j++) {
        const start = (j - (j % PANEL)) * inputs + (j % PANEL);
        for (let i = 0; i < inputs; i++)
          to[(i - (i % PANEL)) * outputs + j * PANEL + (i % PANEL)] = from[start + i * PANEL]!;
      }
      product(slopeRows, outputs, weightsTurned, none, inputPlaces, target, n, inputs, Number.NEGATIVE_INFINITY);
    },
    learn(n) {
      const all = floats(slopes);
      const panels = floats(slopePanels);
      toPanels(panels, all, n, outputs);
      turn(floats(inputTurned), floats(input), n, inputs, held);
      for (let column = 0; column < outputs; column += PANEL) {
        // Each panel of the gradient is taken into the weights while it is still in the cache.
        const b = slopePanels.address + column * n * 4;
        const tiles = Math.ceil(inputs / kernels.tileRows);
        kernels.product(
          inputColumns.address,
          1,
          n,
          b,
          none.address,
          gradientPlaces.address,
          gradient.address,
          0,
          tiles,
          1,
          0,
          Number.NEGATIVE_INFINITY,
          Number.POSITIVE_INFINITY,
        );
        adam.update(weights, gradient.address, column * inputs, inputs * PANEL);
      }
      const sums = floats(gradient).subarray(0, outputs).fill(0);
      for (let i = 0; i < n; i++) for (let j = 0; j < outputs; j++) sums[j]! += all[i * outputs + j]!;
      adam.update(bias, gradient.address);
    },
    read: () => ({
      w: { rows, columns, values: fromPanels(floats(weights.weight), rows, columns, inputs) },
      b: floats(bias.weight).slice(0, columns),
    }),
  };
}
