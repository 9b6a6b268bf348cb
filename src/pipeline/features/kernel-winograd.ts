// Convolutions of 3×3 by Winograd's way, where the maps are large enough for its larger weights to pay.
import type { ConvLayer } from '../../contract/backbone';
import { PANEL } from '../../kernels/kernels';
import { type WinogradSide, winogradWeights, winogradWindow } from '../../kernels/winograd';
import { type Piece, toPanels } from '../../kernels/workspace';
import type { PlannedStep } from './kernel-plan';
import { boundsOf, type Run, type Site } from './kernel-site';

/** Tiles worked on at once, whole tiles of rows to either arithmetic: their planes stay in a second-level cache. */
const WINOGRAD_TILES: Record<WinogradSide, number> = { 2: 60, 4: 40 };
/** Smaller maps have wide layers, whose weights would take 78 % more memory for little. */
const SMALLEST_SIDE = 14;

/** The tiles' side where a step is done in this way: a 3×3 over even maps, padded by one, nothing added. */
export function winogradSide({ layer, residual }: PlannedStep, side: number): WinogradSide | undefined {
  if (layer.kind !== 'conv' || residual !== undefined || side < SMALLEST_SIDE || side % 2 !== 0) return undefined;
  const [height, width, ...channels] = layer.shape;
  const moves = layer.stride === 1 && layer.pad.every(zeros => zeros === 1);
  if (height !== 3 || width !== 3 || !moves || channels.some(count => count % PANEL !== 0)) return undefined;
  return side % 4 === 0 ? 4 : 2;
}

/** Values of the weights as `placeWinograd` puts them. */
export function winogradLength({ shape: [, , inputs, outputs] }: ConvLayer, side: WinogradSide): number {
  return winogradWindow(side) ** 2 * inputs * outputs;
}

/** Values of the planes that a layer's tiles go through. */
export function winogradRoom({ shape: [, , inputs, outputs] }: ConvLayer, side: WinogradSide): number {
  return winogradWindow(side) ** 2 * WINOGRAD_TILES[side] * (inputs + outputs);
}

/** Writes the 16 or 36 matrices, in panels, in place of the 9 of the kernel. */
export function placeWinograd(
  panels: Float32Array,
  { shape: [, , inputs, outputs] }: ConvLayer,
  side: WinogradSide,
  kernel: Float32Array,
) {
  const weights = winogradWeights(kernel, side);
  const size = inputs * outputs;
  for (let at = 0; at < weights.length; at += size) {
    toPanels(panels.subarray(at, at + size), weights.subarray(at, at + size), inputs, outputs);
  }
}

/** @param room  for the planes, at least `winogradRoom` values; layers take turns in it */
export function winograd(
  layer: ConvLayer,
  side: WinogradSide,
  { from, to, activation }: PlannedStep,
  site: Site,
  room: Piece,
): Run {
  const { workspace, tables, weights, maps } = site;
  const { kernels } = workspace;
  const [input, output] = [maps.get(from)!, maps.get(to)!];
  const { weights: b, bias } = weights.get(layer.name)!;
  const [planes, most] = [winogradWindow(side) ** 2, WINOGRAD_TILES[side]];
  const spread = { address: room.address, bytes: most * input.channels * 4 };
  const products = { address: spread.address + planes * spread.bytes, bytes: most * output.channels * 4 };
  const { pixels, places } = tables.ofTiles(input, output, side);
  const rows = workspace.takeTable(planes * most, 1, row => spread.address + row * input.channels * 4);
  const targets = workspace.takeTable(most, 1, row => row * output.channels * 4);
  const matrix = input.channels * output.channels * 4;
  const bounds = boundsOf(activation);
  return count => {
    const tiles = (count * output.side ** 2) / side ** 2;
    for (let tile = 0; tile < tiles; tile += most) {
      const some = Math.min(most, tiles - tile);
      const from = pixels.address + tile * planes * 4;
      kernels[`winogradInput${side}`](from, input.channels, spread.address, spread.bytes, some);
      for (let plane = 0; plane < planes; plane++) {
        kernels.product(
          rows.address + plane * most * 4,
          1,
          input.channels,
          b.address + plane * matrix,
          tables.zeros.address,
          targets.address,
          products.address + plane * products.bytes,
          PANEL * 4,
          Math.ceil(some / kernels.tileRows),
          output.channels / PANEL,
          0,
          Number.NEGATIVE_INFINITY,
          Number.POSITIVE_INFINITY,
        );
      }
      kernels[`winogradOutput${side}`](
        products.address,
        products.bytes,
        output.channels,
        bias.address,
        places.address + tile * side ** 2 * 4,
        some,
        ...bounds,
      );
    }
  };
}
