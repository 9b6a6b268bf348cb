// Convolutions of 3×3 by Winograd's way, where the maps are large enough for its larger weights to pay.
import type { ConvLayer } from '../../contract/backbone';
import { PANEL } from '../../kernels/kernels';
import { winogradWeights } from '../../kernels/winograd';
import { type Piece, toPanels } from '../../kernels/workspace';
import type { PlannedStep } from './kernel-plan';
import { boundsOf, type Run, type Site } from './kernel-site';

/** Tiles of 2×2 pixels worked on at once, whole tiles of rows to either arithmetic: their planes stay in a second-level cache. */
export const WINOGRAD_TILES = 120;
/** Smaller maps have wide layers, whose weights would take 78 % more memory for little. */
const SMALLEST_SIDE = 14;
const PLANES = 16;

/** Whether a step is done in this way: a 3×3 over even maps, padded by one, nothing added. */
export function isWinograd({ layer, residual }: PlannedStep, side: number): boolean {
  if (layer.kind !== 'conv' || residual !== undefined || side < SMALLEST_SIDE || side % 2 !== 0) return false;
  const [height, width, ...channels] = layer.shape;
  const moves = layer.stride === 1 && layer.pad.every(zeros => zeros === 1);
  return height === 3 && width === 3 && moves && channels.every(count => count % PANEL === 0);
}

/** Values of the weights as `placeWinograd` puts them. */
export function winogradLength({ shape: [, , inputs, outputs] }: ConvLayer): number {
  return PLANES * inputs * outputs;
}

/** Values of the planes that a layer's tiles go through. */
export function winogradRoom({ shape: [, , inputs, outputs] }: ConvLayer): number {
  return PLANES * WINOGRAD_TILES * (inputs + outputs);
}

/** Writes the 16 matrices, in panels, in place of the 9 of the kernel. */
export function placeWinograd(panels: Float32Array, { shape: [, , inputs, outputs] }: ConvLayer, kernel: Float32Array) {
  const weights = winogradWeights(kernel);
  const size = inputs * outputs;
  for (let at = 0; at < weights.length; at += size) {
    toPanels(panels.subarray(at, at + size), weights.subarray(at, at + size), inputs, outputs);
  }
}

/** @param room  for the planes, at least `winogradRoom` values; layers take turns in it */
export function winograd(layer: ConvLayer, { from, to, activation }: PlannedStep, site: Site, room: Piece): Run {
  const { workspace, tables, weights, maps } = site;
  const { kernels } = workspace;
  const [input, output] = [maps.get(from)!, maps.get(to)!];
  const { weights: b, bias } = weights.get(layer.name)!;
  const spread = { address: room.address, bytes: WINOGRAD_TILES * input.channels * 4 };
  const products = { address: spread.address + PLANES * spread.bytes, bytes: WINOGRAD_TILES * output.channels * 4 };
  const { pixels, places } = tables.ofTiles(input, output);
  const rows = workspace.takeTable(PLANES * WINOGRAD_TILES, 1, row => spread.address + row * input.channels * 4);
  const targets = workspace.takeTable(WINOGRAD_TILES, 1, row => row * output.channels * 4);
  const matrix = input.channels * output.channels * 4;
  const bounds = boundsOf(activation);
  return count => {
    const tiles = (count * output.side ** 2) / 4;
    for (let tile = 0; tile < tiles; tile += WINOGRAD_TILES) {
      const some = Math.min(WINOGRAD_TILES, tiles - tile);
      kernels.winogradInput(pixels.address + tile * 64, input.channels, spread.address, spread.bytes, some);
      for (let plane = 0; plane < PLANES; plane++) {
        kernels.product(
          rows.address + plane * WINOGRAD_TILES * 4,
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
      const { address, bytes } = products;
      kernels.winogradOutput(
        address,
        bytes,
        output.channels,
        bias.address,
        places.address + tile * 16,
        some,
        ...bounds,
      );
    }
  };
}
