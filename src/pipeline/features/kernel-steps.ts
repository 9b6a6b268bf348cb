// The steps of a plan as calls of the kernels.
import type { ConvLayer, PoolLayer } from '../../contract/backbone';
import { PANEL } from '../../kernels/kernels';
import type { PlannedStep } from './kernel-plan';
import { boundsOf, type Run, type Site } from './kernel-site';
import { offsetOf } from './kernel-tables';
import { windows, windowsOverStrips } from './kernel-windows';

/**
 * Tiles of rows that the panels of weights pass over in turn. What these read and write stays in a small second-level cache
 * where the layers are wide, in the first where they are not; with fewer, weights would be fetched too often.
 */
const TILES = 16;

/** @param together  images computed at once, at most */
export function runOf(step: PlannedStep, site: Site, together: number): Run {
  const { layer } = step;
  const run =
    layer.kind === 'max-pool'
      ? pooling(layer, step, site)
      : layer.kind === 'conv'
        ? convolution(layer, step, site)
        : step.strips
          ? windowsOverStrips(layer, step, site, together)
          : windows(layer, site.maps.get(step.from)!, step, site);
  return bordered(step, site, run);
}

function pooling(layer: PoolLayer, { from, to }: PlannedStep, { workspace, tables, maps }: Site): Run {
  const [input, output] = [maps.get(from)!, maps.get(to)!];
  const { address } = tables.ofPool(layer, input);
  return count =>
    workspace.kernels.largest(address, layer.side ** 2, input.channels, output.address, count * output.side ** 2);
}

/** A product in runs of rows that stay in the cache while all panels pass. */
function convolution(
  layer: ConvLayer,
  { from, to, residual, activation }: PlannedStep,
  { workspace: { kernels }, tables, weights, maps }: Site,
): Run {
  const [input, output] = [maps.get(from)!, maps.get(to)!];
  const { weights: b, bias } = weights.get(layer.name)!;
  const { table, taps, depth } = tables.ofConvolution(layer, input);
  const places = tables.ofRows(output);
  const other = residual === undefined ? 0 : maps.get(residual)!.address;
  const bounds = boundsOf(activation);
  return count => {
    const tiles = Math.ceil((count * output.side ** 2) / kernels.tileRows);
    for (let tile = 0; tile < tiles; tile += TILES) {
      kernels.product(
        table.address + tile * taps * kernels.tileRows * 4,
        taps,
        depth,
        b.address,
        bias.address,
        places.address + tile * kernels.tileRows * 4,
        output.address,
        PANEL * 4,
        Math.min(TILES, tiles - tile),
        output.channels / PANEL,
        other,
        ...bounds,
      );
    }
  };
}

/** The room may have held other maps since: what stands around these is zero again before they are read. */
function bordered({ to }: PlannedStep, { workspace, maps }: Site, run: Run): Run {
  const output = maps.get(to)!;
  if (output.border === 0) return run;
  const { side, channels, border } = output;
  return count => {
    run(count);
    const values = workspace.floats(output);
    const clear = (image: number, y: number, x: number, pixels: number) => {
      const from = offsetOf(output, image, y, x) / 4;
      values.fill(0, from, from + pixels * channels);
    };
    for (let image = 0; image < count; image++) {
      const line = (side + 2 * border) * border + border;
      clear(image, -border, -border, line);
      // The end of a line and the beginning of the next lie side by side.
      for (let y = 0; y < side - 1; y++) clear(image, y, side, 2 * border);
      clear(image, side - 1, side, line);
    }
  };
}
